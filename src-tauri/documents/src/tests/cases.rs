//! Cases made through the same events as the real ones.

use jiff::civil::{Date, date};
use serde::Deserialize;
use yichuang_domain::applicant::{ApplicantInput, PartyInput};
use yichuang_domain::calendar::{DueDate, WorkCalendar};
use yichuang_domain::case::Case;
use yichuang_domain::case::event::{Actor, Event, EventBody, GENESIS, GuideRef, MatterRef};
use yichuang_domain::checklist;
use yichuang_domain::condition::Answers;
use yichuang_domain::determination::{self, Outcome};
use yichuang_domain::document::{DocumentKind, DocumentNumber};
use yichuang_domain::handover::{HandoverFacts, ReceiverRole};
use yichuang_domain::intake::{CheckInput, Examined, Intake, examine};
use yichuang_domain::matter::{
    Delivery, Department, Limit, LimitUnit, Matter, Necessity, SpecialProcedure,
    SpecialProcedureKind,
};
use yichuang_domain::numbering::{CaseNumber, NumberSource};
use yichuang_domain::particulars::Particulars;

use crate::template::shipped;
use crate::{Paper, PaperFacts, compose};

/// What of the guide a paper needs.
#[derive(Deserialize)]
pub(crate) struct Guide {
    pub(crate) calendar: WorkCalendar,
    pub(crate) departments: Vec<Department>,
    pub(crate) matters: Vec<Matter>,
}

