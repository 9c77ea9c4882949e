//! What this window says of papers: its own by their code and bytes, and those of devices it knows
//! by a roster only.

use jiff::civil::Date;
use proptest::prelude::*;
use yichuang_domain::document::DocumentKind;
use yichuang_domain::numbering::{CaseNumber, NumberSource};
use yichuang_protocol::roster::{ROSTER, Revocation, RosterDevice, RosterStatement};

use super::*;
use crate::tests::{Bench, script};

fn key(seed: u8) -> PrivateKey {
    PrivateKey::from_seed(&[seed; 32])
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A mark of a device on the day of the tests.
fn mark(device: &str, practice: bool, by: &PrivateKey, on: &str) -> PaperMark {
    let source = NumberSource {
        region: "150785".to_owned(),
        station: "ZX".to_owned(),
        device: device.to_owned(),
        practice,
    };
    let case = CaseNumber::new(&source, day(on), 1);
    PaperMark::sign((case.device(), by), &case, (DocumentKind::Acceptance, 1), day(on), &[7; 32])
}

fn roster(as_of: &str) -> Roster {
    let device = |code: &str, seed: u8, revoked: Option<&str>| RosterDevice {
        device: code.to_owned(),
        origin: None,
        region: "150785".to_owned(),
        station: "ZX".to_owned(),
        window: "03".to_owned(),
        hall: "根河市政务服务中心".to_owned(),
        key: key(seed).public().to_base64(),
        enrolled_at: jiff::Timestamp::UNIX_EPOCH,
        revoked: revoked.map(|from| Revocation { at: as_of.parse().unwrap(), from: day(from) }),
    };
    let list = [device("AAAA", 1, None), device("BBBB", 2, Some("2026-11-20"))];
    let list = serde_json::to_string(&list).unwrap();
    let said = RosterStatement {
        progress: None,
        kind: ROSTER.to_owned(),
        hub: key(9).public().hub_id(),
        digest: sha256_hex(list.as_bytes()),
        as_of: as_of.parse().unwrap(),
    };
    let signed = key(9).sign(serde_json::to_string(&said).unwrap());
    Roster::open(&key(9).public(), &signed, &list).unwrap()
}

/// A window at work, with a roster.
fn at_work() -> Knowledge {
    let own =
        KnownDevice { code: "OWN2".to_owned(), key: key(5).public(), window: "本机".to_owned() };
    Knowledge {
        joined: true,
        practice: false,
        own: vec![own],
        roster: Some(roster("2026-11-24T02:00:00Z")),
        today: day("2026-11-24"),
    }
}

fn found(knowledge: &Knowledge, mark: &PaperMark) -> Finding {
    judge(mark, &|key| mark.verify(key).is_ok(), knowledge)
}

#[test]
fn every_device_is_judged_by_what_is_known_of_it() {
    let here = at_work();
    let early = "2026-11-19";
    let late = "2026-11-20";
    let cases = [
        (mark("AAAA", false, &key(1), early), Finding::Genuine),
        (mark("OWN2", false, &key(5), early), Finding::Genuine),
        (mark("AAAA", false, &key(3), early), Finding::BadSignature),
        (mark("AAAA", false, &key(2), early), Finding::BadSignature),
        (mark("BBBB", false, &key(2), late), Finding::Revoked { from: day("2026-11-20") }),
        (
            mark("BBBB", false, &key(2), early),
            Finding::GenuineBefore { revoked_from: day("2026-11-20") },
        ),
        (mark("BBBB", false, &key(1), late), Finding::BadSignature),
        (mark("CCCC", false, &key(3), early), Finding::UnknownDevice),
        (
            mark("CCCC", false, &key(3), "2026-11-24"),
            Finding::RosterOlder { as_of: day("2026-11-24") },
        ),
        (mark("AAAA", true, &key(1), early), Finding::PracticePaper),
        (mark("0F3A99C1", true, &key(3), early), Finding::PracticePaper),
    ];
    for (mark, expected) in &cases {
        assert_eq!(found(&here, mark), *expected, "{mark}");
    }
}

#[test]
fn a_window_that_knows_less_says_so_and_calls_nothing_forged() {
    let foreign = mark("AAAA", false, &key(1), "2026-11-19");
    let no_roster = Knowledge { roster: None, ..at_work() };
    assert_eq!(found(&no_roster, &foreign), Finding::NoRoster);
    let practising = Knowledge { practice: true, ..at_work() };
    assert_eq!(found(&practising, &foreign), Finding::RealPaper);
    let alone = Knowledge { joined: false, roster: None, practice: true, ..at_work() };
    assert_eq!(found(&alone, &mark("0F3A99C1", true, &key(1), "2026-11-19")), Finding::NoHub);
}

#[test]
fn an_old_roster_is_said_to_be_old() {
    let genuine = mark("AAAA", false, &key(1), "2026-09-01");
    let old = Knowledge { roster: Some(roster("2026-10-20T02:00:00Z")), ..at_work() };
    let told = old.answer(found(&old, &genuine), &genuine, None, None, By::Code);
    assert_eq!(told.verdict, Verdict::Genuine);
    assert!(told.advice.iter().any(|line| line.contains("35天")), "{:?}", told.advice);
    let fresh = at_work();
    let told = fresh.answer(found(&fresh, &genuine), &genuine, None, None, By::Code);
    assert!(told.advice.iter().all(|line| !line.contains("未更新")));
    let signed = told.signed.unwrap();
    assert_eq!(signed.window.as_deref(), Some("根河市政务服务中心 ZX站 03号窗口"));
    assert_eq!((signed.title.as_str(), signed.proven), ("受理通知书", true));
}

#[test]
fn the_papers_of_a_profile_verify_by_code_and_by_bytes() {
    let bench = Bench::new();
    let view = bench.desk.play(&script("s37-m17.json")).unwrap();
    bench.desk.sign_out();
    assert!(!view.papers.is_empty());
    for issued in &view.case.documents {
        let paper = bench.desk.store().document(issued.number.as_str()).unwrap().unwrap();
        let told = bench.desk.verify_pdf(&paper.pdf).unwrap();
        assert_eq!((told.verdict, told.practice), (Verdict::Genuine, true));
        assert!(told.advice.is_empty(), "{:?}", told.advice);
        let signed = told.signed.unwrap();
        assert_eq!(signed.case_number, view.case.number.as_str());
        assert_eq!(signed.title, issued.kind.title());
        let here = told.archived.unwrap();
        assert_eq!((here.number.as_str(), here.same), (issued.number.as_str(), Some(true)));

        let code = SealedPdf::open(&paper.pdf).unwrap().mark.to_string();
        for scanned in [format!("{code}\r\n"), code.to_lowercase(), code.replace('-', "－")] {
            let told = bench.desk.verify_code(&scanned).unwrap();
            assert_eq!(told.verdict, Verdict::Genuine, "{scanned}");
            assert!(told.advice[0].contains("逐项对照"), "{:?}", told.advice);
            assert_eq!(told.archived.unwrap().same, Some(true));
        }
    }
}

/// Whoever holds the key could still not replace a paper whose archive is at hand.
#[test]
fn another_paper_under_a_number_of_the_archive_is_found_out() {
    let bench = Bench::new();
    let view = bench.desk.play(&script("s37-m17.json")).unwrap();
    let number = view.case.documents[0].number.as_str();
    let paper = bench.desk.store().document(number).unwrap().unwrap();
    let mark = SealedPdf::open(&paper.pdf).unwrap().mark;
    let key = PrivateKey::from_seed(&bench.desk.store().practice_key().unwrap());
    let kind = (mark.kind().unwrap(), mark.nth);
    let other = PaperMark::sign((&mark.device, &key), &mark.case, kind, mark.issued_on, &[9; 32]);
    let told = bench.desk.verify_code(&other.to_string()).unwrap();
    assert_eq!((told.verdict, told.archived.unwrap().same), (Verdict::Altered, Some(false)));
    let file = yichuang_protocol::sealed_pdf::seal(b"%PDF-1.7\n%%EOF\n".to_vec(), &mark, &key);
    let told = bench.desk.verify_pdf(&file).unwrap();
    assert_eq!((told.verdict, told.archived.unwrap().same), (Verdict::Altered, Some(false)));
    // A number that was never given out here is signed rightly, but missed in the archive.
    let mut source = mark.case.source();
    source.station = "ZZ".to_owned();
    let never = CaseNumber::new(&source, mark.issued_on, 77);
    let never = PaperMark::sign((never.device(), &key), &never, kind, mark.issued_on, &[9; 32]);
    let told = bench.desk.verify_code(&never.to_string()).unwrap();
    assert!(told.advice.iter().any(|line| line.contains("旧备份")), "{:?}", told.advice);
}

#[test]
fn what_is_no_paper_of_ours_is_told_apart() {
    let bench = Bench::new();
    let verdict = |told: Verification| (told.verdict, told.headline);
    for code in ["", "https://example.cn", "你好", "YC1/guide/1/R1/2026-11-24", "YC1/X/2026-11-24"]
    {
        let (verdict, headline) = verdict(bench.desk.verify_code(code).unwrap());
        assert_eq!(verdict, Verdict::NotOurs, "{code}");
        assert_eq!(headline.contains("无从核验"), code.starts_with("YC1/"), "{code}");
    }
    let cut = bench.desk.verify_code("YC2-150785-ZX").unwrap();
    assert_eq!(cut.verdict, Verdict::Altered);
    for file in [b"".as_slice(), b"%PDF-1.7\n%%EOF", b"PK"] {
        assert_eq!(bench.desk.verify_pdf(file).unwrap().verdict, Verdict::NotOurs);
    }
}

/// The sheet of an enquiry and the papers of a case in one: no changed byte of a real PDF passes.
#[test]
fn no_changed_byte_of_a_real_paper_is_genuine() {
    let bench = Bench::new();
    let view = bench.desk.play(&script("s37-m17.json")).unwrap();
    let number = view.case.documents[0].number.as_str();
    let pdf = bench.desk.store().document(number).unwrap().unwrap().pdf;
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(24));
    let tail = pdf.len() - 400;
    let at = prop_oneof![0..pdf.len(), tail..pdf.len()];
    let result = runner.run(&(at, 1u8..=255), |(at, flip)| {
        let mut changed = pdf.clone();
        changed[at] ^= flip;
        let told = bench.desk.verify_pdf(&changed).unwrap();
        prop_assert_ne!(told.verdict, Verdict::Genuine);
        Ok(())
    });
    result.unwrap();
}
