//! Joining a hub with a one-time code.

use yichuang_domain::numbering::is_valid_code;
use yichuang_protocol::enrol::{EnrolReply, EnrolRequest, PATH, normalise_code, proof};
use yichuang_protocol::hello::{self, HelloReply, HelloRequest};
use yichuang_protocol::{PrivateKey, PublicKey, version};
use yichuang_storage::{Enrolment, StorageError, Store};

use crate::Now;
use crate::address::Address;
use crate::client::Http;
use crate::error::SyncError;
use crate::line::{Line, ask};
use crate::trust::clock_skew;

/// How often the code is sent while no answer comes: each time with the same key, so that the hub
/// gives the same answer and the code is not lost.
const ATTEMPTS: usize = 3;

/// Says hello, and gives the hub's answer with the difference of the clocks.
///
/// # Errors
/// [`SyncError`].
pub(crate) fn greet(line: &dyn Line, now: Now<'_>) -> Result<(HelloReply, i64), SyncError> {
    let asked = now();
    let request = HelloRequest {
        versions: version::SPOKEN.to_vec(),
        program: concat!("yichuang ", env!("CARGO_PKG_VERSION")).to_owned(),
    };
    let reply: HelloReply = ask(line, hello::PATH, &request)?;
    if !version::SPOKEN.contains(&reply.version) {
        return Err(SyncError::VersionUnsupported);
    }
    let skew = clock_skew(asked, now(), reply.server_time);
    Ok((reply, skew))
}

/// Joins the hub at `hub_url` with a one-time code. `authority` is the certificate (PEM) of a
/// private authority, where the hub has one. The profile becomes one for practice or for real work
/// as the hub is.
///
/// # Errors
/// `already-enrolled`, `bad-enrol-code`, `bad-hub-address`, `insecure-hub`, `bad-authority`,
/// `practice-profile`, and those of the connection. Nothing is changed then.
pub fn enrol(
    store: &Store,
    hub_url: &str,
    code: &str,
    authority: Option<&str>,
    now: Now<'_>,
) -> Result<Enrolment, SyncError> {
    let address = Address::parse(hub_url)?;
    let authority = authority.map(str::trim).filter(|pem| !pem.is_empty());
    let line = Http::new(address.clone(), authority)?;
    enrol_over(&line, store, (&address.as_text(), authority), code, now)
}

/// As [`enrol`], over another line than HTTP. `kept` is the hub's address and authority as they
/// are kept for later.
///
/// # Errors
/// As [`enrol`].
pub fn enrol_over(
    line: &dyn Line,
    store: &Store,
    kept: (&str, Option<&str>),
    code: &str,
    now: Now<'_>,
) -> Result<Enrolment, SyncError> {
    if store.enrolment()?.is_some() {
        return Err(SyncError::AlreadyEnrolled);
    }
    // Before anybody is asked anything: a database for training could not keep the answer.
    if store.is_training()? {
        return Err(StorageError::Training.into());
    }
    let (hub_url, authority) = kept;
    let code = normalise_code(code).ok_or(SyncError::BadEnrolCode)?;
    let (hello, skew) = greet(line, now)?;
    // Asked before the code is used up.
    refuse_practice(store, &hello)?;

    let mut device_seed = [0u8; 32];
    getrandom::fill(&mut device_seed).map_err(|e| SyncError::System(e.to_string()))?;
    let key = PrivateKey::from_seed(&device_seed);
    let device_key = key.public().to_base64();
    let signature = key.signature(&proof(&code, &device_key));
    let request = EnrolRequest { code, device_key, signature };
    let reply = send(line, &request)?;
    let hub_key = checked(&hello, &reply)?;
    let enrolment = Enrolment {
        hub_url: hub_url.to_owned(),
        origin: reply.origin,
        device_code: reply.device,
        region: reply.region,
        station: reply.station,
        window: reply.window,
        hall: reply.hall,
        trial: reply.trial,
        device_seed,
        hub_key: hub_key.to_bytes(),
        authority_pem: authority.map(str::to_owned),
    };
    refuse_practice(store, &hello)?;
    store.save_enrolment(&enrolment)?;
    store.set_clock_skew(skew)?;
    store.note_exchange(hello.server_time)?;
    tracing::info!(origin = %enrolment.origin, trial = enrolment.trial, "joined a hub");
    Ok(enrolment)
}

/// A profile that joined no hub is for practice: its cases must not come near a real hub.
fn refuse_practice(store: &Store, hello: &HelloReply) -> Result<(), SyncError> {
    if !hello.trial && store.is_practised()? { Err(SyncError::PracticeProfile) } else { Ok(()) }
}

fn send(line: &dyn Line, request: &EnrolRequest) -> Result<EnrolReply, SyncError> {
    let mut last = ask(line, PATH, request);
    for _ in 1..ATTEMPTS {
        if !matches!(last, Err(SyncError::Unreachable(_))) {
            break;
        }
        last = ask(line, PATH, request);
    }
    last
}

/// The hub's key, if the answer is fit to live by.
fn checked(hello: &HelloReply, reply: &EnrolReply) -> Result<PublicKey, SyncError> {
    let bad = |what| SyncError::BadAnswer { step: PATH, what };
    let key = PublicKey::from_base64(&reply.hub_key).map_err(|_| bad("公钥的格式有误"))?;
    if reply.hub_key != hello.hub_key || reply.trial != hello.trial || reply.hub != key.hub_id() {
        return Err(bad("前后不一致"));
    }
    let codes = [&reply.device, &reply.region, &reply.station, &reply.window];
    if !codes.into_iter().all(|code| is_valid_code(code)) {
        return Err(bad("代码的格式有误"));
    }
    let origin_is_sound = reply.origin.starts_with("win-")
        && reply.origin.len() <= 64
        && reply.origin.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let hall_is_sound = !reply.hall.trim().is_empty()
        && reply.hall.chars().count() <= 60
        && !reply.hall.chars().any(char::is_control);
    if origin_is_sound && hall_is_sound { Ok(key) } else { Err(bad("登记信息的格式有误")) }
}
