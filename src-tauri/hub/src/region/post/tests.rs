//! Telling a platform that loses answers, is busy, refuses and repeats.

use std::collections::{HashMap, HashSet, VecDeque};
use std::net::TcpListener;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use yichuang_domain::applicant::ApplicantKind;
use yichuang_domain::case::event::EventBody;
use yichuang_protocol::PrivateKey;
use yichuang_protocol::push::PushRequest;

use super::*;
use crate::clock::Clock;
use crate::decide::decide;
use crate::objects::Place as Objects;
use crate::receive::push;
use crate::region::{Platform, dead};
use crate::sample::{
    Log, On, Place, accepted, case, enrolled, filed, now, number, on_both_engines,
};
use crate::server::Hub;
use crate::store::{Device, HubStore};

/// What the stand-in does with the next request; otherwise it takes it.
enum Act {
    /// Takes it, and its answer is lost.
    LoseAnswer,
    /// Answers with a status, without looking.
    Status(u16),
    /// Takes it, with an answer of another form than agreed.
    Garble,
}

/// A platform: what it has, by id, in the order it came.
#[derive(Default)]
struct Desk {
    rows: HashMap<String, Value>,
    order: Vec<String>,
    repeated: usize,
    requests: usize,
    acts: VecDeque<Act>,
    /// Refuses these records singly.
    refuses: HashSet<String>,
    /// Refuses whole batches with one of these in them.
    chokes: HashSet<String>,
}

impl Desk {
    fn take(&mut self, batch: &Value) -> Vec<Value> {
        let mut refused = Vec::new();
        for record in batch["records"].as_array().unwrap() {
            let id = record["id"].as_str().unwrap().to_owned();
            if self.refuses.contains(&id) {
                refused.push(json!({ "id": id, "reason": "证件号码校验不通过" }));
            } else if self.rows.insert(id.clone(), record.clone()).is_some() {
                self.repeated += 1;
            } else {
                self.order.push(id);
            }
        }
        refused
    }
}

type Shown = Arc<Mutex<Desk>>;

async fn taken(State(desk): State<Shown>, Json(batch): Json<Value>) -> Response {
    let mut desk = desk.lock().unwrap();
    desk.requests += 1;
    let act = desk.acts.pop_front();
    if let Some(Act::Status(status)) = act {
        let status = StatusCode::from_u16(status).unwrap();
        return (status, [(RETRY_AFTER, "7")]).into_response();
    }
    let ids: Vec<&str> =
        batch["records"].as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap()).collect();
    if ids.iter().any(|id| desk.chokes.contains(*id)) {
        return (StatusCode::UNPROCESSABLE_ENTITY, "其中一条格式有误").into_response();
    }
    let refused = desk.take(&batch);
    match act {
        Some(Act::LoseAnswer) => StatusCode::BAD_GATEWAY.into_response(),
        Some(Act::Garble) => "<html>ok</html>".into_response(),
        _ => Json(json!({ "refused": refused })).into_response(),
    }
}

struct TestClock(Mutex<Timestamp>);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

struct World {
    runtime: tokio::runtime::Runtime,
    shared: Arc<Shared>,
    store: HubStore,
    clock: Arc<TestClock>,
    desk: Shown,
    url: String,
    device: Device,
    log: Log,
    cases: u32,
    _place: Place,
    _folder: tempfile::TempDir,
}

