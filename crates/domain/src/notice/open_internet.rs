//! Which addresses are on the open internet, where a webhook may be.
//!
//! Whoever chooses a webhook's address would otherwise have this server ask what only it can
//! reach: the machine itself, the council's network, a cloud's own services (server-side
//! request forgery).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether a webhook may be at this address. The registries of special-purpose addresses
/// (RFC 6890, IANA) say which are not.
#[must_use]
pub fn is_on_the_open_internet(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_open_v4(address),
        IpAddr::V6(address) => embedded(address).map_or_else(|| is_open_v6(address), is_open_v4),
    }
}

fn is_open_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = match (a, b, c) {
        // This network; private; loopback; multicast, reserved and broadcast.
        (0 | 10 | 127 | 224.., ..)
        // Shared by a provider's customers; link-local; private.
        | (100, 64..=127, _) | (169, 254, _) | (172, 16..=31, _) | (192, 168, _)
        // Protocol assignments; documentation; the old relays of 6to4; benchmarks.
        | (192, 0, 0 | 2) | (198, 51, 100) | (203, 0, 113) | (192, 88, 99) | (198, 18 | 19, _) => {
            true
        }
        _ => false,
    };
    !special
}

/// Global unicast is `2000::/3`; within it, assignments for protocols (Teredo is embedded),
/// documentation and 6to4 are not for us.
fn is_open_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    let special = (a == 0x2001 && (b < 0x200 || b == 0xdb8)) || a == 0x2002 || a == 0x3fff;
    a & 0xe000 == 0x2000 && !special
}

/// The version 4 address inside a mapped, compatible or translated one (NAT64).
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [prefix @ .., high, low] = address.segments();
    let holds = matches!(prefix, [0, 0, 0, 0, 0, 0 | 0xffff] | [0x64, 0xff9b, 0, 0, 0, 0]);
    holds.then(|| Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_special_purpose_address_is_on_the_open_internet() {
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.8.8.8",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "fe80::1",
            "fec0::1",
            "fc00::1",
            "fd12:3456::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2002:a00:1::",
            "100::1",
            "3fff::1",
            "5f00::1",
        ] {
            assert!(!is_on_the_open_internet(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn ordinary_addresses_are() {
        for address in [
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450::1",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
        ] {
            assert!(is_on_the_open_internet(address.parse().unwrap()), "{address}");
        }
    }
}
