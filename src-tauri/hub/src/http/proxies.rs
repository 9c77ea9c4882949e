//! Who asks, where requests come through a proxy: the address that the last proxy of our own saw.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use ipnet::IpNet;

use super::Shared;

/// The header in which proxies write down whom they got a request from, the last one last.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// By which of these a proxy says that it passes a request on, ours or not.
const PASSED_ON: [&str; 4] = [FORWARDED_FOR, "forwarded", "x-real-ip", "via"];

/// The address a request comes from: every limit counts by this one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asker(pub(super) IpAddr);

impl Asker {
    /// Of a request.
    pub(super) fn of(shared: &Shared, parts: &Parts) -> Self {
        Self(asker(&shared.proxies, peer(parts), &parts.headers))
    }
}

impl FromRequestParts<Arc<Shared>> for Asker {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        shared: &Arc<Shared>,
    ) -> Result<Self, Infallible> {
        Ok(Self::of(shared, parts))
    }
}

/// The other end of the connection: a neighbour, or a proxy.
fn peer(parts: &Parts) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip())
}

/// Whether a program of this machine asks. What any proxy passes on does not come from here, also
/// where the proxy runs here and nobody named it; nor does what says so itself.
pub(super) fn is_here(parts: &Parts) -> bool {
    peer(parts).to_canonical().is_loopback()
        && !PASSED_ON.iter().any(|name| parts.headers.contains_key(*name))
}

/// The address a request comes from, behind `proxies`. What anybody can write is not believed: only
/// a proxy of ours, and only what it added itself.
fn asker(proxies: &[IpNet], peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let ours = |address: IpAddr| {
        let address = address.to_canonical();
        proxies.iter().any(|net| net.contains(&address))
    };
    let mut asker = peer;
    let lines = headers.get_all(FORWARDED_FOR).into_iter().rev();
    let hops = lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(','));
    for hop in hops {
        match address(hop.trim()).filter(|_| ours(asker)) {
            Some(before) => asker = before,
            None => break,
        }
    }
    asker
}

/// An address as proxies write it: alone, or with its port.
fn address(text: &str) -> Option<IpAddr> {
    let alone = text.parse().ok();
    alone.or_else(|| text.parse::<SocketAddr>().ok().map(|with_port| with_port.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asker(proxies: &[&str], peer: &str, lines: &[&str]) -> String {
        let proxies: Vec<IpNet> = proxies.iter().map(|net| net.parse().unwrap()).collect();
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, line.parse().unwrap());
        }
        super::asker(&proxies, peer.parse().unwrap(), &headers).to_string()
    }

    #[test]
    fn only_our_own_proxies_are_believed_and_only_what_they_saw() {
        let own = ["127.0.0.1/32", "10.1.0.0/16"];
        assert_eq!(asker(&[], "127.0.0.1", &["1.2.3.4"]), "127.0.0.1");
        assert_eq!(asker(&own, "127.0.0.1", &["1.2.3.4"]), "1.2.3.4");
        assert_eq!(asker(&own, "9.9.9.9", &["1.2.3.4"]), "9.9.9.9");
        // What the asker wrote before the first proxy of ours saw it counts for nothing.
        assert_eq!(asker(&own, "127.0.0.1", &["6.6.6.6, 1.2.3.4, 10.1.2.3"]), "1.2.3.4");
        assert_eq!(asker(&own, "127.0.0.1", &["6.6.6.6", "1.2.3.4:5000, 10.1.2.3"]), "1.2.3.4");
        assert_eq!(asker(&own, "127.0.0.1", &["unknown"]), "127.0.0.1");
        assert_eq!(asker(&own, "127.0.0.1", &[]), "127.0.0.1");
        assert_eq!(asker(&own, "::ffff:127.0.0.1", &["[2001:db8::1]:443"]), "2001:db8::1");
    }
}
