//! Writes papers to a folder, to be looked at: `YICHUANG_GALLERY=DIR`.

use yichuang_domain::document::DocumentKind;
use yichuang_domain::matter::StopOutcome;

use super::cases::{Wish, desk, guide};
use super::full;
use super::golden::Looked;
use super::golden::stress::Stress;
use super::poppler::press;
use super::sheets::{by_name, facts_of, sheet, told};
use crate::{Annex, Format, SheetFacts, guide_sheet};

/// Every sheet.
const FORMATS: [(Format, &str); 3] =
    [(Format::A4, ""), (Format::A5, "-a5"), (Format::Roll80, "-roll")];

#[test]
fn papers_to_look_at() {
    let Ok(folder) = std::env::var("YICHUANG_GALLERY") else { return };
    let guide = guide();
    let save = |name: &str, paper: &crate::Paper| {
        for (format, suffix) in FORMATS {
            let paper = crate::Paper { format, ..paper.clone() };
            let pdf = press().render(&paper).unwrap();
            println!("{name}{suffix}: {} bytes, {} pages", pdf.bytes.len(), pdf.pages);
            std::fs::write(format!("{folder}/{name}{suffix}.pdf"), pdf.bytes).unwrap();
        }
        for (i, slip) in press().thermal(paper).unwrap().iter().enumerate() {
            std::fs::write(format!("{folder}/{name}-slip-{}.pbm", i + 1), slip.pbm()).unwrap();
        }
    };
    let by_name = |part: &str| guide.matters.iter().find(|m| m.name.contains(part)).unwrap();
    let food = by_name("食品经营");
    let wish = Wish {
        kind: "enterprise",
        name: "根河市兴安岭山货食品有限责任公司".into(),
        ..Wish::default()
    };
    let plain = desk(&guide, food, &wish);
    save("receipt", &plain.paper(DocumentKind::MaterialReceipt));
    save("acceptance", &plain.paper(DocumentKind::Acceptance));
    let wish = Wish {
        checks: vec![
            (0, "missing", "未提交"),
            (1, "defective", "复印件未加盖公章，经营场所地址与营业执照不一致"),
        ],
        agent: Some("额尔敦巴图".into()),
        ..wish
    };
    let short = desk(&guide, food, &wish);
    save("notice", &short.paper(DocumentKind::OneTimeNotice));
    let estate = by_name("转移登记");
    let wish = Wish {
        name: "ᠪᠠᠲᠤ ᠡᠷᠳᠡᠨᠢ".into(),
        practice: true,
        filed_on: jiff::civil::date(2026, 12, 29),
        checks: vec![
            (0, "missing", ""),
            (1, "missing", ""),
            (2, "defective", "未签字"),
            (3, "missing", ""),
        ],
        ..Wish::default()
    };
    let mut practice = desk(&guide, estate, &wish);
    practice.sample = true;
    for &kind in DocumentKind::ALL {
        save(&format!("practice-{}", kind.as_str()), &practice.paper(kind));
    }
    for (outcome, name, kind) in [
        (StopOutcome::NotRequired, "not-required", DocumentKind::NotRequiredNotice),
        (StopOutcome::OutOfScope, "out-of-scope", DocumentKind::Refusal),
        (StopOutcome::Refused, "refused", DocumentKind::Refusal),
    ] {
        let found = guide.matters.iter().find_map(|m| {
            let q = m.questions.iter().find(|q| {
                q.when.is_none()
                    && q.choices
                        .iter()
                        .any(|c| c.stop.as_ref().is_some_and(|s| s.outcome == outcome))
            })?;
            let c =
                q.choices.iter().find(|c| c.stop.as_ref().is_some_and(|s| s.outcome == outcome))?;
            Some((m, q.id.clone(), c.id.clone()))
        });
        let Some((matter, question, choice)) = found else { continue };
        let answers = vec![(&*question.leak(), &*choice.leak())];
        let kind_of = matter.audience[0].as_str();
        let wish = Wish { kind: kind_of, answers, ..Wish::default() };
        save(name, &desk(&guide, matter, &wish).paper(kind));
    }
    for (check, kind) in
        [("deferred", DocumentKind::DeferralCommitment), ("committed", DocumentKind::Commitment)]
    {
        let allowed = |m: &yichuang_domain::matter::Material| match check {
            "deferred" => m.necessity == yichuang_domain::matter::Necessity::Deferrable,
            _ => m.commitment_allowed,
        };
        let matter = guide
            .matters
            .iter()
            .find(|m| m.materials.iter().any(|x| x.when.is_none() && allowed(x)))
            .unwrap();
        let wish = Wish { kind: matter.audience[0].as_str(), ..Wish::default() };
        let walk = desk(&guide, matter, &wish);
        let at = walk.case.materials.iter().position(|x| allowed(&x.material)).unwrap();
        let wish = Wish { checks: vec![(at, check, "申请人自愿")], ..wish };
        let made = desk(&guide, matter, &wish);
        save(kind.as_str(), &made.paper(kind));
        save(&format!("{check}-acceptance"), &made.paper(DocumentKind::Acceptance));
    }
}

