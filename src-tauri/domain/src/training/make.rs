//! Cards made from a matter, so that training works with any guide: one visit in good order, one
//! with something missing and something wrong, one that does not end in an acceptance.

use super::card::{
    Brought, CardDocument, CardLevel, CardReply, Defect, DefectKind, Facts, PictureKind, RoleCard,
};
use crate::applicant::{ApplicantInput, ApplicantKind, PartyInput};
use crate::checklist;
use crate::condition::{self, Answers};
use crate::identity::IdType;
use crate::matter::{AGENT_QUESTION, Material, MaterialHandling, Matter, Necessity};

/// What the ids of cards made from a matter begin with.
pub const AUTO: &str = "auto";

/// People who never were: names, and numbers whose bearers would be well over a hundred.
const PEOPLE: [(&str, &str, &str); 6] = [
    ("张晓雨", "150785190101010019", "19900000101"),
    ("乌兰图雅", "150785190110020032", "19900000102"),
    ("李建国", "150785190512310032", "19900000103"),
    ("额尔敦巴图", "15078519080609008X", "19900000104"),
    ("王秀兰", "150785190402290026", "19900000105"),
    ("赵铁柱", "150702190306150049", "19900000106"),
];
/// Bodies that never were.
const BODIES: [(&str, &str); 2] =
    [("根河市林海小吃店", "92150785MA0TE5T24W"), ("根河市兴安商贸有限公司", "91150785MA0TE5T165")];

/// Which of a few, steadily for the same text.
fn pick(text: &str, n: usize, of: usize) -> usize {
    let sum =
        text.bytes().fold(n, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
    sum.checked_rem(of).unwrap_or(0)
}

fn person(seed: usize) -> PartyInput {
    let (name, number, phone) = PEOPLE[seed % PEOPLE.len()];
    PartyInput {
        name: name.to_owned(),
        id_type: IdType::ResidentId.as_str().to_owned(),
        id_number: number.to_owned(),
        phone: Some(phone.to_owned()),
        address: None,
    }
}

fn applicant(matter: &Matter, seed: usize) -> ApplicantInput {
    let kind = matter.audience.first().copied().unwrap_or(ApplicantKind::Person);
    let mut party = person(seed);
    if kind != ApplicantKind::Person {
        let (name, code) = BODIES[usize::from(kind != ApplicantKind::SoleTrader)];
        party.name = name.to_owned();
        party.id_type = IdType::Uscc.as_str().to_owned();
        party.id_number = code.to_owned();
    }
    ApplicantInput { kind: kind.as_str().to_owned(), party }
}

/// The answers of a visit that goes through, or of the first that a choice stops.
fn replies(matter: &Matter, agent: bool, stopping: bool, seed: usize) -> Option<Vec<CardReply>> {
    let mut answers = Answers::new();
    answers.insert(AGENT_QUESTION.to_owned(), if agent { "yes" } else { "no" }.to_owned());
    let mut replies = Vec::new();
    for question in &matter.questions {
        if !condition::holds(question.when.as_ref(), &answers) {
            continue;
        }
        let going = || question.choices.iter().filter(|choice| choice.stop.is_none());
        let stops = question.choices.iter().find(|choice| stopping && choice.stop.is_some());
        let count = going().count();
        let choice = match stops {
            Some(choice) => choice,
            None => going().nth(pick(&question.id, seed, count))?,
        };
        answers.insert(question.id.clone(), choice.id.clone());
        replies.push(CardReply {
            question: question.id.clone(),
            choice: choice.id.clone(),
            says: format!("我的情况是：{}。", choice.text.trim_end_matches('。')),
        });
        if choice.stop.is_some() {
            return Some(replies);
        }
    }
    if stopping { None } else { Some(replies) }
}

/// Whose paper it is, by its name.
fn holder_of<'p>(
    material: &Material,
    applicant: &'p PartyInput,
    agent: Option<&'p PartyInput>,
) -> &'p PartyInput {
    let of_agent = ["受托", "代理", "经办"].iter().any(|word| material.name.contains(word));
    agent.filter(|_| of_agent && !material.name.contains("授权")).unwrap_or(applicant)
}

/// What a picture has room for.
fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Who comes, and for whom.
struct Visit<'a> {
    applicant: &'a PartyInput,
    agent: Option<&'a PartyInput>,
    /// Whoever stands at the head of a body that applies.
    head: Option<PartyInput>,
}

/// A good one of a material.
fn good(material: &Material, visit: &Visit<'_>) -> CardDocument {
    let picture = PictureKind::of(material);
    let of_a_person = matches!(picture, PictureKind::IdCard | PictureKind::Register);
    let holder = match &visit.head {
        // A body has no identity card: it is that of whoever stands at its head.
        Some(head) if of_a_person && visit.agent.is_none() => head,
        _ => holder_of(material, visit.applicant, visit.agent),
    };
    let numbered =
        matches!(picture, PictureKind::IdCard | PictureKind::Register | PictureKind::Form);
    let expires = matches!(picture, PictureKind::IdCard | PictureKind::Licence);
    CardDocument {
        material: Some(material.id.clone()),
        picture,
        title: cut(&material.name),
        how: Brought::Paper,
        facts: Facts {
            holder: holder.name.clone(),
            number: if numbered { holder.id_number.clone() } else { String::new() },
            issuer: cut(&material.issuer),
            issued: Some(-40),
            valid: expires.then_some(1500),
            sealed: picture.is_sealed(),
            ..Facts::default()
        },
        defect: None,
    }
}

