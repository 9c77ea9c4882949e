//! Who asks, where requests come through a proxy: the address that the last proxy of our own saw.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;
use ipnet::IpNet;

/// The header in which proxies write down whom they got a request from, the last one last.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The address a request comes from, behind `proxies`. What anybody can write is not believed: only
/// a proxy of ours, and only what it added itself.
pub(super) fn asker(proxies: &[IpNet], peer: IpAddr, headers: &HeaderMap) -> IpAddr {
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
