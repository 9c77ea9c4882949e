//! The pages through the real router, as a browser asks for them, on either engine.

mod acting;
mod figures;
mod guarding;
mod hall;
mod looking;
mod ratings;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use tower::ServiceExt as _;
use yichuang_domain::attachment::Announced;
use yichuang_domain::case::event::{CaseId, EventBody, GuideRef, MatterRef};
use yichuang_domain::checklist::{Check, CheckedMaterial};
use yichuang_domain::matter::{Limit, LimitUnit};
use yichuang_domain::review::Role;
use yichuang_guide::GuidePackage;
use yichuang_protocol::PrivateKey;
use yichuang_protocol::push::PushRequest;

use crate::clock::Clock;
use crate::objects::{Objects, Place as Attachments};
use crate::office::accounts::{self, NewAccount};
use crate::publish::publish;
use crate::receive::push;
use crate::sample::{Log, On, Place, case, enrolled, filed, number};
use crate::server::Hub;
use crate::store::{Device, HubStore};

/// 残疾人证办理（首次申领）: a matter of the example guide whose clock a special procedure stops.
const MATTER: &str = "13150785MB0A0018194000709028000";
const DEPARTMENT: &str = "根河市残疾人联合会";
const PASSWORD: &str = "correct horse battery";

/// A clock that a test moves.
struct Moved(Mutex<Timestamp>);

impl Clock for Moved {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// A practice hub of several processes with a published guide, a window, and a browser.
struct Pages {
    hubs: Vec<Router>,
    store: HubStore,
    objects: Objects,
    clock: Arc<Moved>,
    runtime: tokio::runtime::Runtime,
    guide: GuidePackage,
    digest: String,
    device: Device,
    log: Mutex<Log>,
    trial: bool,
    _place: Place,
    _folder: tempfile::TempDir,
}

/// What a browser keeps of a sign-in.
#[derive(Clone, Debug)]
struct Session {
    cookie: String,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn to(&self) -> &str {
        self.header(header::LOCATION)
    }

    /// The value of a hidden field of the page.
    fn hidden(&self, name: &str) -> String {
        let text = self.text();
        let at = format!("name=\"{name}\" value=\"");
        let from = text.find(&at).unwrap_or_else(|| panic!("no {name} in {text}")) + at.len();
        text[from..].split('"').next().unwrap().to_owned()
    }
}

impl Pages {
    fn new(on: On) -> Self {
        Self::of(on, 1)
    }

    /// So many processes on one database.
    fn of(on: On, processes: usize) -> Self {
        Self::with(on, processes, Some(yichuang_guide::EXAMPLE))
    }

    /// So many processes on one database, with a guide or without one.
    fn with(on: On, processes: usize, guide: Option<&str>) -> Self {
        Self::begun(on, processes, guide, true)
    }

    /// A hub that is not for practice. It takes no guide that is a sample.
    fn real(on: On) -> Self {
        let official = yichuang_guide::EXAMPLE.replacen(
            "\"format\": \"yichuang-guide/1\",",
            "\"format\": \"yichuang-guide/2\", \"status\": \"official\",",
            1,
        );
        Self::begun(on, 1, Some(&official), false)
    }

    fn begun(on: On, processes: usize, guide: Option<&str>, trial: bool) -> Self {
        let (place, folder) = (on.place(), tempfile::tempdir().unwrap());
        let start: Timestamp = "2026-03-02T01:30:00Z".parse().unwrap();
        let clock = Arc::new(Moved(Mutex::new(start)));
        let attachments = Attachments::of(folder.path());
        let open = || {
            let clock = Arc::clone(&clock) as Arc<dyn Clock>;
            Hub::open_at(&place.database, folder.path(), &attachments, trial, clock).unwrap()
        };
        let hubs: Vec<Hub> = (0..processes).map(|_| open()).collect();
        let (store, objects) = (hubs[0].store().clone(), hubs[0].objects().clone());
        let digest = guide.map(|guide| publish(&store, guide.as_bytes(), start).unwrap().digest);
        let (_, device) = enrolled(&store, "03", &PrivateKey::from_seed(&[7; 32]));
        Self {
            hubs: hubs.iter().map(Hub::router).collect(),
            store,
            objects,
            clock,
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
            guide: yichuang_guide::read(yichuang_guide::EXAMPLE).unwrap(),
            digest: digest.unwrap_or_else(|| "a".repeat(64)),
            log: Mutex::new(Log::of(&device)),
            device,
            trial,
            _place: place,
            _folder: folder,
        }
    }

    fn wait(&self, by: SignedDuration) {
        let mut now = self.clock.0.lock().unwrap();
        *now = now.checked_add(by).unwrap();
    }

    /// Sends events of the window to the hub.
    fn push(&self, case: CaseId, bodies: Vec<EventBody>) {
        let mut log = self.log.lock().unwrap();
        let events = bodies.into_iter().map(|body| log.write(case, body)).collect();
        push(&self.store, &self.device, &PushRequest { events }, self.clock.now()).unwrap();
    }

