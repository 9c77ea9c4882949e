use yichuang_domain::case::event::{Actor, CaseId};
use yichuang_domain::case::{Case, CaseState, EventBody, SealedEvent};
use yichuang_protocol::hub_log::HeldLog;
use yichuang_protocol::limits::{HIGHEST, HIGHEST_OF_WINDOW};
use yichuang_protocol::pull::PullRequest;
use yichuang_protocol::push::{ItemOutcome, PushRequest};
use yichuang_protocol::{Position, PrivateKey};

use super::*;
use crate::append::history;
use crate::hub_log::agree;
use crate::receive::{pull, push};
use crate::sample::{
    Log, On, accepted, case, decided, enrolled, filed, now, number, on_both_engines,
};
use crate::store::KeptCase;

fn key(n: u8) -> PrivateKey {
    PrivateKey::from_seed(&[n; 32])
}

/// A window as far as the hub is concerned: its log, and what it pulled.
struct Seat {
    device: Device,
    log: Log,
    own: Vec<SealedEvent>,
}

impl Seat {
    fn enrolled(store: &HubStore, window: &str, seed: u8) -> Self {
        let (_, device) = enrolled(store, window, &key(seed));
        Self { log: Log::of(&device), device, own: Vec::new() }
    }

    /// Writes an event after everything of a cause.
    fn write(&mut self, id: CaseId, lamport: u64, body: EventBody) {
        let event = yichuang_domain::case::Event { lamport, ..self.log.event(id, body) };
        let sealed = self.log.keep(SealedEvent::seal(&event).unwrap());
        self.own.push(sealed);
    }

    /// Sends its whole log; the codes of what was refused.
    fn send(&self, store: &HubStore) -> Vec<String> {
        let request = PushRequest { events: self.own.clone() };
        let reply = push(store, &self.device, &request, now()).unwrap();
        let refused = reply.items.into_iter().filter_map(|item| match item.outcome {
            ItemOutcome::Rejected { rejection } => Some(rejection.code),
            _ => None,
        });
        refused.collect()
    }

    fn pulled(&self, store: &HubStore) -> Vec<SealedEvent> {
        let log = store.read(|tx| tx.hub_log(&self.device)).unwrap();
        let reply = pull(store, &self.device, &PullRequest { log, after: 0 }).unwrap();
        reply.events.iter().map(|event| event.sealed()).collect()
    }

    /// The case as this window folds it.
    fn sees(&self, store: &HubStore, id: CaseId) -> Option<Case> {
        let events = self.own.iter().cloned().chain(self.pulled(store));
        let events = events.map(|event| event.open().unwrap());
        Case::fold(events.filter(|event| event.case == id).collect())
    }

    fn holder(&self) -> Holder {
        named(&self.device)
    }
}

fn stored(store: &HubStore, id: CaseId) -> Case {
    store.read(|tx| tx.case_by_id(id)).unwrap().unwrap().case
}

fn want(number: &CaseNumber) -> TransferRequest {
    let wanted = Wanted {
        number: number.to_string(),
        reason: "三号窗口停办".to_owned(),
        actor: Actor { id: "1002".to_owned(), name: "王五".to_owned() },
    };
    TransferRequest { wanted: vec![wanted] }
}

fn take(store: &HubStore, seat: &Seat, number: &CaseNumber) -> Result<(), String> {
    let reply = transfer(store, &seat.device, &want(number), now()).unwrap();
    match reply.answers.into_iter().next().unwrap().outcome {
        TransferOutcome::Given => Ok(()),
        TransferOutcome::Refused { code, .. } => Err(code),
    }
}

/// Everybody sees the case as the hub does.
fn agreed(store: &HubStore, id: CaseId, seats: &[&Seat]) -> Case {
    let case = stored(store, id);
    for seat in seats {
        assert_eq!(seat.sees(store, id).as_ref(), Some(&case), "{}", seat.device.window);
    }
    case
}

fn begun(store: &HubStore) -> (Seat, Seat, CaseNumber) {
    let (mut three, seven) = (Seat::enrolled(store, "03", 1), Seat::enrolled(store, "07", 2));
    let number = number(&three.device, false, 1);
    three.write(case(1), 1, filed(number.clone(), false));
    assert_eq!(three.send(store), [""; 0]);
    (three, seven, number)
}