/// The example guide.
pub(crate) fn guide() -> Guide {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../guide/example/guide.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A paper and everything it was written from.
pub(crate) struct Desk {
    pub(crate) case: Case,
    pub(crate) matter: Matter,
    pub(crate) department: Department,
    pub(crate) issued_on: Date,
    pub(crate) sample: bool,
}

impl Desk {
    /// What the paper of a kind says of this case, whatever its sheet.
    pub(crate) fn must_say(&self, kind: DocumentKind, paper: &Paper) -> Vec<String> {
        let mut said = vec![
            paper.title.plain(),
            "根河市自然资源局".to_owned(),
            self.case.number.as_str().to_owned(),
            self.matter.name.clone(),
            "3号窗口".to_owned(),
            "办事指南第1版（2026-11-24）".to_owned(),
        ];
        if kind != DocumentKind::EvaluationForm {
            said.extend(["欧阳春晓", &self.matter.code, "150785********0019"].map(str::to_owned));
        }
        if kind.is_sealed() {
            let sealed = ["王敏", "0470-5550106", "0470-5550906", "12345", "（印章）"];
            said.extend(sealed.map(str::to_owned));
        }
        if kind.has_remedies() {
            said.extend([&self.department.review_body, &self.department.court].map(Clone::clone));
            said.extend(["60日", "6个月"].map(str::to_owned));
        }
        said.extend(paper.parts.iter().map(|part| part.name.clone()));
        said
    }

    /// What a paper of a later step is about.
    fn particulars(&self, kind: DocumentKind) -> Particulars {
        let limit = |value| Limit { value, unit: LimitUnit::Workdays };
        let due = |value, on| DueDate {
            on,
            limit: limit(value),
            from: self.case.filed_on,
            estimated: false,
            skipped_holidays: Vec::new(),
            make_up_days: Vec::new(),
        };
        match kind {
            DocumentKind::SpecialProcedureNotice => Particulars::SpecialProcedure {
                procedure: SpecialProcedure {
                    kind: SpecialProcedureKind::ExpertReview,
                    days: 15,
                    stops_clock: true,
                    explanation: String::new(),
                },
                on: self.issued_on,
                reason: "经营场所的消防条件需要专家评审".to_owned(),
            },
            DocumentKind::ExtensionNotice => Particulars::Extension {
                was: due(20, date(2026, 10, 22)),
                added: limit(10),
                until: due(30, date(2026, 11, 5)),
                approver: "局长苏和".to_owned(),
                reason: "需要核对的历史档案较多".to_owned(),
            },
            DocumentKind::ReturnNotice => {
                Particulars::Return { reason: "逾期未补正申请材料".to_owned() }
            }
            DocumentKind::WithdrawalRequest => {
                Particulars::Withdrawal { reason: "经营计划有变".to_owned() }
            }
            DocumentKind::TransferSheet => {
                Particulars::Transfer { to: "审批科（二楼206室）".to_owned() }
            }
            DocumentKind::ResultSlip | DocumentKind::DeliveryReceipt => Particulars::Handover {
                on: self.issued_on,
                facts: HandoverFacts {
                    delivery: Delivery::Window,
                    role: ReceiverRole::Other,
                    receiver: self.case.agent.clone().unwrap_or(self.case.applicant.party.clone()),
                    authority: "授权委托书".to_owned(),
                    copies: 1,
                    postal_number: String::new(),
                },
                signature: None,
            },
            _ => Particulars::None,
        }
    }

    /// Hands over the facts for the paper of a kind.
    pub(crate) fn with_facts<T>(
        &self,
        kind: DocumentKind,
        use_them: impl FnOnce(&PaperFacts<'_>) -> T,
    ) -> T {
        let clerk = Actor { id: "1007".to_owned(), name: "王敏".to_owned() };
        let number = DocumentNumber::new(&self.case.number, self.case.number.device(), kind, 1);
        let qr = format!("YC1:{}:{}", number, "9f8e7d6c5b4a39281706f5e4d3c2b1a0");
        use_them(&PaperFacts {
            linked: &[],
            case: &self.case,
            matter: &self.matter,
            department: &self.department,
            particulars: &self.particulars(kind),
            document_number: &number,
            formal_number: None,
            issued_on: self.issued_on,
            issued_by: &clerk,
            hall: "根河市政务服务中心",
            window: "3号窗口",
            qr_text: &qr,
            sample: self.sample,
            guide_release: 1,
            guide_issued_on: "2026-11-24",
            progress: None,
            template_edition: 0,
        })
    }

    pub(crate) fn paper(&self, kind: DocumentKind) -> Paper {
        self.with_facts(kind, |facts| compose(kind, facts, &shipped().unwrap()).unwrap())
    }
}

/// A case to be made.
#[derive(Clone)]
pub(crate) struct Wish {
    pub(crate) filed_on: Date,
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    pub(crate) agent: Option<String>,
    /// The check of each applicable material, by position; what is not given is present.
    pub(crate) checks: Vec<(usize, &'static str, &'static str)>,
    /// The choice of each question; what is not given is the first one that does not stop.
    pub(crate) answers: Vec<(&'static str, &'static str)>,
    /// Whether everything the notice lists arrives.
    pub(crate) supplemented: bool,
    pub(crate) practice: bool,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            filed_on: date(2026, 9, 17),
            kind: "person",
            name: "欧阳春晓".to_owned(),
            agent: None,
            checks: Vec::new(),
            answers: Vec::new(),
            supplemented: false,
            practice: false,
        }
    }
}

/// Answers that lead through all questions of `matter`.
fn answers(matter: &Matter, wish: &Wish) -> Answers {
    let mut answers = Answers::new();
    loop {
        let walk = checklist::walk(matter, &answers, wish.agent.is_some());
        let open = walk.visible.iter().find(|q| !answers.contains_key(&q.id));
        let (Some(question), None) = (open, &walk.stopped) else { return answers };
        let wished = wish.answers.iter().find(|(q, _)| *q == question.id).map(|(_, c)| *c);
        let first = question.choices.iter().find(|c| c.stop.is_none()).map(|c| c.id.as_str());
        answers.insert(question.id.clone(), wished.or(first).unwrap().to_owned());
    }
}

