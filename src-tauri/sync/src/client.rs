//! The connection to the hub by HTTP: bounded in time and size, secure or on this machine, and
//! never redirected.

use std::error::Error as _;
use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Once;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::blocking::{Client, Response};
use reqwest::{Certificate, redirect};
use yichuang_protocol::limits::BODY_BYTES;

use crate::address::Address;
use crate::error::SyncError;
use crate::line::{Answer, Line, Packed};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a step outside a session may take.
const SMALL: Duration = Duration::from_secs(30);
/// How long a step of a session may take, which may carry a batch: 4 MiB over a line of 256 kbit/s is two minutes.
const LARGE: Duration = Duration::from_secs(180);

/// Bodies of fewer bytes fit into one packet as they are.
const WORTH_PACKING: usize = 1400;

/// A connection to one hub.
pub(crate) struct Http {
    client: Client,
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

impl Http {
    /// Makes ready to speak to a hub. With an authority, only certificates of that authority are
    /// trusted; without, those the system trusts.
    ///
    /// # Errors
    /// `bad-authority`; `system-failed`.
    pub(crate) fn new(address: Address, authority: Option<&str>) -> Result<Self, SyncError> {
        install_crypto();
        let loopback = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
        let mut builder = Client::builder()
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
            Ok(client) => Ok(Self { client, address }),
            Err(_) if authority.is_some() => Err(SyncError::BadAuthority),
            Err(error) => Err(SyncError::System(error.to_string())),
        }
    }
}

impl Line for Http {
    fn pack(&self, body: Vec<u8>) -> Packed {
        match packed(&body) {
            Some(bytes) => Packed { bytes, gzip: true },
            None => Packed { bytes: body, gzip: false },
        }
    }

    fn post(
        &self,
        step: &'static str,
        token: Option<&str>,
        body: Packed,
    ) -> Result<Answer, SyncError> {
        let request = self.client.post(self.address.step(step));
        let mut request = request.header("content-type", "application/json");
        if body.gzip {
            request = request.header("content-encoding", "gzip");
        }
        request = request.body(body.bytes);
        if let Some(token) = token {
            request = request.bearer_auth(token).timeout(LARGE);
        }
        let response = request.send().map_err(broken)?;
        let status = response.status().as_u16();
        Ok(Answer { status, body: read(step, response)? })
    }

    fn beside(&self) -> Option<&(dyn Line + Sync)> {
        Some(self)
    }
}

/// The body packed, where that saves something: a batch is a fifth of it then.
fn packed(body: &[u8]) -> Option<Vec<u8>> {
    if body.len() < WORTH_PACKING {
        return None;
    }
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail; if it did, the body would go as it is.
    packer.write_all(body).ok()?;
    packer.finish().ok().filter(|packed| packed.len() < body.len())
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
