//! A hall of several windows, whose cases went in known ways, and a count of them by hand.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use yichuang_domain::calendar::DueDate;
use yichuang_domain::case::event::{CaseId, Decision, EventBody};
use yichuang_domain::checklist::Check;
use yichuang_domain::evaluation::{Evaluation, EvaluationChannel, Satisfaction};
use yichuang_domain::matter::{Limit, LimitUnit};
use yichuang_domain::review::Role;
use yichuang_protocol::PrivateKey;
use yichuang_protocol::push::{ItemOutcome, PushRequest};

use super::{DEPARTMENT, PASSWORD, Pages, Session};
use crate::receive::push;
use crate::sample::{Log, case, enrolled_at, number};
use crate::store::Device;

pub(super) const OTHER: &str = "根河市医疗保障局";
/// How many cases a batch may bring; each has four events at most.
const CASES_AT_ONCE: usize = 50;

/// How a case went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Received,
    Notified,
    Open,
    OnTime,
    Late,
    Withdrawn,
    WithoutLimit,
}

const WAYS: [Way; 7] = [
    Way::Received,
    Way::Notified,
    Way::Open,
    Way::OnTime,
    Way::Late,
    Way::Withdrawn,
    Way::WithoutLimit,
];

/// A case as it is planned.
#[derive(Clone, Copy, Debug)]
pub(super) struct Planned {
    pub(super) n: u32,
    pub(super) on: Date,
    /// Which of the hall's windows.
    pub(super) window: usize,
    pub(super) department: &'static str,
    pub(super) way: Way,
    pub(super) said: Option<Option<Satisfaction>>,
}

impl Planned {
    /// The n-th case: all kinds of everything, in no order.
    pub(super) fn nth(n: u32) -> Self {
        let said = match n % 5 {
            0 => Some(Some(Satisfaction::VerySatisfied)),
            1 => Some(None),
            2 => Some(Some(Satisfaction::Dissatisfied)),
            _ => None,
        };
        Self {
            n,
            on: date(2026, 1, 25).saturating_add((i64::from(n) * 7 % 40).days()),
            window: n as usize % 3,
            department: if n.is_multiple_of(4) { OTHER } else { DEPARTMENT },
            way: WAYS[n as usize % 7],
            said,
        }
    }

    pub(super) fn id(self) -> CaseId {
        case(u128::from(self.n))
    }

    fn due(self) -> Date {
        self.on.saturating_add(5.days())
    }
}

pub(super) struct Hall {
    pub(super) pages: Pages,
    windows: Vec<(Device, Log)>,
}

impl Hall {
    /// Windows 03 and 04 of the station ZX, and 03 of JH.
    pub(super) fn of(pages: Pages) -> Self {
        let mut windows = vec![(pages.device.clone(), pages.log.lock().unwrap().clone())];
        for (seed, place) in [(21, ("ZX", "04")), (22, ("JH", "03"))] {
            let key = PrivateKey::from_seed(&[seed; 32]);
            let (_, device) = enrolled_at(&pages.store, place, &key);
            windows.push((device.clone(), Log::of(&device)));
        }
        Self { pages, windows }
    }

    /// The hall's lead, signed in.
    pub(super) fn lead(&self, login: &str) -> Session {
        self.pages.account(login, Role::HallLead, None);
        self.pages.sign_in(login, PASSWORD)
    }

    pub(super) fn number(&self, planned: &Planned) -> String {
        number(&self.windows[planned.window].0, self.pages.trial, planned.n).to_string()
    }

    /// Takes the cases in.
    pub(super) fn file(&mut self, all: &[Planned]) {
        for window in 0..self.windows.len() {
            let own: Vec<&Planned> = all.iter().filter(|p| p.window == window).collect();
            for some in own.chunks(CASES_AT_ONCE) {
                let mut events = Vec::new();
                for planned in some {
                    for body in self.bodies(planned) {
                        events.push(self.windows[window].1.write(planned.id(), body));
                    }
                }
                let (device, request) = (&self.windows[window].0, PushRequest { events });
                let now = self.pages.clock.0.lock().unwrap().to_owned();
                let reply = push(&self.pages.store, device, &request, now).unwrap();
                let taken = ItemOutcome::Accepted;
                assert!(reply.items.iter().all(|i| i.outcome == taken), "{:?}", reply.items);
            }
        }
    }