fn a_case_is_continued_at_the_window_that_takes_it_over(on: On) {
    let (_folder, store) = on.hub();
    let (mut three, mut seven, number) = begun(&store);
    assert_eq!(take(&store, &seven, &number), Ok(()));
    assert_eq!(take(&store, &seven, &number), Ok(()), "asked again it is the same");
    let case = agreed(&store, case(1), &[&three, &seven]);
    assert_eq!(case.held_by(), seven.device.origin);
    assert_eq!(seven.pulled(&store).len(), 2);
    seven.write(case.id, 3, accepted());
    assert_eq!(seven.send(&store), [""; 0]);
    let case = agreed(&store, case.id, &[&three, &seven]);
    assert_eq!((case.state, case.conflicts.len()), (CaseState::Accepted, 0));
    // The back office decides, and both are told.
    let found = store.read(|tx| tx.case_by_id(case.id)).unwrap().unwrap();
    let office = Actor { id: "o1".to_owned(), name: "审批".to_owned() };
    store.write(|tx| append(tx, &found, None, &office, &decided(), now())).unwrap();
    let case = agreed(&store, case.id, &[&three, &seven]);
    assert_eq!((case.state, case.conflicts.len()), (CaseState::Decided, 0));
    // It can go back; sent twice, nothing is told twice.
    assert_eq!(take(&store, &three, &number), Ok(()));
    let told = (three.pulled(&store).len(), seven.pulled(&store).len());
    assert_eq!((three.send(&store), seven.send(&store)), (vec![], vec![]));
    assert_eq!((three.pulled(&store).len(), seven.pulled(&store).len()), told);
    let on = now();
    three.write(
        case.id,
        9,
        EventBody::HandedOver {
            receiver: "本人".into(),
            on: beijing::day(on),
            facts: None,
            signature: None,
        },
    );
    assert_eq!(three.send(&store), [""; 0]);
    let case = agreed(&store, case.id, &[&three, &seven]);
    assert_eq!((case.state, case.held_by()), (CaseState::HandedOver, three.device.origin.as_str()));
}

fn what_the_former_window_wrote_meanwhile_becomes_a_conflict_for_all(on: On) {
    let (_folder, store) = on.hub();
    let (mut three, mut seven, number) = begun(&store);
    take(&store, &seven, &number).unwrap();
    seven.write(case(1), 3, accepted());
    seven.send(&store);
    // Window 3 knows nothing of it.
    let gone = EventBody::Withdrawn { reason: "不办了".into(), on: beijing::day(now()) };
    three.write(case(1), 3, gone);
    assert_eq!(three.send(&store), [""; 0], "nothing is parked");
    let seen = agreed(&store, case(1), &[&three, &seven]);
    assert_eq!((seen.state, seen.open_conflicts().count()), (CaseState::Accepted, 1));
    let of = three.log.event(case(1), accepted()).place();
    let of = yichuang_domain::case::EventPlace { seq: of.seq - 1, ..of };
    let word = EventBody::ConflictSettled { of, adopted: true, reason: "核实属实".into() };
    seven.write(case(1), 4, word);
    assert_eq!(seven.send(&store), [""; 0]);
    let seen = agreed(&store, case(1), &[&three, &seven]);
    assert_eq!((seen.state, seen.open_conflicts().count()), (CaseState::Withdrawn, 0));
}

fn a_window_hands_on_by_itself(on: On) {
    let (_folder, store) = on.hub();
    let (mut three, mut seven, _) = begun(&store);
    let from = three.holder();
    let body = |to: Holder| EventBody::Transferred {
        from: from.clone(),
        to,
        on: beijing::day(now()),
        reason: "下班".to_owned(),
    };
    let (to_seven, to_nobody) = (
        body(seven.holder()),
        body(Holder { origin: "win-XXXX-1".into(), device: "XXXX".into(), window: "9".into() }),
    );
    three.write(case(1), 2, to_seven);
    three.write(case(2), 1, filed(number(&three.device, false, 2), false));
    three.write(case(2), 2, to_nobody);
    // In one batch with the filing.
    three.write(case(3), 1, filed(number(&three.device, false, 3), false));
    let EventBody::Transferred { to, .. } = body(seven.holder()) else { unreachable!() };
    let last = body(to);
    three.write(case(3), 2, last);
    assert_eq!(three.send(&store), ["bad-transfer"]);
    for id in [case(1), case(3)] {
        let seen = agreed(&store, id, &[&three, &seven]);
        assert_eq!(seen.held_by(), seven.device.origin);
    }
    seven.write(case(1), 3, accepted());
    assert_eq!(seven.send(&store), [""; 0]);
    assert_eq!(agreed(&store, case(1), &[&three, &seven]).state, CaseState::Accepted);
    // What went wrong holds up its own case only, and nobody can take it over before it is mended.
    assert_eq!(take(&store, &seven, &number(&three.device, false, 2)), Err("case-parked".into()));
}

