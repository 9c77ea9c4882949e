use jiff::SignedDuration;
use yichuang_domain::evaluation::Satisfaction;
use yichuang_domain::follow_up::{StepInput, StepKind, prepare};
use yichuang_protocol::PrivateKey;
use yichuang_protocol::push::PushRequest;

use super::entering::AT_ONCE;
use super::*;
use crate::sample::{
    Log, On, accepted, case, day as filed_on, enrolled, filed, now, number, on_both_engines, rated,
};
use crate::store::{Device, FiledQuery, HubStore};

/// A hub with a window, and its log.
struct Hub {
    store: HubStore,
    device: Device,
    log: Log,
    _place: crate::sample::Place,
}

impl Hub {
    fn new(on: On) -> Self {
        let (place, store) = on.hub();
        let (_, device) = enrolled(&store, "03", &PrivateKey::from_seed(&[1; 32]));
        Self { store, log: Log::of(&device), device, _place: place }
    }

    /// Takes in a case that was rated so.
    fn rated(&mut self, n: u32, said: &[Satisfaction], at: Timestamp) {
        let id = case(n.into());
        let mut events = vec![self.log.write(id, filed(number(&self.device, false, n), false))];
        events.extend(said.iter().map(|grade| self.log.write(id, rated(*grade, "慢"))));
        let request = PushRequest { events };
        crate::receive::push(&self.store, &self.device, &request, at).unwrap();
    }

    fn task(&self, n: u32) -> Option<StoredFollowUp> {
        self.store.read(|tx| tx.follow_up(case(n.into()), filed_on())).unwrap()
    }

    fn step(&self, n: u32, seen: &FollowUp, kind: StepKind) -> bool {
        let input = StepInput {
            finding: "upheld".to_owned(),
            on: filed_on().to_string(),
            way: "phone".to_owned(),
            words: "写明".to_owned(),
            ..StepInput::default()
        };
        let step = prepare(kind, &input, seen, filed_on()).unwrap();
        let after = seen.after(&step).unwrap();
        let (login, name) = ("suhe".to_owned(), "苏和".to_owned());
        let taken = TakenStep { at: now(), login, name, step };
        self.store
            .write(|tx| tx.add_follow_up_step(case(n.into()), (seen, &after), &taken))
            .unwrap()
    }
}

fn a_poor_rating_is_entered_once_and_stays_what_it_was(on: On) {
    let mut hub = Hub::new(on);
    use Satisfaction as S;
    hub.rated(1, &[S::VeryDissatisfied, S::VerySatisfied], now());
    hub.rated(2, &[S::Fair, S::VeryDissatisfied], now());
    hub.rated(3, &[], now());
    let first = hub.task(1).expect("a task");
    assert_eq!((first.rating.satisfaction, first.came_at), (S::VeryDissatisfied, now()));
    assert_eq!((first.window.as_str(), first.station.as_str()), ("03", "ZX"));
    assert_eq!(first.task, FollowUp::arrived(filed_on(), filed_on()));
    assert_eq!((hub.task(2), hub.task(3)), (None, None), "what was said first counts");
    assert!(hub.step(1, &first.task, StepKind::Verify));
    // The case goes on, a week later: the task is neither new nor begun again.
    let later = now() + SignedDuration::from_hours(24 * 7);
    let events = vec![hub.log.write(case(1), accepted())];
    crate::receive::push(&hub.store, &hub.device, &PushRequest { events }, later).unwrap();
    let task = hub.task(1).unwrap();
    assert_eq!((task.came_at, task.task.state), (now(), FollowUpState::Upheld));
}