    /// The filing of a case of [`MATTER`], to be changed by a test.
    fn filing(&self, n: u32) -> EventBody {
        let matter = self.guide.matters.iter().find(|m| m.code == MATTER).unwrap();
        let mut body = filed(number(&self.device, self.trial, n), self.trial);
        let EventBody::Filed { matter: named, guide, materials, .. } = &mut body else { panic!() };
        *named = MatterRef {
            code: MATTER.to_owned(),
            name: matter.name.clone(),
            department: DEPARTMENT.to_owned(),
        };
        *guide = GuideRef { release: self.guide.release, digest: self.digest.clone() };
        let checked = |m: &yichuang_domain::matter::Material| CheckedMaterial {
            material: m.as_filed(),
            check: Some(Check::Present),
            reason: String::new(),
        };
        *materials = matter.materials.iter().take(2).map(checked).collect();
        body
    }

    fn accepted(&self) -> EventBody {
        let on = crate::sample::day();
        let due = self.guide.calendar.due(on, Limit { value: 20, unit: LimitUnit::Workdays });
        EventBody::Accepted { on, due: Some(due), deferred: Vec::new() }
    }

    /// A case of [`DEPARTMENT`], accepted.
    fn case(&self, n: u32) -> CaseId {
        let id = case(u128::from(n));
        self.push(id, vec![self.filing(n), self.accepted()]);
        id
    }

    /// Adds a scan that arrives.
    fn scan(&self, id: CaseId, name: &str, bytes: &[u8]) -> Announced {
        let announced = Announced::of(name, bytes).unwrap();
        let material =
            self.guide.matters.iter().find(|m| m.code == MATTER).unwrap().materials[0].id.clone();
        self.push(id, vec![EventBody::AttachmentAdded { material, announced: announced.clone() }]);
        let incoming = crate::objects::Incoming {
            device: &self.device.code,
            hash: &announced.hash,
            size: announced.size,
        };
        self.runtime.block_on(self.objects.finish(incoming, bytes)).unwrap();
        announced
    }

    fn account(&self, login: &str, role: Role, department: Option<&str>) {
        let given = NewAccount {
            login: login.to_owned(),
            name: format!("{login}·苏和"),
            department: department.map(str::to_owned),
            role,
        };
        accounts::add(&self.store, &given, self.clock.now()).unwrap();
        let hash = crate::office::passwords::hash(PASSWORD).unwrap();
        assert!(self.store.write(|tx| tx.set_account_password(login, &hash, false)).unwrap());
    }

    /// An account of the department, signed in.
    fn official(&self, login: &str, role: Role) -> Session {
        self.account(login, role, Some(DEPARTMENT));
        self.sign_in(login, PASSWORD)
    }

    fn ask(&self, process: usize, request: Request<Body>) -> Answer {
        let peer: SocketAddr = "10.0.0.9:1234".parse().unwrap();
        let mut request = request;
        request.extensions_mut().insert(ConnectInfo(peer));
        self.runtime.block_on(async {
            let answer = self.hubs[process].clone().oneshot(request).await.unwrap();
            let (parts, body) = answer.into_parts();
            let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
            Answer { status: parts.status, headers: parts.headers, bytes }
        })
    }

    fn get_at(&self, process: usize, path: &str, session: Option<&Session>) -> Answer {
        let mut request = Request::get(path);
        if let Some(session) = session {
            request = request.header(header::COOKIE, &session.cookie);
        }
        self.ask(process, request.body(Body::empty()).unwrap())
    }

    fn get(&self, path: &str, session: &Session) -> Answer {
        self.get_at(0, path, Some(session))
    }

    /// Sends a form as it is.
    fn send(&self, path: &str, session: Option<&Session>, fields: &[(&str, &str)]) -> Answer {
        let encoded: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        let mut request =
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(session) = session {
            request = request.header(header::COOKIE, &session.cookie);
        }
        self.ask(0, request.body(Body::from(encoded.join("&"))).unwrap())
    }

    fn try_sign_in(&self, login: &str, password: &str) -> Answer {
        self.send("/office/sign-in", None, &[("login", login), ("password", password)])
    }

    fn sign_in(&self, login: &str, password: &str) -> Session {
        let answer = self.try_sign_in(login, password);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let cookie = answer.header(header::SET_COOKIE).split(';').next().unwrap().to_owned();
        Session { cookie }
    }

    /// Fills in a form of a case's page and sends it.
    fn act(&self, id: CaseId, step: &str, session: &Session, fields: &[(&str, &str)]) -> Answer {
        let page = self.get(&format!("/office/cases/{id}"), session);
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        let (form, seen) = (page.hidden("form"), page.hidden("seen"));
        let own = [("form", form.as_str()), ("seen", seen.as_str())];
        self.send(&format!("/office/cases/{id}/{step}"), Some(session), &[&own, fields].concat())
    }

    /// How many events the hub added for the window.
    fn added(&self) -> u64 {
        let origin = self.store.read(|tx| tx.hub_log(&self.device)).unwrap();
        self.store.read(|tx| tx.head(&origin)).unwrap().seq
    }
}

fn encode(text: &str) -> String {
    super::page::in_address(text)
}
