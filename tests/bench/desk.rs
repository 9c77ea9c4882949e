//! Papers of a shared case whose notice lists one material.

use yichuang_documents::template::{TemplateSet, shipped};
use yichuang_documents::{Paper, PaperFacts, compose};
use yichuang_domain::case::event::{Actor, GuideRef, MatterRef};
use yichuang_domain::case::{Case, Event, EventBody};
use yichuang_domain::document::{DocumentKind, DocumentNumber};
use yichuang_domain::intake::{self, Examined};
use yichuang_domain::matter::{Department, Matter};
use yichuang_domain::numbering::{CaseNumber, NumberSource};
use yichuang_domain::particulars::Particulars;
use yichuang_domain::scenario::Scenario;
use yichuang_guide::GuidePackage;
use yichuang_tests::program;

/// What its papers are written from.
pub struct Desk {
    guide: GuidePackage,
    templates: TemplateSet,
    script: Scenario,
}

impl Desk {
    /// The example guide, the templates of the program, the script of the case.
    pub fn open() -> Self {
        let script = std::fs::read(program::fixture("scenarios/s07-m04.json"));
        Self {
            guide: guide_maker::example().expect("a guide"),
            templates: shipped().expect("templates"),
            script: serde_json::from_slice(&script.expect("a scenario")).expect("a scenario"),
        }
    }

    /// Somebody else comes, with a name that nobody had before.
    pub fn next_applicant(&mut self, running: u32) {
        // The block of common characters, walked through in steps that meet each but once.
        let character = |n: u32| char::from_u32(0x4E00 + n * 7_919 % 20_000).unwrap_or('甲');
        let name = ['王', character(2 * running), character(2 * running + 1)];
        self.script.intake.applicant.party.name = name.iter().collect();
    }

    /// A paper of the case with this running number.
    pub fn paper(&self, kind: DocumentKind, running: u32) -> Paper {
        let code = &self.script.intake.matter;
        let matter = self.guide.matters.iter().find(|m| m.code == *code).expect("a matter");
        let mut departments = self.guide.departments.iter();
        let department = departments.find(|d| d.code == matter.department).expect("a department");
        let examined = intake::examine(matter, &self.guide.calendar, &self.script.intake);
        let examined = examined.expect("a good intake");
        let source = NumberSource {
            region: "150785".to_owned(),
            station: "DT".to_owned(),
            device: "A1B2".to_owned(),
            practice: false,
        };
        let issued_on = examined.filed_on;
        let number = CaseNumber::new(&source, issued_on, running);
        let actor = Actor { id: "0001".to_owned(), name: "王敏".to_owned() };
        let case = filed(matter, department, &number, examined, &actor);
        let document = DocumentNumber::new(&number, number.device(), kind, 1);
        let facts = PaperFacts {
            linked: &[],
            case: &case,
            matter,
            department,
            particulars: &Particulars::None,
            document_number: &document,
            formal_number: None,
            issued_on,
            issued_by: &actor,
            hall: "根河市政务服务中心",
            window: "3号窗口",
            qr_text: document.as_str(),
            progress: None,
            sample: false,
            guide_release: 1,
            guide_issued_on: "2026-11-24",
            template_edition: 0,
        };
        compose(kind, &facts, &self.templates).expect("a paper")
    }

    /// The customer's part of a notice: one page.
    pub fn notice(&self, running: u32) -> Paper {
        let mut paper = self.paper(DocumentKind::OneTimeNotice, running);
        // A notice of two parts is two pages: the budget is for one.
        paper.parts.truncate(1);
        paper
    }
}

/// The case after its notice was given.
fn filed(
    matter: &Matter,
    department: &Department,
    number: &CaseNumber,
    examined: Examined,
    actor: &Actor,
) -> Case {
    let event = |seq: u64, body: EventBody| Event {
        origin: "w".to_owned(),
        seq,
        at: jiff::Timestamp::UNIX_EPOCH,
        clock_skew: None,
        lamport: seq,
        actor: actor.clone(),
        case: uuid::Uuid::nil(),
        body,
        prev_hash: String::new(),
    };
    let listed = examined.determination.listed.clone();
    let given = EventBody::NoticeGiven { on: examined.filed_on, listed: listed.clone() };
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
        listed,
        notify_by: examined.determination.notify_by,
        practice: false,
        bundle: None,
    };
    Case::fold(vec![event(1, filed), event(2, given)]).expect("a case")
}