fn of_two_that_saw_the_same_one_takes_the_step(on: On) {
    let mut hub = Hub::new(on);
    hub.rated(1, &[Satisfaction::Dissatisfied], now());
    let seen = hub.task(1).unwrap().task;
    let taken: Vec<bool> = std::thread::scope(|scope| {
        let tries: Vec<_> =
            (0..6).map(|_| scope.spawn(|| hub.step(1, &seen, StepKind::Verify))).collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(taken.iter().filter(|one| **one).count(), 1, "{taken:?}");
    let steps = hub.store.read(|tx| tx.follow_up_steps(case(1), filed_on())).unwrap();
    assert_eq!(steps.len(), 1);
    // What is kept beside the steps is what they fold to.
    for kind in [StepKind::Mend, StepKind::Visit, StepKind::Reopen, StepKind::Verify] {
        let seen = hub.task(1).unwrap().task;
        assert!(hub.step(1, &seen, kind));
        let steps = hub.store.read(|tx| tx.follow_up_steps(case(1), filed_on())).unwrap();
        let folded = FollowUp::arrived(filed_on(), filed_on()).fold(steps.iter().map(|s| &s.step));
        assert_eq!(hub.task(1).unwrap().task, folded);
    }
}

fn ratings_of_before_are_entered_when_a_hub_is_started(on: On) {
    let mut hub = Hub::new(on);
    // More than are looked through at once, between others.
    let count = AT_ONCE as u32 + 5;
    for some in (1..=2 * count).collect::<Vec<_>>().chunks(200) {
        let mut events = Vec::new();
        for n in some.iter().copied() {
            let said = if n % 2 == 0 { Satisfaction::Dissatisfied } else { Satisfaction::Fair };
            let filing = filed(number(&hub.device, false, n), false);
            events.push(hub.log.write(case(n.into()), filing));
            events.push(hub.log.write(case(n.into()), rated(said, "")));
        }
        crate::receive::push(&hub.store, &hub.device, &PushRequest { events }, now()).unwrap();
    }
    let entered =
        |hub: &Hub| hub.store.read(|tx| tx.count_follow_ups(FollowUpState::ALL, "")).unwrap();
    let all = entered(&hub);
    assert_eq!(all, u64::from(count));
    // As a hub of before had them: cases, and nothing made of them.
    hub.store
        .write(|tx| {
            tx.execute("DROP TABLE follow_ups", &[])?;
            tx.execute(
                "CREATE TABLE follow_ups (case_id TEXT, service TEXT, origin TEXT, number TEXT,
                   matter TEXT, filed_on TEXT, channel TEXT, rating TEXT, came_at BIGINT,
                   since TEXT, state TEXT, complex BOOLEAN, tries BIGINT, steps BIGINT,
                   PRIMARY KEY (case_id, service))",
                &[],
            )
        })
        .unwrap();
    assert_eq!(entered(&hub), 0);
    assert!(!hub.store.read(|tx| tx.ratings_are_entered()).unwrap());
    let mut place = Some(CasePlace::default());
    let mut rounds = 0;
    while let Some(after) = place {
        place = hub.store.write(|tx| tx.enter_earlier_ratings(&after, now())).unwrap();
        rounds += 1;
    }
    assert_eq!((entered(&hub), rounds), (all, 2));
    assert!(hub.store.read(|tx| tx.ratings_are_entered()).unwrap());
}

/// Read page by page, the cases of a period come whole, in order and once, however they are cut.
fn cases_of_a_period_come_page_by_page(on: On) {
    let mut hub = Hub::new(on);
    for n in 1..=25u32 {
        let id = case((u128::from(n) * 7919) % 101);
        let mut body = filed(number(&hub.device, false, n), false);
        if let yichuang_domain::case::event::EventBody::Filed { filed_on, matter, .. } = &mut body {
            *filed_on = format!("2026-03-{:02}", n % 9 + 1).parse().unwrap();
            matter.department = if n % 3 == 0 { "甲局" } else { "乙局" }.to_owned();
        }
        let events = vec![hub.log.write(id, body)];
        crate::receive::push(&hub.store, &hub.device, &PushRequest { events }, now()).unwrap();
    }
    let read = |department: Option<&str>, from: &str, to: &str, at_once: usize| {
        let query = FiledQuery {
            department: department.map(str::to_owned),
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
        };
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let page =
                hub.store.read(|tx| tx.cases_filed(&query, after.as_ref(), at_once)).unwrap();
            assert!(page.len() <= at_once);
            let Some(last) = page.last() else { break };
            after = Some(last.place.clone());
            all.extend(page.into_iter().map(|filed| {
                assert_eq!((filed.station.as_str(), filed.window.as_str()), ("ZX", "03"));
                (filed.case.filed_on, filed.case.id)
            }));
        }
        all
    };
    let whole = read(None, "2026-03-01", "2026-03-31", 100);
    assert_eq!(whole.len(), 25);
    let mut sorted = whole.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(whole, sorted, "in order, each once");
    for at_once in [1, 2, 7, 25, 26] {
        assert_eq!(read(None, "2026-03-01", "2026-03-31", at_once), whole, "{at_once}");
    }
    assert_eq!(read(Some("甲局"), "2026-03-01", "2026-03-31", 3).len(), 8);
    assert!(read(Some("丙局"), "2026-03-01", "2026-03-31", 3).is_empty());
    let two = read(None, "2026-03-02", "2026-03-03", 2);
    let of = |day: &str| whole.iter().filter(|(on, _)| on.to_string() == day).count();
    assert_eq!(two.len(), of("2026-03-02") + of("2026-03-03"));
    assert!(read(None, "2026-04-01", "2026-04-30", 9).is_empty());
}

#[test]
fn no_sqlite_program_takes_back_what_was_said_or_done() {
    let mut hub = Hub::new(On::Sqlite);
    hub.rated(1, &[Satisfaction::Dissatisfied], now());
    let seen = hub.task(1).unwrap().task;
    assert!(hub.step(1, &seen, StepKind::Verify));
    for sql in [
        "DELETE FROM follow_ups",
        "UPDATE follow_ups SET rating = ''",
        "UPDATE follow_ups SET came_at = 0",
        "DELETE FROM follow_up_steps",
        "UPDATE follow_up_steps SET name = ''",
    ] {
        assert!(hub.store.write(|tx| tx.execute(sql, &[])).is_err(), "{sql}");
    }
}

on_both_engines!(
    a_poor_rating_is_entered_once_and_stays_what_it_was,
    of_two_that_saw_the_same_one_takes_the_step,
    ratings_of_before_are_entered_when_a_hub_is_started,
    cases_of_a_period_come_page_by_page,
);
