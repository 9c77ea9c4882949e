use proptest::prelude::*;

use super::*;
use crate::case::CaseState;
use crate::case::fold::tests::{filed_body, fold};

const JPEG: &[u8] = &[0xff, 0xd8, 0xff, 0xe0, 0, 16];

fn added(material: &str, bytes: &[u8]) -> EventBody {
    let announced = Announced::of("一.jpg", bytes).expect("an attachment");
    EventBody::AttachmentAdded { material: material.to_owned(), announced }
}

fn removed(material: &str, bytes: &[u8]) -> EventBody {
    EventBody::AttachmentRemoved {
        material: material.to_owned(),
        hash: crate::case::event::sha256_hex(bytes),
        reason: "扫错了".to_owned(),
    }
}

#[test]
fn what_it_is_is_told_by_the_content_and_not_by_the_name() {
    let png = b"\x89PNG\r\n\x1a\n.....";
    assert_eq!(Announced::of("a.pdf", png).expect("a picture").media, Media::Png);
    assert_eq!(Announced::of("a", b"%PDF-1.7\n").expect("a document").media, Media::Pdf);
    for other in [&b"MZ\x90\0"[..], b"PK\x03\x04", b"<svg/>", b"GIF89a", b"\xff\xd8", b"%PDF"] {
        let refused = Announced::of("a.jpg", other).expect_err("no attachment");
        assert_eq!((refused.code, refused.field.as_str()), (RefusalCode::BadAttachment, "file"));
    }
    for media in [Media::Jpeg, Media::Png, Media::Pdf] {
        assert_eq!(serde_json::to_value(media).expect("JSON"), media.as_str());
        assert_eq!(Media::parse(media.as_str()), Some(media));
    }
}

#[test]
fn nothing_and_too_much_are_refused() {
    assert!(Announced::of("a.jpg", b"").is_err());
    let mut large = vec![0; usize::try_from(LARGEST).expect("fits") + 1];
    large[..JPEG.len()].copy_from_slice(JPEG);
    assert!(Announced::of("a.jpg", &large).expect_err("too large").message.contains("50MB"));
    large.pop();
    assert_eq!(Announced::of("a.jpg", &large).expect("just fits").size, LARGEST);
}

#[test]
fn a_name_is_no_path_and_hides_nothing() {
    for (given, kept) in [
        ("../../etc/passwd", "passwd"),
        ("C:\\扫描\\身份证.jpg", "身份证.jpg"),
        ("\u{202e}gpj.exe", "gpj.exe"),
        ("a\0b\n.jpg", "ab.jpg"),
        ("", "扫描件"),
        ("..", "扫描件"),
        ("/", "扫描件"),
    ] {
        assert_eq!(tidy_name(given), kept, "{given:?}");
    }
    let long = format!("{}.jpeg", "长".repeat(300));
    assert!(tidy_name(&long).ends_with("长.jpeg"));
    assert_eq!(tidy_name(&long).chars().count(), LONGEST_NAME);
}

#[test]
fn a_scan_counts_once_and_only_for_a_material_of_the_case() {
    let case = fold(vec![
        filed_body(&["m1"]),
        added("m1", JPEG),
        added("m1", JPEG),
        added("m2", JPEG),
        added("zz", JPEG),
    ]);
    assert_eq!(case.attached().count(), 2, "the same scan may serve two materials");
    assert_eq!(case.conflicts.len(), 2);
    assert_eq!(case.state, CaseState::Received);
}

#[test]
fn what_was_removed_stays_on_record_and_may_come_again() {
    let steps = vec![filed_body(&["m1"]), added("m1", JPEG), removed("m1", JPEG)];
    let case = fold(steps.clone());
    assert_eq!(case.attached().count(), 0);
    assert_eq!(case.attachments[0].removed.as_deref(), Some("扫错了"));
    let again = [steps.clone(), vec![added("m1", JPEG)]].concat();
    let case = fold(again);
    assert_eq!((case.attached().count(), case.attachments.len()), (1, 2));
    let twice = fold([steps, vec![removed("m1", JPEG)]].concat());
    assert_eq!(twice.conflicts.len(), 1);
}

#[test]
fn a_case_without_scans_is_written_as_before_there_were_any() {
    let text = serde_json::to_string(&fold(vec![filed_body(&["m1"])])).expect("JSON");
    assert!(!text.contains("attachments"));
    let case = fold(vec![filed_body(&["m1"]), added("m1", JPEG)]);
    let text = serde_json::to_string(&case).expect("JSON");
    assert_eq!(serde_json::from_str::<Case>(&text).expect("read"), case);
}

#[test]
fn an_announcement_is_written_flat() {
    let body = added("m1", JPEG);
    let text = serde_json::to_string(&body).expect("JSON");
    let hash = crate::case::event::sha256_hex(JPEG);
    let wanted = format!(
        r#"{{"type":"attachment-added","material":"m1","hash":"{hash}","size":6,"media":"image/jpeg","name":"一.jpg"}}"#
    );
    assert_eq!(text, wanted);
    assert_eq!(serde_json::from_str::<EventBody>(&wanted).expect("read"), body);
}

#[test]
fn spaces_behind_a_dot_or_at_the_cut_are_no_part_of_a_name() {
    assert_eq!(tidy_name(". 一.jpg"), "一.jpg");
    assert_eq!(tidy_name(" . . "), "扫描件");
    let cut_at_a_space = format!("{} 二", "一".repeat(LONGEST_NAME - 1));
    assert_eq!(tidy_name(&cut_at_a_space), "一".repeat(LONGEST_NAME - 1));
}

proptest! {
    #[test]
    fn a_kept_name_is_kept_again_and_never_a_path(given in any::<String>()) {
        let name = tidy_name(&given);
        prop_assert_eq!(tidy_name(&name), name.clone());
        prop_assert!(!name.is_empty() && name.chars().count() <= LONGEST_NAME);
        prop_assert!(!name.contains(['/', '\\', '\0']) && name != ".." && name != ".");
    }
}
