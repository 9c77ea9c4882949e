//! The connection to the hub: bounded in time and size, secure or on this machine, and never
//! redirected.

use std::error::Error as _;
use std::io::Read as _;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Once;
use std::time::Duration;

use reqwest::blocking::{Client as Http, RequestBuilder, Response};
use reqwest::{Certificate, StatusCode, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use yichuang_protocol::limits::BODY_BYTES;
use yichuang_protocol::{Fault, FaultCode};

use crate::address::Address;
use crate::error::SyncError;
use crate::trust::tidy;

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a small step may take.
const SMALL: Duration = Duration::from_secs(30);
/// How long a batch may take: 4 MiB over a line of 256 kbit/s is two minutes.
const LARGE: Duration = Duration::from_secs(180);

/// A connection to one hub.
pub(crate) struct Client {
    http: Http,
    address: Address,
}

fn install_crypto() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // An error means that the process has a provider already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

/// The certificates of a private authority.
///
/// # Errors
/// `bad-authority` if there is none in the text.
pub(crate) fn authorities(pem: &str) -> Result<Vec<Certificate>, SyncError> {
    let found =
        Certificate::from_pem_bundle(pem.as_bytes()).map_err(|_| SyncError::BadAuthority)?;
    if found.is_empty() { Err(SyncError::BadAuthority) } else { Ok(found) }
}

impl Client {
    /// Makes ready to speak to a hub. With an authority, only certificates of that authority are
    /// trusted; without, those the system trusts.
    ///
    /// # Errors
    /// `bad-authority`; `system-failed`.
    pub(crate) fn new(address: Address, authority: Option<&str>) -> Result<Self, SyncError> {
        install_crypto();
        let loopback = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
        let mut builder = Http::builder()
            .user_agent(concat!("yichuang/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT)
            .timeout(SMALL)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .resolve("localhost", loopback);
        match authority {
            Some(pem) => builder = builder.tls_certs_only(authorities(pem)?),
            // Reading the system's certificates takes time and can fail; plain HTTP needs none.
            None if !address.is_secure() => builder = builder.tls_certs_only([]),
            None => {}
        }
        match builder.build() {
            Ok(http) => Ok(Self { http, address }),
            Err(_) if authority.is_some() => Err(SyncError::BadAuthority),
            Err(error) => Err(SyncError::System(error.to_string())),
        }
    }

    /// A small step.
    ///
    /// # Errors
    /// [`SyncError`].
    pub(crate) fn small<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &'static str,
        request: &Q,
    ) -> Result<A, SyncError> {
        answer(path, self.request(path, request)?)
    }

    /// A step of a session, which may carry a batch.
    ///
    /// # Errors
    /// [`SyncError`].
    pub(crate) fn large<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &'static str,
        token: &str,
        request: &Q,
    ) -> Result<A, SyncError> {
        answer(path, self.request(path, request)?.bearer_auth(token).timeout(LARGE))
    }

    fn request<Q: Serialize>(&self, path: &str, body: &Q) -> Result<RequestBuilder, SyncError> {
        let body = serde_json::to_vec(body).map_err(|e| SyncError::System(e.to_string()))?;
        let request = self.http.post(self.address.step(path));
        Ok(request.header("content-type", "application/json").body(body))
    }
}

fn answer<A: DeserializeOwned>(
    step: &'static str,
    request: RequestBuilder,
) -> Result<A, SyncError> {
    let response = request.send().map_err(broken)?;
    let status = response.status();
    let bytes = read(step, response)?;
    let bad = |what| SyncError::BadAnswer { step, what };
    if status == StatusCode::OK {
        return serde_json::from_slice(&bytes).map_err(|_| bad("不是约定的格式"));
    }
    match serde_json::from_slice::<Fault>(&bytes) {
        Ok(fault) => Err(refused(fault)),
        // A gateway in front of the hub, or the hub on its way up or down.
        Err(_) if status.is_server_error() => Err(SyncError::Busy),
        Err(_) => Err(bad("该地址上不是大厅中心")),
    }
}

fn read(step: &'static str, response: Response) -> Result<Vec<u8>, SyncError> {
    let mut bytes = Vec::new();
    let limit = BODY_BYTES as u64;
    response
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| SyncError::Unreachable(Box::new(error)))?;
    if bytes.len() > BODY_BYTES {
        return Err(SyncError::BadAnswer { step, what: "过大" });
    }
    Ok(bytes)
}

/// A request that got no answer.
fn broken(error: reqwest::Error) -> SyncError {
    match tls_trouble(&error) {
        Some(trouble) => SyncError::BadCertificate(trouble),
        None => SyncError::Unreachable(Box::new(error.without_url())),
    }
}

/// What TLS says was wrong, if it was TLS. It hides inside I/O errors, which name what they hold
/// only when asked, not as their source.
fn tls_trouble(error: &reqwest::Error) -> Option<String> {
    let mut next: Option<&(dyn std::error::Error + 'static)> = error.source();
    while let Some(cause) = next {
        if let Some(found) = cause.downcast_ref::<rustls::Error>() {
            return Some(found.to_string());
        }
        let held = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = match held {
            Some(held) => Some(held),
            None => cause.source(),
        };
    }
    None
}

/// What a fault of the hub means here.
fn refused(fault: Fault) -> SyncError {
    match fault.code {
        FaultCode::BadEnrolCode => SyncError::BadEnrolCode,
        FaultCode::Fork => SyncError::Forked,
        FaultCode::UnknownDevice | FaultCode::BadSignature => SyncError::UnknownDevice,
        FaultCode::RevokedDevice => SyncError::RevokedDevice,
        FaultCode::VersionUnsupported => SyncError::VersionUnsupported,
        FaultCode::TooManyAttempts | FaultCode::Internal => SyncError::Busy,
        // A gap: the hub is not where it was a moment ago. The next session tells.
        FaultCode::Unauthorised | FaultCode::BadChallenge | FaultCode::Gap => {
            SyncError::SessionEnded
        }
        code => SyncError::Refused { code: code.as_str(), message: tidy(&fault.message) },
    }
}
