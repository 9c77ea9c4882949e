//! Who counts as one where failures are counted by the address they come from.

use std::net::{IpAddr, Ipv6Addr};

/// The address that stands for all that one asker has: who has one of IPv6 has the 2⁶⁴ beside it,
/// too. One of IPv4 is itself, however it is written.
pub fn neighbourhood(from: IpAddr) -> IpAddr {
    match from.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_of_ipv6_is_one_and_an_address_of_ipv4_is_itself() {
        let of = |text: &str| neighbourhood(text.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:0:7::1"), of("2001:db8:0:7:ffff::9"));
        assert_ne!(of("2001:db8:0:7::1"), of("2001:db8:0:8::1"));
        assert_eq!(of("::ffff:10.0.0.1"), "10.0.0.1");
        assert_ne!(of("10.0.0.1"), of("10.0.0.2"));
    }
}