impl World {
    fn new(on: On) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let (place, folder) = (on.place(), tempfile::tempdir().unwrap());
        let clock = Arc::new(TestClock(Mutex::new(now())));
        let objects = Objects::of(folder.path());
        let clock_of_hub = Arc::clone(&clock) as Arc<dyn Clock>;
        let hub =
            Hub::open_at(&place.database, folder.path(), &objects, false, clock_of_hub).unwrap();
        let (shared, store) = (Arc::clone(hub.shared()), hub.store().clone());
        let desk = Shown::default();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("http://{}/exchange", listener.local_addr().unwrap());
        let app = Router::new().route("/exchange", post(taken)).with_state(Arc::clone(&desk));
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, app).await.unwrap();
        });
        let (_, device) = enrolled(&store, "03", &PrivateKey::from_seed(&[11; 32]));
        let log = Log::of(&device);
        Self {
            runtime,
            shared,
            store,
            clock,
            desk,
            url,
            device,
            log,
            cases: 0,
            _place: place,
            _folder: folder,
        }
    }

    fn poster(&self) -> Arc<Poster> {
        self.poster_with(Codes::shipped().unwrap())
    }

    fn poster_with(&self, codes: Codes) -> Arc<Poster> {
        let link = Link::open(Platform::new(&self.url, None).unwrap()).unwrap();
        Arc::new(Poster::new(link, codes).unwrap())
    }

    fn round(&self, poster: &Arc<Poster>) -> Round {
        let round = Arc::clone(poster).round(&self.shared);
        self.runtime.block_on(round).unwrap_or_else(|failure| panic!("{:?}", failure.0))
    }

    /// Rounds until there is nothing left.
    fn all(&self, poster: &Arc<Poster>) -> (usize, usize) {
        let mut sum = (0, 0);
        loop {
            match self.round(poster) {
                Round::Told { taken, buried } => sum = (sum.0 + taken, sum.1 + buried),
                Round::Nothing => return sum,
                round => panic!("{round:?}"),
            }
        }
    }

    fn pass(&self, seconds: i64) {
        *self.clock.0.lock().unwrap() += SignedDuration::from_secs(seconds);
    }

    /// The window files and accepts cases; their numbers.
    fn accept(&mut self, count: u32, kind: ApplicantKind) -> Vec<String> {
        let mut numbers = Vec::new();
        let mut events = Vec::new();
        for _ in 0..count {
            self.cases += 1;
            let given = number(&self.device, false, self.cases);
            let mut body = filed(given.clone(), false);
            if let EventBody::Filed { applicant, .. } = &mut body {
                applicant.kind = kind;
            }
            let id = case(self.cases.into());
            events.push(self.log.write(id, body));
            events.push(self.log.write(id, accepted()));
            numbers.push(given.to_string());
        }
        let now = self.clock.now();
        push(&self.store, &self.device, &PushRequest { events }, now).unwrap();
        numbers
    }

    fn grant(&self, number: &str) {
        let request = yichuang_protocol::office::DecideRequest {
            case: number.to_owned(),
            decision: yichuang_domain::case::event::Decision::Granted,
            reason: String::new(),
            result_number: None,
        };
        decide(&self.store, &request, self.clock.now()).unwrap();
    }

    fn desk(&self) -> std::sync::MutexGuard<'_, Desk> {
        self.desk.lock().unwrap()
    }

    /// The id of the first record of a table that the platform has of a case.
    fn id_of(&self, sheet: &str, number: &str) -> Option<String> {
        let desk = self.desk();
        let is = |id: &&String| {
            let record = &desk.rows[*id];
            record["table"] == sheet && record["row"]["project_no"] == *number
        };
        desk.order.iter().find(is).cloned()
    }

    fn dead(&self) -> dead::DeadList {
        dead::list(&self.store).unwrap()
    }
}

fn everything_is_told_once_and_then_only_what_is_new(on: On) {
    let mut world = World::new(on);
    let poster = world.poster();
    assert_eq!(world.round(&poster), Round::Nothing);
    let numbers = world.accept(3, ApplicantKind::Person);
    // 收件, 受理, and the row of the acceptance.
    assert_eq!(world.all(&poster), (9, 0));
    let requests = world.desk().requests;
    assert_eq!(world.round(&poster), Round::Nothing);
    assert_eq!(world.desk().requests, requests, "nothing to tell asks nobody");
    world.pass(1);
    world.grant(&numbers[1]);
    assert_eq!(world.all(&poster), (2, 0));
    assert!(world.id_of("up_pro_result", &numbers[1]).is_some());
    assert_eq!(world.desk().repeated, 0);
}