    fn bodies(&self, planned: &Planned) -> Vec<EventBody> {
        let mut filing = self.pages.filing(planned.n);
        let EventBody::Filed { number: own, matter, filed_on, materials, listed, .. } = &mut filing
        else {
            panic!()
        };
        *own = number(&self.windows[planned.window].0, self.pages.trial, planned.n);
        planned.department.clone_into(&mut matter.department);
        *filed_on = planned.on;
        let missing = materials[0].material.id.clone();
        if planned.way == Way::Notified {
            materials[0].check = Some(Check::Missing);
            listed.push(missing.clone());
        }
        let accepted = |limit: bool| EventBody::Accepted {
            on: planned.on,
            due: limit.then(|| DueDate {
                from: planned.on,
                limit: Limit { value: 5, unit: LimitUnit::Days },
                on: planned.due(),
                estimated: false,
                skipped_holidays: Vec::new(),
                make_up_days: Vec::new(),
            }),
            deferred: Vec::new(),
        };
        let decided = |after: i64| EventBody::Decided {
            decision: Decision::Granted,
            on: planned.on.saturating_add(after.days()),
            reason: String::new(),
            result_number: None,
            basis: String::new(),
            remedies: String::new(),
        };
        let mut bodies = vec![filing];
        bodies.extend(match planned.way {
            Way::Received => vec![],
            Way::Notified => {
                vec![EventBody::NoticeGiven { on: planned.on, listed: vec![missing] }]
            }
            Way::Open => vec![accepted(true)],
            Way::OnTime => vec![accepted(true), decided(5)],
            Way::Late => vec![accepted(true), decided(6)],
            Way::Withdrawn => {
                let gone = EventBody::Withdrawn { reason: "不办了".to_owned(), on: planned.on };
                vec![accepted(true), gone]
            }
            Way::WithoutLimit => vec![accepted(false), decided(1)],
        });
        if let Some(said) = planned.said {
            let evaluation = said.map(|satisfaction| Evaluation {
                satisfaction,
                reasons: Vec::new(),
                words: String::new(),
            });
            let (service, channel) = (planned.on, EvaluationChannel::Screen);
            bodies.push(EventBody::Evaluated { service, channel, evaluation });
        }
        bodies
    }
}

/// The columns of the page, counted from what was planned and from nothing else.
pub(super) fn by_hand<'p>(
    all: impl IntoIterator<Item = &'p Planned>,
    today: Date,
) -> BTreeMap<&'static str, u32> {
    let mut counts: BTreeMap<&str, u32> = [
        "收件",
        "受理",
        "不受理",
        "办结",
        "按期办结",
        "超期未办结",
        "一次性告知",
        "二次告知",
        "延期",
        "退件和撤回",
        "已出件",
        "已评价",
    ]
    .map(|word| (word, 0))
    .into();
    for planned in all {
        let words: &[&str] = match planned.way {
            Way::Received => &["收件"],
            Way::Notified => &["收件", "一次性告知"],
            Way::Open if planned.due() < today => &["收件", "受理", "超期未办结"],
            Way::Open => &["收件", "受理"],
            Way::OnTime => &["收件", "受理", "办结", "按期办结"],
            Way::Late | Way::WithoutLimit => &["收件", "受理", "办结"],
            Way::Withdrawn => &["收件", "受理", "退件和撤回"],
        };
        let said = matches!(planned.said, Some(Some(_))).then_some("已评价");
        for word in words.iter().copied().chain(said) {
            *counts.get_mut(word).unwrap() += 1;
        }
    }
    counts
}

/// The text of a piece of a page, without what is written about it.
pub(super) fn plain(markup: &str) -> String {
    let mut text = String::new();
    for (n, piece) in markup.split('<').enumerate() {
        let behind = if n == 0 { piece } else { piece.split_once('>').map_or("", |(_, b)| b) };
        text.push_str(behind);
    }
    text.trim().to_owned()
}

/// A table of figures as people read it: the heads, and each line by its name.
pub(super) fn table(page: &str) -> (Vec<String>, BTreeMap<String, Vec<String>>) {
    let whole = page.split("<table class=\"list figures\">").nth(1).expect("a table");
    let whole = whole.split("</table>").next().unwrap();
    let heads = whole.split("<th scope=\"col\">").skip(1);
    let heads = heads.map(|head| plain(head.split("</th>").next().unwrap())).collect();
    let lines = whole.split("<th scope=\"row\">").skip(1).map(|line| {
        let (name, cells) = line.split_once("</th>").unwrap();
        let cells = cells.split("<td>").skip(1);
        (plain(name), cells.map(|cell| plain(cell.split("</td>").next().unwrap())).collect())
    });
    (heads, lines.collect())
}
