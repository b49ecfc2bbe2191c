//! Where a request comes from, as far as a limit needs to know: the peer, or what a proxy before this server says of it.
//!
//! `X-Forwarded-For` is believed of proxies alone that were named, from the right: each proxy adds at the end whom it
//! heard, and everything further left may be a lie of the one who asks.

use crate::house::House;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use ipnet::{IpNet, Ipv6Net};
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;

/// A household or a phone has at least this much of IPv6 for itself, and takes a fresh address when it likes.
const ONE_HOUSEHOLD: u8 = 64;

/// Proxies that say truly whom they heard: one address, or a network such as `10.0.0.0/8`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedProxy(IpNet);

impl FromStr for TrustedProxy {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<TrustedProxy, Self::Err> {
        let net = match text.parse::<IpAddr>() {
            Ok(one) => IpNet::from(one.to_canonical()),
            Err(_) => text
                .parse()
                .map_err(|_| "a proxy is an address or a network, like 10.0.0.7 or 10.0.0.0/8")?,
        };
        Ok(TrustedProxy(net))
    }
}

/// Whom a request comes from, as a bucket's key: an IPv4 address, or the /64 of an IPv6 one.
pub(crate) fn of(proxies: &[TrustedProxy], peer: Option<IpAddr>, headers: &HeaderMap) -> String {
    let Some(peer) = peer.map(|peer| peer.to_canonical()) else {
        return "-".to_owned();
    };
    let trusted = |ip: &IpAddr| proxies.iter().any(|proxy| proxy.0.contains(ip));
    if !trusted(&peer) {
        return key(peer);
    }
    let lines = headers.get_all("x-forwarded-for").iter();
    let told = lines.flat_map(|line| line.to_str().unwrap_or("?").split(','));
    let told: Vec<_> = told.map(heard).collect();
    // What cannot be read was not written by a proxy of ours: nothing left of it counts.
    let told = told.into_iter().rev().map_while(|ip| ip);
    key(told.into_iter().find(|ip| !trusted(ip)).unwrap_or(peer))
}

/// An address as proxies write it, some with the port.
fn heard(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let plain = text.parse::<IpAddr>().ok();
    let ip = plain.or_else(|| text.parse::<SocketAddr>().ok().map(|addr| addr.ip()));
    ip.map(|ip| ip.to_canonical())
}

fn key(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => {
            Ipv6Net::new(ip, ONE_HOUSEHOLD).map_or_else(|_| ip.to_string(), |net| net.trunc().to_string())
        }
    }
}

/// The key of the address that a request comes from.
#[derive(Clone, Debug)]
pub(crate) struct Address(pub String);

impl Address {
    /// Of a request's head.
    pub(crate) fn of(house: &House, extensions: &axum::http::Extensions, headers: &HeaderMap) -> Address {
        let peer = extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map(|ConnectInfo(addr)| addr.ip());
        Address(of(&house.proxies, peer, headers))
    }
}

impl FromRequestParts<Arc<House>> for Address {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, house: &Arc<House>) -> Result<Address, Infallible> {
        Ok(Address::of(house, &parts.extensions, &parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str]) -> String {
        let proxies = ["10.0.0.0/8", "2001:db8:1::7"].map(|proxy| proxy.parse().unwrap());
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        of(&proxies, peer.parse().ok(), &headers)
    }

    #[test]
    fn nobody_but_a_proxy_that_was_named_says_who_asks() {
        assert_eq!(seen("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(seen("10.0.0.7", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen("2001:db8:1::7", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(seen("2001:db8:1::8", &["198.51.100.1"]), "2001:db8:1::/64");
    }

    #[test]
    fn the_address_furthest_right_that_is_no_proxy_counts_and_nothing_left_of_it() {
        let lie = "192.0.2.1, 198.51.100.1, 10.3.3.3";
        assert_eq!(seen("10.0.0.7", &[lie]), "198.51.100.1");
        assert_eq!(
            seen("10.0.0.7", &["192.0.2.1", "198.51.100.1:4711"]),
            "198.51.100.1"
        );
        assert_eq!(seen("10.0.0.7", &["192.0.2.1, nonsense, 10.3.3.3"]), "10.0.0.7");
        assert_eq!(seen("10.0.0.7", &["10.9.9.9"]), "10.0.0.7");
        assert_eq!(seen("10.0.0.7", &[]), "10.0.0.7");
    }

    #[test]
    fn ipv6_counts_by_household_and_a_mapped_address_as_what_it_is() {
        assert_eq!(seen("2001:db8:5:6:1::1", &[]), seen("2001:db8:5:6:ffff::2", &[]));
        assert_ne!(seen("2001:db8:5:6::1", &[]), seen("2001:db8:5:7::1", &[]));
        assert_eq!(seen("::ffff:10.0.0.7", &["::ffff:198.51.100.1"]), "198.51.100.1");
    }

    #[test]
    fn a_proxy_is_an_address_or_a_network() {
        assert!("10.0.0.7".parse::<TrustedProxy>().is_ok() && "fd00::/8".parse::<TrustedProxy>().is_ok());
        assert!(
            "proxy.example".parse::<TrustedProxy>().is_err()
                && "10.0.0.0/33".parse::<TrustedProxy>().is_err()
        );
    }
}
