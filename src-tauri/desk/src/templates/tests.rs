//! Editions as a hall makes them: what is refused, what is kept, what an issued paper says.

use serde_json::{Value, json};
use yichuang_documents::Format;
use yichuang_documents::template::{FindingCode, Situation};
use yichuang_domain::document::DocumentKind;
use yichuang_domain::issue::PaperRequest;

use super::{Author, NewEdition, Restored, own, vocabulary_of, written};
use crate::tests::{Bench, script};

const NOTED: NewEdition<'static> =
    NewEdition { author: Author::Clerk, note: "改了称谓", base: None };

fn bench() -> Bench {
    let bench = Bench::new();
    bench.desk.sign_in_practice_clerk().unwrap();
    bench
}

fn changed(change: impl FnOnce(&mut Value)) -> String {
    let mut set = serde_json::from_str(&written(&own().unwrap()).unwrap()).unwrap();
    change(&mut set);
    set.to_string()
}

fn greeting(words: &str) -> String {
    written(&own().unwrap()).unwrap().replace("感谢您到", words)
}

/// The words of the 评价表 of a case, issued now.
fn issued(bench: &Bench, case: &str) -> (String, String) {
    let view = bench.desk.issue_paper(case, &PaperRequest::EvaluationForm {}, None).unwrap();
    let number = view.papers.last().unwrap().number.clone();
    let words = bench.desk.paper(&number).unwrap().words.unwrap();
    (number, words)
}

#[test]
fn an_edition_is_used_from_then_on_and_named_on_the_paper() {
    let bench = bench();
    let case = bench.desk.play(&script("s01-m01.json")).unwrap().case.id.to_string();
    let faulty = changed(|set| drop(set["fragments"].as_object_mut().unwrap().remove("落款")));
    let error = bench.desk.install_templates(&faulty, &NOTED).unwrap_err();
    assert_eq!(error.code(), "templates-faulty");
    assert!(error.field().unwrap().starts_with("/papers/"), "{error:?}");
    assert_eq!(bench.desk.install_templates("{", &NOTED).unwrap_err().code(), "templates-faulty");
    assert_eq!(bench.desk.template_editions().unwrap(), []);

    assert_eq!(bench.desk.install_templates(&greeting("欢迎您到"), &NOTED).unwrap(), 1);
    let (first, words) = issued(&bench, &case);
    assert!(words.contains("欢迎您到") && words.contains("模板第1版"));
    let as_issued = bench.desk.paper(&first).unwrap().pdf;
    assert_eq!(bench.desk.restore_templates(Restored::All, &NOTED).unwrap(), 2);
    let bench = bench.restart();
    bench.desk.sign_in_practice_clerk().unwrap();
    let (second, words) = issued(&bench, &case);
    assert!(second != first && words.contains("感谢您到") && words.contains("模板第2版"));
    assert_eq!(bench.desk.paper(&first).unwrap().pdf, as_issued, "the paper stays as issued");
    assert_eq!(bench.desk.reuse_templates(1, &NOTED).unwrap(), 3);
    assert!(issued(&bench, &case).1.contains("欢迎您到"));
    assert_eq!(bench.desk.reuse_templates(9, &NOTED).unwrap_err().code(), "not-found");
}

#[test]
fn editions_say_who_when_and_why() {
    let bench = bench();
    bench.desk.install_templates(&greeting("欢迎您到"), &NOTED).unwrap();
    bench.wait(60);
    let by_hand = NewEdition { author: Author::CommandLine, note: "", base: Some(1) };
    bench.desk.sign_out();
    bench.desk.restore_templates(Restored::All, &by_hand).unwrap();
    let editions = bench.desk.template_editions().unwrap();
    let told: Vec<_> = editions
        .iter()
        .map(|e| (e.edition, e.by.as_str(), e.note.as_str(), e.own, e.in_use))
        .collect();
    assert_eq!(told, [(2, "命令行", "", true, true), (1, "演练员", "改了称谓", false, false)]);
    assert!(editions[0].at > editions[1].at);
}

#[test]
fn nobody_installs_without_signing_in_nor_over_anothers_edition() {
    let bench = bench();
    let from_none = NewEdition { base: Some(0), ..NOTED };
    bench.desk.install_templates(&greeting("欢迎您到"), &from_none).unwrap();
    let error = bench.desk.install_templates(&greeting("您好，"), &from_none).unwrap_err();
    assert_eq!(error.code(), "templates-changed");
    let long = "长".repeat(201);
    for note in [long.as_str(), "两\n行"] {
        let noted = NewEdition { note, ..NOTED };
        let error = bench.desk.install_templates(&greeting("您好，"), &noted).unwrap_err();
        assert_eq!((error.code(), error.field().as_deref()), ("bad-edition-note", Some("note")));
    }
    bench.desk.sign_out();
    for error in [
        bench.desk.install_templates(&greeting("您好，"), &NOTED).unwrap_err(),
        bench.desk.restore_templates(Restored::All, &NOTED).unwrap_err(),
        bench.desk.reuse_templates(1, &NOTED).unwrap_err(),
    ] {
        assert_eq!(error.code(), "not-signed-in");
    }
    assert_eq!(bench.desk.template_editions().unwrap().len(), 1);
}

