//! The base URL that phones use: what clients sign, and what stands in pay links.

use crate::error::LenderError;
use crate::webhooks::is_public;
use reqwest::Url;
use std::net::{IpAddr, SocketAddr};

/// Reads one: HTTPS, or HTTP to this machine or its own network. Without the last slash.
///
/// # Errors
/// `public_url`.
pub(crate) fn read(text: &str) -> Result<String, LenderError> {
    let url = Url::parse(text.trim()).map_err(|_| wrong("write it like https://phones.example"))?;
    let Some(host) = url.host_str().filter(|host| !host.is_empty()) else {
        return Err(wrong("write it like https://phones.example"));
    };
    let ip: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    if ip.is_some_and(|ip| ip.is_unspecified()) {
        return Err(wrong("this address is nobody's; name the one that phones reach"));
    }
    let inner = host == "localhost" || ip.is_some_and(|ip| !is_public(ip));
    match url.scheme() {
        "https" => {}
        "http" if inner => {}
        _ => {
            return Err(wrong(
                "it begins with https://; http:// is for this machine and its own network",
            ));
        }
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("take user and password out"));
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err(wrong("it ends with host and port; take path, ? and # out"));
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// The base URL of a server that listens there, if none is named.
///
/// # Errors
/// `public_url`: nobody can call every address of this machine at once.
pub(crate) fn of(addr: SocketAddr) -> Result<String, LenderError> {
    if addr.ip().is_unspecified() {
        return Err(wrong(
            "--addr names every address of this machine; say with --public-url which one phones reach",
        ));
    }
    Ok(format!("http://{addr}"))
}

const fn wrong(why: &'static str) -> LenderError {
    LenderError::PublicUrl(why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_https_or_near_and_nothing_but_host_and_port() {
        for (text, right) in [
            ("https://phones.example", "https://phones.example"),
            ("https://Phones.example:8443/", "https://phones.example:8443"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://localhost:1", "http://localhost:1"),
            ("http://192.168.1.7:80", "http://192.168.1.7"),
            ("http://[::1]:8080/", "http://[::1]:8080"),
        ] {
            assert_eq!(read(text).unwrap(), right);
        }
        for text in [
            "",
            "phones.example",
            "http://phones.example",
            "http://1.1.1.1",
            "ftp://phones.example",
            "https://",
            "https://user@phones.example",
            "https://:secret@phones.example",
            "https://phones.example/api",
            "https://phones.example/?a=1",
            "https://phones.example/#a",
            "http://0.0.0.0:8080",
            "http://[::]:8080",
            "javascript:alert(1)",
        ] {
            assert_eq!(read(text).unwrap_err().code(), "public_url", "{text}");
        }
    }

    #[test]
    fn every_address_at_once_is_no_base_url() {
        assert_eq!(of(([0, 0, 0, 0], 80).into()).unwrap_err().code(), "public_url");
        assert_eq!(
            of(([127, 0, 0, 1], 8080).into()).unwrap(),
            "http://127.0.0.1:8080"
        );
    }
}