fn a_lost_answer_makes_no_second_row_and_a_busy_platform_loses_none(on: On) {
    let mut world = World::new(on);
    let poster = world.poster();
    world.accept(2, ApplicantKind::Person);
    let week = Duration::from_secs(7);
    for (act, round) in [
        (Act::LoseAnswer, Round::Later(Trouble::Busy(502), None)),
        (Act::Garble, Round::Later(Trouble::Garbled, None)),
        (Act::Status(500), Round::Later(Trouble::Busy(500), Some(week))),
        (Act::Status(429), Round::Later(Trouble::Busy(429), Some(week))),
        (Act::Status(401), Round::Later(Trouble::NotLetIn(401), Some(week))),
    ] {
        world.desk().acts.push_back(act);
        assert_eq!(world.round(&poster), round);
    }
    assert_eq!(world.all(&poster), (6, 0));
    let desk = world.desk();
    assert_eq!((desk.rows.len(), desk.repeated), (6, 12));
    drop(desk);
    assert!(world.dead().dead.is_empty(), "trouble of the line buries nothing");
}

fn a_platform_that_is_away_is_told_later(on: On) {
    let mut world = World::new(on);
    world.accept(1, ApplicantKind::Person);
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let platform = Platform::new(&format!("http://{gone}/"), None).unwrap();
    let codes = Codes::shipped().unwrap();
    let lost = Arc::new(Poster::new(Link::open(platform).unwrap(), codes).unwrap());
    assert_eq!(world.round(&lost), Round::Later(Trouble::Unreachable, None));
    world.pass(LEASE.as_secs() + 1);
    assert_eq!(world.all(&world.poster()), (3, 0));
}

fn one_record_that_is_refused_holds_up_no_other_and_is_told_when_it_is_put_right(on: On) {
    let mut world = World::new(on);
    let poster = world.poster();
    let numbers = world.accept(1, ApplicantKind::Person);
    // To learn its id, which another hub with the same log would give it too.
    world.all(&poster);
    let id = world.id_of("up_pro_accept", &numbers[0]).unwrap();
    *world.desk() = Desk { refuses: HashSet::from([id.clone()]), ..Desk::default() };
    world.store.write(|tx| tx.set_region_cursor(&world.device.origin, 0)).unwrap();
    world.accept(2, ApplicantKind::Person);
    assert_eq!(world.all(&poster), (8, 1));
    let dead = world.dead().dead;
    let [waiting] = dead.as_slice() else { panic!("{dead:?}") };
    assert_eq!((&*waiting.record, &*waiting.project), (id.as_str(), numbers[0].as_str()));
    assert_eq!((&*waiting.code, &*waiting.message), ("refused", "证件号码校验不通过"));
    // Again, and refused again.
    assert_eq!(dead::retry(&world.store, None).unwrap().settled, 1);
    assert_eq!(world.all(&poster), (0, 1));
    assert_eq!(world.dead().dead[0].tries, 2);
    // The platform mended it.
    world.desk().refuses.clear();
    dead::retry(&world.store, Some(&id)).unwrap();
    assert_eq!(world.all(&poster), (1, 0));
    let list = world.dead();
    assert!(list.dead.is_empty() && list.retry.is_empty() && list.dropped.is_empty());
    assert!(world.desk().rows.contains_key(&id));
}

fn a_record_that_spoils_its_batch_is_found_by_halving(on: On) {
    let mut world = World::new(on);
    let poster = world.poster();
    let numbers = world.accept(20, ApplicantKind::Person);
    world.all(&poster);
    let id = world.id_of("up_pro_accept", &numbers[12]).unwrap();
    *world.desk() = Desk { chokes: HashSet::from([id.clone()]), ..Desk::default() };
    world.store.write(|tx| tx.set_region_cursor(&world.device.origin, 0)).unwrap();
    assert_eq!(world.all(&poster), (59, 1));
    let desk = world.desk();
    assert_eq!((desk.rows.len(), desk.repeated), (59, 0));
    assert!(desk.requests < 20, "{}", desk.requests);
    drop(desk);
    assert!(world.dead().dead[0].message.contains("其中一条格式有误"));
    // Given up: it stays on record and is not sent again.
    dead::drop(&world.store, &id).unwrap();
    assert_eq!(dead::retry(&world.store, None).unwrap().settled, 0);
    assert_eq!(world.dead().dropped.len(), 1);
    assert_eq!(dead::drop(&world.store, "x").unwrap_err().code(), "unknown-record");
}