#[test]
fn one_kind_goes_back_and_the_rest_stays() {
    let bench = bench();
    let text = changed(|set| {
        set["papers"]["refusal"]["parts"][0]["name"] = "申请人联".into();
        set["papers"]["evaluation-form"]["parts"][0]["name"] = "反馈联".into();
        set["header"] = "{机关名称}（政务服务）".into();
    });
    bench.desk.install_templates(&text, &NOTED).unwrap();
    let changed_kinds = || {
        let view = bench.desk.templates_view().unwrap();
        let kinds = view.kinds.into_iter().filter(|k| k.changed).map(|k| k.kind);
        (kinds.collect::<Vec<_>>(), view.shared_changed, view.edition)
    };
    let (refusal, form) = (DocumentKind::Refusal, DocumentKind::EvaluationForm);
    assert_eq!(changed_kinds(), (vec![refusal, form], true, 1));
    bench.desk.restore_templates(Restored::Kind { kind: refusal }, &NOTED).unwrap();
    assert_eq!(changed_kinds(), (vec![form], true, 2));
    bench.desk.restore_templates(Restored::Shared, &NOTED).unwrap();
    assert_eq!(changed_kinds(), (vec![form], false, 3));
    bench.desk.restore_templates(Restored::All, &NOTED).unwrap();
    assert_eq!(changed_kinds(), (vec![], false, 4));
}

#[test]
fn what_goes_back_must_still_fit_what_stays() {
    let bench = bench();
    // The hall's papers do without the shared part that the program's own need.
    let text = changed(|set| {
        let shared = set["fragments"].as_object_mut().unwrap().remove("救济途径").unwrap();
        set["fragments"]["救济"] = shared;
        for paper in set["papers"].as_object_mut().unwrap().values_mut() {
            let blocks = paper["blocks"].as_array_mut().unwrap();
            let uses = blocks.iter_mut().filter(|b| b["fragment"] == "救济途径");
            uses.for_each(|b| b["fragment"] = "救济".into());
        }
    });
    bench.desk.install_templates(&text, &NOTED).unwrap();
    let restored = Restored::Kind { kind: DocumentKind::Refusal };
    let error = bench.desk.restore_templates(restored, &NOTED).unwrap_err();
    assert_eq!(error.code(), "templates-faulty");
    assert_eq!(bench.desk.template_editions().unwrap().len(), 1);
}

#[test]
fn a_character_that_no_font_draws_keeps_an_edition_out() {
    let bench = bench();
    let text =
        changed(|set| set["papers"]["refusal"]["parts"][0]["name"] = "客户联\u{E001}".into());
    let findings = bench.desk.check_templates(&text).unwrap();
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].code, FindingCode::NotDrawable);
    assert_eq!(findings[0].path, "/papers/refusal/parts/0/name");
    assert_eq!(bench.desk.install_templates(&text, &NOTED).unwrap_err().code(), "templates-faulty");
}

#[test]
fn a_preview_leaves_no_trace() {
    let bench = bench();
    bench.desk.play(&script("s01-m01.json")).unwrap();
    let before = (bench.desk.store().head().unwrap(), bench.desk.template_editions().unwrap());
    let text = greeting("欢迎您到");
    for sheet in [Format::A4, Format::A5, Format::Roll80] {
        for &kind in DocumentKind::ALL {
            let pdf = bench.desk.preview_template(&text, kind, sheet, &Situation::new()).unwrap();
            assert!(pdf.bytes.starts_with(b"%PDF"));
        }
    }
    let after = (bench.desk.store().head().unwrap(), bench.desk.template_editions().unwrap());
    assert_eq!(before, after);
    let (kind, none) = (DocumentKind::Refusal, Situation::new());
    let error = bench.desk.preview_template("[]", kind, Format::A4, &none).unwrap_err();
    assert_eq!(error.code(), "templates-faulty");
    let odd = changed(|set| set["papers"]["refusal"]["title"] = "{没有}".into());
    let error = bench.desk.preview_template(&odd, kind, Format::A4, &none).unwrap_err();
    assert_eq!(error.code(), "template-faulty");
}

#[test]
fn the_set_in_use_can_be_changed_and_given_back() {
    let bench = bench();
    let view = bench.desk.templates_view().unwrap();
    assert_eq!((view.edition, &view.set), (0, &view.own));
    let text = written(&view.set).unwrap();
    assert_eq!(view.kinds.len(), DocumentKind::ALL.len());
    assert!(!view.departments.is_empty());
    assert_eq!(bench.desk.check_templates(&text).unwrap(), []);
    bench.desk.install_templates(&text, &NOTED).unwrap();
    assert_eq!(bench.desk.templates_view().unwrap().set, view.set);
}

#[test]
fn the_vocabulary_names_what_is_required() {
    for &kind in DocumentKind::ALL {
        let vocabulary = vocabulary_of(kind);
        for required in &vocabulary.required {
            let known = match required.split_once('.') {
                Some((list, field)) => vocabulary.lists.iter().any(|known| {
                    known.name == list && known.fields.iter().any(|f| f.name == field)
                }),
                None => vocabulary.fields.iter().any(|field| field.name == *required),
            };
            assert!(known, "{kind:?} {required}");
        }
        let mut names: Vec<_> = vocabulary.fields.iter().map(|f| &f.name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), vocabulary.fields.len(), "{kind:?}: a name twice");
    }
}

#[test]
fn the_logo_of_the_hall_stands_on_what_is_issued_then() {
    let bench = bench();
    let case = bench.desk.play(&script("s01-m01.json")).unwrap().case.id.to_string();
    let bad = changed(|set| set["logo"] = json!("AAAA"));
    let findings = bench.desk.check_templates(&bad).unwrap();
    assert_eq!(findings[0].code, FindingCode::BadLogo);
    let png = include_str!("logo.test.txt").trim();
    let text = changed(|set| set["logo"] = json!(png));
    bench.desk.install_templates(&text, &NOTED).unwrap();
    let (_, words) = issued(&bench, &case);
    assert!(words.contains(png));
}
