//! A window made of single requests: it can do what no program would, such as asking two hubs at
//! once or being in two places.

use reqwest::blocking::{Client, Response};
use reqwest::header::RETRY_AFTER;
use serde::Serialize;
use serde_json::Value;
use yichuang_domain::case::event::{Actor, CaseId, Event, EventBody, SealedEvent};
use yichuang_domain::numbering::{CaseNumber, NumberSource};
use yichuang_hub::{Clock as _, SystemClock};
use yichuang_protocol::enrol::{EnrolReply, EnrolRequest, proof};
use yichuang_protocol::push::PushRequest;
use yichuang_protocol::session::{ChallengeRequest, SessionRequest};
use yichuang_protocol::{Position, PrivateKey, enrol, push, session};

use super::sync_window::{day, filing};

/// What a hub answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Value,
    /// After how many seconds to ask again, where it says so.
    pub retry_after: Option<String>,
}

impl Told {
    fn of(answer: Response) -> Self {
        let status = answer.status().as_u16();
        let retry_after = answer.headers().get(RETRY_AFTER);
        let retry_after = retry_after.and_then(|value| value.to_str().ok()).map(str::to_owned);
        Self { status, body: answer.json().expect("JSON"), retry_after }
    }

    /// The code of the fault.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// What was said to each event of a push: its outcome, or the code of its rejection.
    pub fn outcomes(&self) -> Vec<&str> {
        let items = self.body["items"].as_array().into_iter().flatten();
        items
            .filter_map(|item| item["rejection"]["code"].as_str().or(item["outcome"].as_str()))
            .collect()
    }
}

/// Sends one request.
///
/// # Errors
/// The line broke.
pub fn post(
    url: &str,
    path: &str,
    token: &str,
    body: &impl Serialize,
) -> Result<Told, reqwest::Error> {
    // A provider that is there already serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = Client::builder().no_proxy().tls_certs_only([]).build()?;
    http.post(format!("{url}{path}")).bearer_auth(token).json(body).send().map(Told::of)
}

/// Asks a hub for a page that needs no body.
///
/// # Errors
/// The line broke.
pub fn get(url: &str, path: &str) -> Result<Response, reqwest::Error> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = Client::builder().no_proxy().tls_certs_only([]).build()?;
    http.get(format!("{url}{path}")).send()
}

/// What a device asks with to join.
pub fn enrol_request(code: &str, key: &PrivateKey) -> EnrolRequest {
    let device_key = key.public().to_base64();
    let signature = key.signature(&proof(code, &device_key));
    EnrolRequest { code: code.to_owned(), device_key, signature }
}

/// A device and the log that it writes.
#[derive(Clone)]
pub struct RawWindow {
    key: PrivateKey,
    /// What the hub gave it.
    pub joined: EnrolReply,
    head: Position,
    filed: u32,
}

impl RawWindow {
    /// Joins a hub with a one-time code.
    pub fn join(url: &str, code: &str, seed: u8) -> Self {
        let key = PrivateKey::from_seed(&[seed; 32]);
        let told = post(url, enrol::PATH, "", &enrol_request(code, &key)).expect("an answer");
        let joined = serde_json::from_value(told.body.clone());
        Self::joined(key, joined.unwrap_or_else(|_| panic!("not joined: {told:?}")))
    }

    /// One that has joined already.
    pub fn joined(key: PrivateKey, joined: EnrolReply) -> Self {
        Self { key, joined, head: Position::start(), filed: 0 }
    }

    /// A challenge.
    pub fn challenge(&self, url: &str) -> String {
        let request = ChallengeRequest { origin: self.joined.origin.clone() };
        let told = post(url, session::CHALLENGE_PATH, "", &request).expect("an answer");
        told.body["challenge"].as_str().expect("a challenge").to_owned()
    }

    /// What asks for a session with a challenge.
    pub fn session_request(&self, challenge: &str) -> SessionRequest {
        SessionRequest {
            version: 1,
            origin: self.joined.origin.clone(),
            challenge: challenge.to_owned(),
            signature: self.key.signature(challenge),
            hub_logs: Vec::new(),
        }
    }

    /// A session for a challenge.
    pub fn answer(&self, url: &str, challenge: &str) -> Told {
        post(url, session::PATH, "", &self.session_request(challenge)).expect("an answer")
    }

    /// The token of a new session.
    pub fn session(&self, url: &str) -> String {
        let told = self.answer(url, &self.challenge(url));
        told.body["token"].as_str().unwrap_or_else(|| panic!("no session: {told:?}")).to_owned()
    }

    /// The next event of its log.
    pub fn write(&mut self, case: CaseId, body: EventBody) -> SealedEvent {
        let seq = self.head.seq + 1;
        let event = Event {
            origin: self.joined.origin.clone(),
            seq,
            at: SystemClock.now(),
            clock_skew: None,
            lamport: seq,
            actor: Actor { id: "1001".to_owned(), name: "白哈斯".to_owned() },
            case,
            body,
            prev_hash: self.head.head.clone(),
        };
        let sealed = SealedEvent::seal(&event).expect("an event");
        self.head = Position { seq, head: sealed.hash.clone() };
        sealed
    }

    /// The filing of a case, as the next event of its log.
    pub fn file(&mut self, case: CaseId) -> SealedEvent {
        self.filed += 1;
        let source = NumberSource {
            region: self.joined.region.clone(),
            station: self.joined.station.clone(),
            device: self.joined.device.clone(),
            practice: self.joined.trial,
        };
        let number = CaseNumber::new(&source, day(), self.filed);
        self.write(case, filing(number, self.joined.trial))
    }

    /// Sends events.
    ///
    /// # Errors
    /// The line broke.
    pub fn push(
        &self,
        url: &str,
        token: &str,
        events: &[SealedEvent],
    ) -> Result<Told, reqwest::Error> {
        post(url, push::PATH, token, &PushRequest { events: events.to_vec() })
    }
}