fn nobody_takes_what_is_not_theirs_to_take(on: On) {
    let (_folder, store) = on.hub();
    let (mut three, seven, number) = begun(&store);
    let strange = CaseNumber::new(&number.source(), beijing::day(now()), 99);
    assert_eq!(take(&store, &seven, &strange), Err("unknown-case".to_owned()));
    let elsewhere = Device { station: "SQ".to_owned(), ..seven.device.clone() };
    let elsewhere = Seat { device: elsewhere, log: seven.log.clone(), own: vec![] };
    assert_eq!(take(&store, &elsewhere, &number), Err("other-station".to_owned()));
    for alter in [
        (&|w: &mut Wanted| w.number = "'; DROP TABLE cases; --".to_owned()) as &dyn Fn(&mut Wanted),
        &|w| w.reason = " ".to_owned(),
        &|w| w.reason = "长".repeat(LONGEST_REASON + 1),
        &|w| w.actor.name = "a\0b".to_owned(),
    ] {
        let mut request = want(&number);
        alter(&mut request.wanted[0]);
        let reply = transfer(&store, &seven.device, &request, now()).unwrap();
        let TransferOutcome::Refused { code, .. } = &reply.answers[0].outcome else {
            panic!("{request:?}")
        };
        assert_eq!(code, "malformed");
    }
    let many = TransferRequest { wanted: vec![want(&number).wanted[0].clone(); WANTED + 1] };
    assert!(matches!(
        transfer(&store, &seven.device, &many, now()),
        Err(StepError::Fault(Fault { code: FaultCode::TooLarge, .. }))
    ));
    assert_eq!(stored(&store, case(1)).held_by(), three.device.origin);
    // Without a transfer no other window writes of it, and nothing hangs on its trying.
    let mut nine = Seat::enrolled(&store, "09", 3);
    nine.write(case(1), 2, accepted());
    assert_eq!(nine.send(&store), ["foreign-case"]);
    let gone = EventBody::Withdrawn { reason: "不办了".into(), on: beijing::day(now()) };
    three.write(case(1), 2, gone);
    assert_eq!(three.send(&store), [""; 0]);
    assert_eq!(take(&store, &seven, &number), Err("not-now".to_owned()));
}

/// The hub loses everything after the filing, the transfer too; the windows give it back.
fn a_transfer_that_the_hub_lost_comes_back(on: On) {
    let (_folder, store) = on.hub();
    let (three, mut seven, number) = begun(&store);
    take(&store, &seven, &number).unwrap();
    seven.write(case(1), 3, accepted());
    seven.send(&store);
    let (before, held) = (agreed(&store, case(1), &[&three, &seven]), seven.pulled(&store));
    let logs = [&seven.device, &three.device].map(|d| store.read(|tx| tx.hub_log(d)).unwrap());
    store
        .write(|tx| {
            for log in [&logs[0], &logs[1], &seven.device.origin] {
                tx.forget_log(log)?;
            }
            let filed = tx.case_by_id(case(1))?.unwrap().case;
            let filed = Case::fold(history(tx, &filed)?).unwrap();
            let number = filed.number.as_str();
            tx.keep_cases(&[KeptCase { origin: &three.device.origin, number, case: &filed }], now())
        })
        .unwrap();
    assert_eq!(stored(&store, case(1)).held_by(), three.device.origin);
    // Window 7 comes first, with its own event of a case that the hub takes for a stranger's.
    assert_eq!(seven.send(&store), ["foreign-case"]);
    let at = Position { seq: held.len() as u64, head: held.last().unwrap().hash.clone() };
    let claim = HeldLog { log: logs[0].clone(), held: at, earlier: vec![Position::start()] };
    let agreed_on =
        store.write(|tx| agree(tx, &seven.device, std::slice::from_ref(&claim), now())).unwrap();
    assert_eq!(agreed_on.give_back[0].after, 0);
    let hub = store.read(|tx| tx.hub_key()).unwrap();
    for sealed in held {
        let opened = sealed.open().unwrap();
        let event = match opened.body {
            EventBody::Relayed { event } => event,
            _ => yichuang_protocol::hub_log::vouch(&hub, sealed),
        };
        seven.write(case(1), opened.lamport, EventBody::Relayed { event });
    }
    seven.send(&store);
    assert_eq!(seven.send(&store), [""; 0], "and what was refused is looked at again");
    let after = stored(&store, case(1));
    assert_eq!((after.held_by(), after.state), (before.held_by(), before.state));
    assert_eq!(three.sees(&store, case(1)).unwrap(), after);
}

/// What the hub adds to a case must stay countable for the window that takes it over.
fn a_window_that_counts_too_high_shuts_out_no_other(on: On) {
    let (_folder, store) = on.hub();
    let (mut three, seven) = (Seat::enrolled(&store, "03", 1), Seat::enrolled(&store, "07", 2));
    let numbers = [1, 2].map(|n| number(&three.device, false, n));
    three.write(case(1), HIGHEST, filed(numbers[0].clone(), false));
    three.write(case(2), HIGHEST_OF_WINDOW, filed(numbers[1].clone(), false));
    assert_eq!(three.send(&store), ["bad-lamport"]);
    assert!(take(&store, &seven, &numbers[0]).is_err());
    take(&store, &seven, &numbers[1]).unwrap();
    for seat in [&three, &seven] {
        let pulled = seat.pulled(&store);
        assert!(!pulled.is_empty());
        for sealed in pulled {
            assert!(sealed.open().unwrap().lamport <= HIGHEST);
        }
    }
}

on_both_engines! {
    a_window_that_counts_too_high_shuts_out_no_other,
    a_case_is_continued_at_the_window_that_takes_it_over,
    what_the_former_window_wrote_meanwhile_becomes_a_conflict_for_all,
    a_window_hands_on_by_itself,
    nobody_takes_what_is_not_theirs_to_take,
    a_transfer_that_the_hub_lost_comes_back,
}
