//! A one-page notice, the fonts read: time and size of one part.

use std::time::Duration;

use yichuang_documents::template::{TemplateSet, shipped};
use yichuang_documents::{Paper, PaperFacts, Press, compose};
use yichuang_domain::case::event::{Actor, GuideRef, MatterRef};
use yichuang_domain::case::{Case, Event, EventBody};
use yichuang_domain::checklist::applicable;
use yichuang_domain::document::{DocumentKind, DocumentNumber};
use yichuang_domain::intake;
use yichuang_domain::numbering::{CaseNumber, NumberSource};
use yichuang_domain::particulars::Particulars;
use yichuang_domain::scenario::Scenario;
use yichuang_guide::GuidePackage;
use yichuang_tests::program;

use crate::table::{Table, median, milliseconds, ratio, timed};

const ROUNDS: usize = 50;
const TIME: Duration = Duration::from_millis(5);
const SIZE: f64 = 40.0 * 1024.0;

/// Adds its rows.
pub fn measure(table: &mut Table) {
    let fonts = program::repository().join("resources/fonts");
    let (opened, press) = timed(|| {
        let press = Press::open(&fonts, &[]).expect("the fonts");
        press.warm_up().expect("the fonts");
        press
    });
    println!("fonts opened in {}", milliseconds(opened));
    let templates = shipped().expect("templates");
    let mut paper = notice(&guide_maker::example().expect("a guide"), &templates);
    // A notice of two parts is two pages: the budget is for one.
    paper.parts.truncate(1);
    let times = (0..ROUNDS).map(|_| timed(|| press.render(&paper).expect("a page")).0).collect();
    let pdf = press.render(&paper).expect("a page");
    assert_eq!(pdf.pages, 1, "a one-page notice");
    let time = median(times);
    table.add(
        "one-page notice, time",
        (milliseconds(time), "5 ms".to_owned()),
        (ratio(time, TIME), 1.0),
        "one part",
    );
    let size = pdf.bytes.len() as f64;
    table.add(
        "one-page notice, size",
        (format!("{:.1} KB", size / 1024.0), "40 KB".to_owned()),
        (size / SIZE, 1.0),
        "one part",
    );
}

/// The notice of a shared case that lists one material.
fn notice(guide: &GuidePackage, templates: &TemplateSet) -> Paper {
    let script = std::fs::read(program::fixture("scenarios/s07-m04.json")).expect("a scenario");
    let script: Scenario = serde_json::from_slice(&script).expect("a scenario");
    let matter = guide.matters.iter().find(|m| m.code == script.intake.matter).expect("a matter");
    let examined = intake::examine(matter, &guide.calendar, &script.intake).expect("a good intake");
    assert!(!applicable(matter, &examined.answers).is_empty());
    let department =
        guide.departments.iter().find(|d| d.code == matter.department).expect("a department");
    let actor = Actor { id: "0001".to_owned(), name: "王敏".to_owned() };
    let source = NumberSource {
        region: "150785".to_owned(),
        station: "DT".to_owned(),
        device: "A1B2".to_owned(),
        practice: false,
    };
    let number = CaseNumber::new(&source, examined.filed_on, 1);
    let id = uuid::Uuid::nil();
    let listed = examined.determination.listed.clone();
    let event = |seq: u64, body: EventBody| Event {
        origin: "w".to_owned(),
        seq,
        at: jiff::Timestamp::UNIX_EPOCH,
        clock_skew: None,
        lamport: seq,
        actor: actor.clone(),
        case: id,
        body,
        prev_hash: String::new(),
    };
    let filed = EventBody::Filed {
        number: number.clone(),
        matter: MatterRef {
            code: matter.code.clone(),
            name: matter.name.clone(),
            department: department.name.clone(),
        },
        guide: GuideRef { release: 1, digest: String::new() },
        filed_on: examined.filed_on,
        applicant: examined.applicant,
        agent: examined.agent,
        answers: examined.answers,
        materials: examined.materials,
        listed: listed.clone(),
        notify_by: examined.determination.notify_by,
        practice: false,
    };
    let given = EventBody::NoticeGiven { on: examined.filed_on, listed };
    let case = Case::fold(vec![event(1, filed), event(2, given)]).expect("a case");
    let document = DocumentNumber::new(&number, DocumentKind::OneTimeNotice, 1);
    compose(
        DocumentKind::OneTimeNotice,
        &PaperFacts {
            case: &case,
            matter,
            department,
            particulars: &Particulars::None,
            document_number: &document,
            formal_number: None,
            issued_on: examined.filed_on,
            issued_by: &actor,
            hall: "根河市政务服务中心",
            window: "3号窗口",
            qr_text: document.as_str(),
            sample: false,
            guide_release: 1,
            guide_issued_on: "2026-11-24",
            template_edition: 0,
        },
        templates,
    )
    .expect("a paper")
}