/// Spoils a paper in a way that its picture can show.
fn spoil(document: &mut CardDocument, material: &Material, seed: usize, way: usize) {
    let facts = &mut document.facts;
    let other = PEOPLE[(seed + 3) % PEOPLE.len()].0;
    let copies = material.handling != MaterialHandling::KeepCopy;
    let (kind, words) = match document.picture {
        PictureKind::IdCard | PictureKind::Licence if (seed + way).is_multiple_of(2) => {
            facts.valid = Some(-65);
            (DefectKind::Expired, "已过有效期".to_owned())
        }
        PictureKind::IdCard | PictureKind::Licence | PictureKind::Register if copies => {
            facts.copy = true;
            (DefectKind::CopyOnly, "只带了复印件，没有原件可以核对".to_owned())
        }
        PictureKind::Form => {
            facts.signed = false;
            (DefectKind::Unsigned, "没有本人签字".to_owned())
        }
        PictureKind::Proof if (seed + way).is_multiple_of(2) => {
            facts.sealed = false;
            (DefectKind::NoSeal, "没有加盖公章".to_owned())
        }
        PictureKind::Proof => {
            other.clone_into(&mut facts.holder);
            (DefectKind::OtherName, format!("写的是“{other}”，与申请人不一致"))
        }
        _ => {
            facts.legible = false;
            (DefectKind::Illegible, "看不清，无法核对".to_owned())
        }
    };
    document.defect = Some(Defect { kind, words, on_the_spot: false });
}

struct Plan {
    n: usize,
    level: CardLevel,
    title: &'static str,
    agent: bool,
    stopping: bool,
    /// How many required materials are left at home, and how many are no good.
    faults: (usize, usize),
}

/// The cards of a matter, the same every time.
pub fn cards_of(matter: &Matter) -> Vec<RoleCard> {
    let plans = [
        Plan {
            n: 1,
            level: CardLevel::First,
            title: "材料都带了",
            agent: false,
            stopping: false,
            faults: (0, 0),
        },
        Plan {
            n: 2,
            level: CardLevel::Usual,
            title: "来了先看看材料",
            agent: false,
            stopping: false,
            faults: (1, 1),
        },
        Plan {
            n: 3,
            level: CardLevel::Hard,
            title: "替人来办",
            agent: true,
            stopping: false,
            faults: (0, 2),
        },
        Plan {
            n: 4,
            level: CardLevel::Usual,
            title: "先问清情况",
            agent: false,
            stopping: true,
            faults: (0, 0),
        },
    ];
    plans.iter().filter_map(|plan| card(matter, plan)).collect()
}

fn card(matter: &Matter, plan: &Plan) -> Option<RoleCard> {
    if plan.agent && !matter.agent_allowed {
        return None;
    }
    let seed = pick(&matter.code, plan.n, 1000);
    let applicant = applicant(matter, seed);
    let agent = plan.agent.then(|| person(seed + 1));
    let replies = replies(matter, plan.agent, plan.stopping, if plan.n == 1 { 0 } else { seed })?;
    let answers = replies.iter().map(|r| (r.question.clone(), r.choice.clone())).collect();
    let walk = checklist::walk(matter, &answers, plan.agent);
    let materials = if walk.stopped.is_some() {
        Vec::new()
    } else {
        checklist::applicable(matter, &walk.answers)
    };
    let required: Vec<&str> = materials
        .iter()
        .filter(|m| m.necessity != Necessity::Optional)
        .map(|m| m.id.as_str())
        .collect();
    let (gone, wrong) = plan.faults;
    // Too short a list: a card that says that something is wrong must have something wrong.
    if required.len() < gone + wrong {
        return None;
    }
    let at = |n: usize| required.get((seed + n) % required.len().max(1)).copied();
    let absent: Vec<&str> = (0..gone).filter_map(at).collect();
    let spoilt: Vec<&str> = (gone..gone + wrong).filter_map(at).collect();
    let is_body = applicant.kind != ApplicantKind::Person.as_str();
    let visit = Visit {
        applicant: &applicant.party,
        agent: agent.as_ref(),
        head: is_body.then(|| person(seed + 2)),
    };
    let documents = materials
        .iter()
        .filter(|m| !absent.contains(&m.id.as_str()))
        .map(|m| {
            let mut document = good(m, &visit);
            if spoilt.contains(&m.id.as_str()) {
                spoil(&mut document, m, seed, plan.n);
            }
            document
        })
        .collect();
    let come = match &agent {
        Some(_) => format!("您好，我替{}来办{}，他今天来不了。", applicant.party.name, matter.name),
        None => format!("您好，我来办{}，您帮我看看行不行。", matter.name),
    };
    let name = match (&agent, is_body) {
        (Some(agent), _) => agent.name.clone(),
        (None, true) => format!("{}的经办人", applicant.party.name),
        (None, false) => applicant.party.name.clone(),
    };
    let minutes = 3 + materials.len().div_ceil(3) + usize::from(plan.agent);
    Some(RoleCard {
        id: format!("{AUTO}:{}:{}", matter.code, plan.n),
        title: plan.title.to_owned(),
        level: plan.level,
        matter: matter.code.clone(),
        persona: format!("{name}，头一回来办，不清楚规定，问什么答什么。"),
        story: come,
        minutes: u16::try_from(minutes).unwrap_or(10),
        applicant,
        agent,
        replies,
        documents,
        absent: absent.into_iter().map(str::to_owned).collect(),
    })
}
