//! Clients that mean harm, against the real door on either engine: each is refused with a code, what
//! it tried is told in the log without a person's data, and nothing changed.

mod bodies;
mod origins;
mod random;
mod relays;
mod sessions;
mod texts;

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, header};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tower::ServiceExt as _;
use yichuang_domain::attachment::Announced;
use yichuang_domain::case::SealedEvent;
use yichuang_domain::case::event::EventBody;
use yichuang_domain::checklist::{Check, CheckedMaterial};
use yichuang_protocol::push::PushRequest;
use yichuang_protocol::{Fault, FaultCode, PrivateKey, push, session};

use crate::clock::Clock;
use crate::objects::Place as Attachments;
use crate::pace::Pace;
use crate::sample::{Log, On, Place, case, enrolled, filed, now, number};
use crate::server::Hub;
use crate::store::dump::Dump;
use crate::store::{Device, HubStore};

/// A clock that a test moves.
struct Moved(Mutex<Timestamp>);

impl Clock for Moved {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// A window whose key somebody has.
struct Window {
    device: Device,
    key: PrivateKey,
    log: Log,
}

/// What a hub answered.
#[derive(Clone, Debug)]
struct Told {
    status: u16,
    body: Value,
}

impl Told {
    fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// What became of each event of a push: its outcome, or the code of its rejection.
    fn outcomes(&self) -> Vec<&str> {
        let items = self.body["items"].as_array().into_iter().flatten();
        items
            .filter_map(|item| item["rejection"]["code"].as_str().or(item["outcome"].as_str()))
            .collect()
    }
}

/// A hub with two windows, each of which filed a case with an announced scan.
struct Stage {
    router: Router,
    hub: Hub,
    clock: Arc<Moved>,
    runtime: tokio::runtime::Runtime,
    one: Window,
    two: Window,
    office: String,
    asked: Mutex<u32>,
    folder: tempfile::TempDir,
    _place: Place,
}

/// The bytes of the scan that each window announced.
const SCAN: &[u8] = b"%PDF-1.7\n%%EOF\n";

impl Stage {
    fn new(on: On) -> Self {
        let (place, folder) = (on.place(), tempfile::tempdir().unwrap());
        let clock = Arc::new(Moved(Mutex::new(now())));
        let attachments = Attachments::of(folder.path());
        let given = Arc::clone(&clock) as Arc<dyn Clock>;
        let hub = Hub::open_at(&place.database, folder.path(), &attachments, false, given).unwrap();
        // How often one may ask has tests of its own.
        let hub = hub.paced(Pace::hourly(NonZeroU32::MAX));
        let window = |name: &str, seed: u8| {
            let key = PrivateKey::from_seed(&[seed; 32]);
            let (_, device) = enrolled(hub.store(), name, &key);
            let log = Log::of(&device);
            Window { device, key, log }
        };
        let (mut one, mut two) = (window("03", 1), window("04", 2));
        for (n, window) in [(1, &mut one), (2, &mut two)] {
            let events = vec![window.file(n), window.announce(n, "a.pdf")];
            crate::receive::push(hub.store(), &window.device, &PushRequest { events }, now())
                .unwrap();
        }
        let office = std::fs::read_to_string(folder.path().join("office.token")).unwrap();
        Self {
            router: hub.router(),
            hub,
            clock,
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
            one,
            two,
            office: office.trim().to_owned(),
            asked: Mutex::new(0),
            folder,
            _place: place,
        }
    }

    fn store(&self) -> &HubStore {
        self.hub.store()
    }

    fn wait(&self, by: SignedDuration) {
        let mut now = self.clock.0.lock().unwrap();
        *now = now.checked_add(by).unwrap();
    }