fn examined(matter: &Matter, calendar: &WorkCalendar, wish: &Wish) -> Examined {
    let answers = answers(matter, wish);
    let walk = checklist::walk(matter, &answers, wish.agent.is_some());
    let check = |(i, m): (usize, &&yichuang_domain::matter::Material)| {
        let wished = wish.checks.iter().find(|c| c.0 == i);
        let optional = m.necessity == Necessity::Optional;
        match wished {
            Some((_, check, reason)) => Some(CheckInput {
                id: m.id.clone(),
                check: (*check).to_owned(),
                reason: (*reason).to_owned(),
            }),
            None if optional => None,
            None => Some(CheckInput {
                id: m.id.clone(),
                check: "present".to_owned(),
                reason: String::new(),
            }),
        }
    };
    let materials = checklist::applicable(matter, &walk.answers);
    let party = |name: &str, number: &str, id_type: &str| PartyInput {
        name: name.to_owned(),
        id_type: id_type.to_owned(),
        id_number: number.to_owned(),
        phone: None,
        address: None,
    };
    let applicant = match wish.kind {
        "person" => party(&wish.name, "150785190101010019", "resident-id"),
        _ => party(&wish.name, "91150785MA0TE5T165", "uscc"),
    };
    let intake = Intake {
        matter: matter.code.clone(),
        filed_on: wish.filed_on.to_string(),
        answers,
        applicant: ApplicantInput { kind: wish.kind.to_owned(), party: applicant },
        agent: wish.agent.as_deref().map(|name| party(name, "15078519080609008X", "resident-id")),
        materials: materials.iter().enumerate().filter_map(check).collect(),
    };
    examine(matter, calendar, &intake).unwrap()
}

/// Makes the case of a wish.
pub(crate) fn desk(guide: &Guide, matter: &Matter, wish: &Wish) -> Desk {
    let department = guide.departments.iter().find(|d| d.code == matter.department).unwrap();
    let found = examined(matter, &guide.calendar, wish);
    let source = NumberSource {
        region: "150785".to_owned(),
        station: "01".to_owned(),
        device: "A7K3".to_owned(),
        practice: wish.practice,
    };
    let what = found.determination.clone();
    let mut bodies = vec![EventBody::Filed {
        number: CaseNumber::new(&source, wish.filed_on, 42),
        matter: MatterRef {
            code: matter.code.clone(),
            name: matter.name.clone(),
            department: department.name.clone(),
        },
        guide: GuideRef { release: 1, digest: GENESIS.to_owned() },
        filed_on: wish.filed_on,
        applicant: found.applicant,
        agent: found.agent,
        answers: found.answers,
        materials: found.materials,
        listed: what.listed.clone(),
        notify_by: what.notify_by.clone(),
        practice: wish.practice,
        bundle: None,
    }];
    let accepted = |on: Date| EventBody::Accepted {
        on,
        due: determination::due(matter, &guide.calendar, on),
        deferred: what.deferred.clone(),
    };
    let mut last = wish.filed_on;
    match (&what.stopped, what.outcome) {
        (Some(stopped), _) => bodies.push(EventBody::Stopped { stopped: stopped.clone() }),
        (None, Outcome::OneTimeNotice) => {
            bodies.push(EventBody::NoticeGiven { on: last, listed: what.listed.clone() });
            if wish.supplemented {
                last = last.tomorrow().unwrap();
                bodies.push(EventBody::Supplemented { on: last, ids: what.listed.clone() });
                bodies.push(accepted(last));
            }
        }
        _ => bodies.push(accepted(last)),
    }
    let events = bodies.into_iter().zip(1u64..).map(|(body, seq)| Event {
        origin: "A7K3".to_owned(),
        seq,
        at: jiff::Timestamp::UNIX_EPOCH,
        clock_skew: None,
        lamport: seq,
        actor: Actor { id: "1007".to_owned(), name: "王敏".to_owned() },
        case: Default::default(),
        body,
        prev_hash: GENESIS.to_owned(),
    });
    let case = Case::fold(events.collect()).unwrap();
    assert!(case.conflicts.is_empty(), "{:?}", case.conflicts);
    Desk {
        case,
        matter: matter.clone(),
        department: department.clone(),
        issued_on: last,
        sample: false,
    }
}
