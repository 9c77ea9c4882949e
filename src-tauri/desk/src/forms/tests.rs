use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use yichuang_domain::condition::Answers;
use yichuang_guide::FormKind;

use crate::enquiry::tests::Tray;
use crate::tests::{Bench, fixtures};

/// The release with every field, newer than the example and of its region; changed by `edit`.
fn bench(edit: impl FnOnce(&mut Value)) -> (Bench, String) {
    let bench = Bench::new();
    bench.desk.sign_in_practice_clerk().unwrap();
    let text = std::fs::read_to_string(fixtures().join("guide_full.json")).unwrap();
    let mut guide: Value = serde_json::from_str(&text).unwrap();
    guide["release"] = json!(900);
    edit(&mut guide);
    let code = guide["matters"][0]["code"].as_str().unwrap().to_owned();
    bench.desk.import_guide(&serde_json::to_vec(&guide).unwrap()).unwrap();
    (bench, code)
}

#[test]
fn a_matter_names_its_forms_and_each_is_printed_as_it_can_be() {
    let (mut bench, code) = bench(|_| {});
    let jobs = Arc::new(Mutex::new(Vec::new()));
    bench.desk.spooler = Box::new(Tray(jobs.clone()));
    let desk = &bench.desk;
    let forms = desk.matter(&code).unwrap().forms;
    let named: Vec<_> = forms.iter().map(|f| (f.id.as_str(), f.kind, f.printable)).collect();
    assert_eq!(named, [("F1", FormKind::Pdf, true), ("F2", FormKind::Picture, true)]);

    // A PDF goes out as it came, a picture on a page.
    let file = desk.form("F1").unwrap();
    assert_eq!(file.name, "F1-参保登记表（空表）.pdf");
    assert!(desk.form_paper("F1").unwrap().pdf == file.bytes);
    let picture = desk.form("F2").unwrap();
    assert_eq!(
        (picture.name.as_str(), picture.media_type.as_str()),
        ("F2-参保登记表（示例）.png", "image/png")
    );
    assert!(desk.form_paper("F2").unwrap().pdf.starts_with(b"%PDF-"));
    assert!(desk.print_form("F2", Some("三楼")).unwrap().contains("三楼"));
    assert!(jobs.lock().unwrap().pop().unwrap().0.starts_with("F2-参保登记表（示例）.pdf #"));

    let folder = tempfile::tempdir().unwrap();
    let saved = desk.save_form("F2", folder.path()).unwrap();
    assert!(std::fs::read(saved).unwrap() == picture.bytes, "saved unchanged");
    assert_eq!(desk.form("F9").unwrap_err().code(), "not-found");
    assert_eq!(desk.store().head().unwrap().seq, 0, "nothing of it is logged");

    desk.sign_out();
    assert_eq!(desk.print_form("F1", None).unwrap_err().code(), "not-signed-in");
    assert_eq!(desk.save_form("F1", folder.path()).unwrap_err().code(), "not-signed-in");
}

#[test]
fn samples_lie_behind_the_sheet_of_what_asks_for_them_unless_left_out() {
    let (bench, code) = bench(|guide| {
        // Little else on the sheet, so that naming the samples begins no new page.
        for list in ["common_returns", "basis", "conditions"] {
            guide["matters"][0][list] = json!([]);
        }
        guide["matters"][0]["reference"] = json!({});
        // The same sample twice, and one that belongs to a situation of its own.
        let materials = &mut guide["matters"][0]["materials"];
        materials[1]["reference"] = json!({ "sample_form": "F2" });
        materials[7]["reference"] = json!({ "sample_form": "F1" });
    });
    let desk = &bench.desk;
    let told = |agent: &str| -> Answers {
        [("q1", "a"), ("q2", "a"), ("agent", agent)]
            .map(|(q, c)| (q.to_owned(), c.to_owned()))
            .into_iter()
            .collect()
    };
    let pages = |agent, samples| desk.guide_sheet(&code, &told(agent), samples).unwrap().pdf.pages;
    let own = pages("no", false);
    assert_eq!(pages("no", true), own + 1);
    assert_eq!(pages("yes", true), pages("yes", false) + 2);
}

#[test]
fn what_cannot_be_printed_is_saved_and_holds_up_no_sheet() {
    let (bench, code) = bench(|guide| {
        let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        guide["forms"][0]["media_type"] = json!(word);
        guide["forms"][0]["content"] = json!("UEsDBA==");
        guide["forms"][0]["name"] = json!("../授权/委托书");
        guide["forms"][1]["content"] = json!("iVBORw0KGgo=");
    });
    let desk = &bench.desk;
    let forms = desk.matter(&code).unwrap().forms;
    assert_eq!((forms[0].kind, forms[0].printable), (FormKind::Word, false));
    for (id, refused) in [("F1", "form-not-printable"), ("F2", "form-damaged")] {
        let error = desk.print_form(id, None).unwrap_err();
        assert_eq!((error.code(), error.is_refusal()), (refused, true));
        assert!(error.to_string().contains("请"), "{error}");
    }
    let folder = tempfile::tempdir().unwrap();
    let saved = desk.save_form("F1", folder.path()).unwrap();
    assert_eq!(saved, folder.path().join("F1-.._授权_委托书.docx"));
    let sheet = |samples| desk.guide_sheet(&code, &Answers::new(), samples).unwrap();
    assert_eq!(sheet(true).pdf.pages, sheet(false).pdf.pages);
}