    /// Sends a request as it is, and sees to it that what is no success is a fault with the status
    /// of its code, and none of the hub's own.
    fn send(&self, method: Method, path: &str, token: &str, body: Body) -> Told {
        let mut asked = self.asked.lock().unwrap();
        *asked += 1;
        // Whoever guesses codes is shut out by address; that is not what is tried here.
        let peer = SocketAddr::from(([10, 0, (*asked >> 8) as u8, *asked as u8], 5000));
        drop(asked);
        let has_body = method != Method::HEAD;
        let mut request = Request::builder().method(method).uri(path).body(body).unwrap();
        if let Ok(value) = header::HeaderValue::from_bytes(format!("Bearer {token}").as_bytes()) {
            request.headers_mut().insert(header::AUTHORIZATION, value);
        }
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = self.router.clone().oneshot(request);
        let (status, bytes) = self.runtime.block_on(async {
            let answer = answer.await.unwrap();
            let status = answer.status().as_u16();
            (status, to_bytes(answer.into_body(), 64 << 20).await.unwrap())
        });
        let said = || String::from_utf8_lossy(&bytes[..bytes.len().min(500)]).into_owned();
        assert!(status < 500, "{path}: {status} {}", said());
        if status != 200 && has_body {
            let fault: Fault = serde_json::from_slice(&bytes)
                .unwrap_or_else(|_| panic!("{path}: {status} without a fault: {}", said()));
            assert_eq!(fault.code.status(), status, "{path}: {fault:?}");
            assert!(!fault.message.is_empty() && fault.code != FaultCode::Internal, "{path}");
        }
        Told { status, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) }
    }

    fn ask(&self, path: &str, token: &str, body: &Value) -> Told {
        self.send(Method::POST, path, token, Body::from(body.to_string()))
    }

    fn challenge(&self, window: &Window) -> String {
        let asked = json!({ "origin": window.device.origin });
        let told = self.ask(session::CHALLENGE_PATH, "", &asked);
        told.body["challenge"].as_str().unwrap().to_owned()
    }

    fn answer(&self, origin: &str, challenge: &str, signature: &str) -> Told {
        let body = json!({
            "version": 1, "origin": origin, "challenge": challenge, "signature": signature,
            "hub_logs": [],
        });
        self.ask(session::PATH, "", &body)
    }

    /// The token of a new session, and the hub's log.
    fn session(&self, window: &Window) -> (String, String) {
        let challenge = self.challenge(window);
        let signature = window.key.signature(&challenge);
        let told = self.answer(&window.device.origin, &challenge, &signature);
        let said = |field: &str| told.body[field].as_str().unwrap().to_owned();
        (said("token"), said("hub_origin"))
    }

    fn push(&self, token: &str, events: Vec<SealedEvent>) -> Told {
        self.ask(push::PATH, token, &serde_json::to_value(PushRequest { events }).unwrap())
    }

    /// All that the hub keeps: its database, and the files of scans.
    fn kept(&self) -> (Dump, Vec<String>) {
        (self.store().dump(), files(&self.folder.path().join("attachments")))
    }

    /// Does something, and sees to it that nothing changed but in some tables.
    fn unchanged<T>(&self, but: &[&str], does: impl FnOnce(&Self) -> T) -> T {
        let (dump, scans) = self.kept();
        let told = does(self);
        assert_eq!(self.store().changes(&dump, but), Vec::<String>::new());
        assert_eq!(files(&self.folder.path().join("attachments")), scans);
        told
    }
}

impl Window {
    /// The filing of a case with one material, as the next event of its log.
    fn file(&mut self, n: u32) -> SealedEvent {
        let mut filing = filed(number(&self.device, false, n), false);
        if let EventBody::Filed { materials, .. } = &mut filing {
            let material = json!({ "id": "m1", "name": "户口簿" });
            materials.push(CheckedMaterial {
                material: serde_json::from_value(material).unwrap(),
                check: Some(Check::Present),
                reason: String::new(),
            });
        }
        self.log.write(case(n.into()), filing)
    }

    /// A scan of it, announced by that name.
    fn announce(&mut self, n: u32, name: &str) -> SealedEvent {
        let sound = Announced::of("a.pdf", SCAN).unwrap();
        let announced = Announced { name: name.to_owned(), ..sound };
        let body = EventBody::AttachmentAdded { material: "m1".to_owned(), announced };
        self.log.write(case(n.into()), body)
    }
}

fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.display().to_string());
            }
        }
    }
    found.sort();
    found
}

/// Everything that this process logs, as loud as it can.
fn logged() -> &'static Logged {
    static LOGGED: OnceLock<Logged> = OnceLock::new();
    LOGGED.get_or_init(|| {
        let logged = Logged::default();
        let writer = logged.clone();
        let log = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE);
        log.with_ansi(false).with_writer(move || writer.clone()).init();
        logged
    })
}

#[derive(Clone, Default)]
struct Logged(Arc<Mutex<Vec<u8>>>);

impl Logged {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl std::io::Write for Logged {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