/// The same for sheets of an enquiry: short and long matters, with answers and without.
#[test]
fn sheets_to_look_at() {
    let Ok(folder) = std::env::var("YICHUANG_GALLERY") else { return };
    let guide = guide();
    for (part, given, name) in [
        ("结婚登记", &[][..], "sheet-short"),
        ("结婚登记", &[("q1", "a"), ("q2", "a"), ("q3", "a")], "sheet-short-told"),
        ("转移登记", &[], "sheet-long"),
        ("转移登记", &[("agent", "yes"), ("q1", "c"), ("q6", "b")], "sheet-long-told"),
        ("参保登记", &[("q1", "b")], "sheet-stopped"),
        ("食品经营", &[], "sheet-licence"),
    ] {
        let matter = by_name(&guide, part);
        let paper = sheet(&guide, matter, &told(matter, given));
        for (format, suffix) in FORMATS {
            let pdf = press().render(&crate::Paper { format, ..paper.clone() }).unwrap();
            println!("{name}{suffix}: {} bytes, {} pages", pdf.bytes.len(), pdf.pages);
            std::fs::write(format!("{folder}/{name}{suffix}.pdf"), pdf.bytes).unwrap();
        }
    }
}

/// The sheet of a bundle in the cases that it is compared in.
#[test]
fn joint_sheets_to_look_at() {
    let Ok(folder) = std::env::var("YICHUANG_GALLERY") else { return };
    for stress in Stress::ALL {
        for (format, suffix) in FORMATS {
            let paper = crate::Paper { format, ..stress.paper(Looked::JointSheet) };
            let pdf = press().render(&paper).unwrap();
            std::fs::write(format!("{folder}/joint-{stress:?}{suffix}.pdf"), pdf.bytes).unwrap();
        }
    }
}

/// Sheets of a matter of which the guide says everything, its sample behind it.
#[test]
fn full_sheets_to_look_at() {
    let Ok(folder) = std::env::var("YICHUANG_GALLERY") else { return };
    let (guide, matter) = full::full();
    for (given, name) in [(&[][..], "sheet-full"), (&[("q1", "a"), ("q2", "a")], "sheet-full-told")]
    {
        let enquiry = told(&matter, given);
        let facts = SheetFacts { forms: &full::FORMS, ..facts_of(&guide, &matter, &enquiry) };
        let sheet = press().render(&guide_sheet(&facts)).unwrap();
        let sample = Annex::read(&super::small_pdf().bytes).unwrap();
        let pdf = sheet.with(vec![sample]).unwrap();
        println!("{name}: {} bytes, {} pages", pdf.bytes.len(), pdf.pages);
        std::fs::write(format!("{folder}/{name}.pdf"), pdf.bytes).unwrap();
    }
}

/// How long a paper takes and how large it is: `YICHUANG_GALLERY=DIR`, in a release build.
#[test]
fn what_a_paper_costs() {
    if std::env::var("YICHUANG_GALLERY").is_err() {
        return;
    }
    let guide = guide();
    let food = guide.matters.iter().find(|m| m.name.contains("食品经营")).unwrap();
    let wish = Wish { kind: "enterprise", checks: vec![(0, "missing", "")], ..Wish::default() };
    let start = std::time::Instant::now();
    press();
    println!("fonts: {:?}", start.elapsed());
    let desk = desk(&guide, food, &wish);
    for kind in [DocumentKind::MaterialReceipt, DocumentKind::OneTimeNotice] {
        let mut paper = desk.paper(kind);
        for parts in [2, 1] {
            paper.parts.truncate(parts);
            let mut times: Vec<_> = (0..40)
                .map(|_| {
                    let start = std::time::Instant::now();
                    let pdf = press().render(&paper).unwrap();
                    (start.elapsed(), pdf.bytes.len(), pdf.pages)
                })
                .collect();
            times.sort();
            println!("{kind:?}, {parts} parts: min {:?} median {:?}", times[0], times[20]);
        }
    }
}