fn what_has_no_code_waits_for_one_and_nothing_waits_for_it(on: On) {
    let mut world = World::new(on);
    world.accept(1, ApplicantKind::SoleTrader);
    let numbers = world.accept(1, ApplicantKind::Person);
    assert_eq!(world.all(&world.poster()), (5, 1));
    assert!(world.id_of("up_pro_accept", &numbers[0]).is_some());
    let dead = world.dead().dead;
    assert_eq!(dead[0].code, "no-code");
    assert!(dead[0].message.contains("sole-trader"), "{}", dead[0].message);
    let codes = include_str!("../codes.json")
        .replace(r#""person": "1""#, r#""person": "1", "sole-trader": "5""#);
    dead::retry(&world.store, None).unwrap();
    world.pass(LEASE.as_secs() + 1);
    assert_eq!(world.all(&world.poster_with(Codes::read(&codes).unwrap())), (1, 0));
    assert!(world.dead().dead.is_empty());
}

fn of_several_processes_one_posts_and_another_takes_over(on: On) {
    let mut world = World::new(on);
    world.accept(1, ApplicantKind::Person);
    let (one, other) = (world.poster(), world.poster());
    world.desk().acts.push_back(Act::Status(503));
    assert!(matches!(world.round(&one), Round::Later(..)));
    assert_eq!(world.round(&other), Round::NotMine);
    // The first is stopped in the middle; its lease ends.
    let load = one.load(&world.shared).unwrap().unwrap();
    world.pass(LEASE.as_secs() + 1);
    assert_eq!(world.all(&other), (3, 0));
    // It wakes up with an answer of long ago, and changes nothing.
    assert_eq!(one.close(&world.shared, &load, &[]).unwrap(), Round::NotMine);
    assert_eq!(world.round(&one), Round::NotMine);
}

fn a_long_absence_is_told_in_the_order_it_came(on: On) {
    let mut world = World::new(on);
    let poster = world.poster();
    let numbers = world.accept(150, ApplicantKind::Person);
    world.pass(1);
    for number in [&numbers[0], &numbers[149]] {
        world.grant(number);
    }
    assert_eq!(world.all(&poster), (150 * 3 + 4, 0));
    let place = |sheet: &str| {
        let id = world.id_of(sheet, &numbers[149]).unwrap();
        world.desk().order.iter().position(|found| *found == id).unwrap()
    };
    assert!(place("up_pro_accept") < place("up_pro_result"));
    let cursors = world.store.read(|tx| tx.region_behind("", 9)).unwrap();
    assert!(cursors.is_empty());
}

on_both_engines!(
    everything_is_told_once_and_then_only_what_is_new,
    a_lost_answer_makes_no_second_row_and_a_busy_platform_loses_none,
    a_platform_that_is_away_is_told_later,
    one_record_that_is_refused_holds_up_no_other_and_is_told_when_it_is_put_right,
    a_record_that_spoils_its_batch_is_found_by_halving,
    what_has_no_code_waits_for_one_and_nothing_waits_for_it,
    of_several_processes_one_posts_and_another_takes_over,
    a_long_absence_is_told_in_the_order_it_came,
);

#[test]
fn the_pause_grows_to_its_bound_and_is_spread() {
    for (failures, longest) in [(1, 2), (2, 4), (5, 32), (9, 300), (4_000_000, 300)] {
        let longest = Duration::from_secs(longest);
        let pauses: Vec<Duration> = (0..50).map(|_| pause(failures)).collect();
        assert!(pauses.iter().all(|pause| (longest / 2..=longest).contains(pause)), "{pauses:?}");
        assert!(pauses.iter().any(|pause| *pause != pauses[0]));
    }
}
