//! TLS with time as the protocol wants it (§3): no platform verifier, no system roots, no system clock.

use crate::clock::Clock;
use crate::error::AgentError;
use latchkey_core::snapshot::Fault;
use latchkey_core::time::{Anchor, Now};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{ClientConfig, WebPkiServerVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::time_provider::TimeProvider;
use rustls::{CertificateError, DigitallySignedStruct, RootCertStore, SignatureScheme};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The time that certificates are judged by: the anchor of this boot, else max(wall, floor).
#[derive(Debug)]
pub struct TlsClock {
    clock: Arc<dyn Clock>,
    known: Mutex<(Option<Anchor>, u64)>,
}

impl TlsClock {
    /// Nothing known but the clocks and a floor in Unix seconds.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, floor_s: u64) -> TlsClock {
        TlsClock {
            clock,
            known: Mutex::new((None, floor_s)),
        }
    }

    /// What is known now. An anchor is taken also when it is lower than the one before.
    pub fn set(&self, anchor: Option<Anchor>, floor_s: u64) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = (anchor, floor_s);
    }

    /// Unix seconds.
    #[must_use]
    pub fn now_s(&self) -> u64 {
        let (anchor, floor_s) = *self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let r = self.clock.read();
        let now = Now {
            boot: r.boot,
            boot_ms: r.boot_ms,
            anchor,
            wall_s: r.wall_s,
        };
        now.trusted_s()
            .unwrap_or_else(|| r.wall_s.unwrap_or(0).max(floor_s))
    }
}

impl TimeProvider for TlsClock {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_secs(self.now_s())))
    }
}

/// Checks everything but the dates: a certificate outside its dates is checked at the nearest moment inside them.
/// What comes over such a connection is signed by itself.
#[derive(Debug)]
struct AnyDate(Arc<WebPkiServerVerifier>);

impl ServerCertVerifier for AnyDate {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let check = |at| {
            self.0
                .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, at)
        };
        // Each certificate of the chain may move the moment once or twice; a chain without a common moment stays refused.
        let mut at = now;
        for _ in 0..8 {
            match check(at) {
                Err(rustls::Error::InvalidCertificate(CertificateError::NotValidYetContext {
                    not_before,
                    ..
                })) => at = not_before,
                Err(rustls::Error::InvalidCertificate(CertificateError::ExpiredContext {
                    not_after,
                    ..
                })) => at = not_after,
                other => return other,
            }
        }
        check(at)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.0.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}

/// Two client configurations: strict, and one that overlooks dates. Each has a session cache of its own, so that no
/// session made without the date check is taken up by the strict one.
///
/// # Errors
/// `a_tls`: a pinned root cannot be read.
pub fn configs(pinned: &[Vec<u8>], time: Arc<TlsClock>) -> Result<[ClientConfig; 2], AgentError> {
    let bad = |what: &str, e: &dyn std::fmt::Display| AgentError::new(Fault::Tls, format!("{what}: {e}"));
    let mut roots = RootCertStore::empty();
    if pinned.is_empty() {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    for der in pinned {
        roots
            .add(CertificateDer::from(der.clone()))
            .map_err(|e| bad("pinned root", &e))?;
    }
    let provider: Arc<CryptoProvider> = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
        .build()
        .map_err(|e| bad("roots", &e))?;
    let config = |relaxed: bool| {
        let builder = ClientConfig::builder_with_details(Arc::clone(&provider), time.clone())
            .with_safe_default_protocol_versions()
            .map_err(|e| bad("protocol versions", &e))?;
        let mut config = if relaxed {
            builder
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(AnyDate(Arc::clone(&verifier))))
        } else {
            builder.with_webpki_verifier(Arc::clone(&verifier))
        }
        .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(config)
    };
    Ok([config(false)?, config(true)?])
}

/// A client for tools beside the phone, such as the other device that pays: ring and the public web's roots, no proxy.
/// `reqwest::Client::new` would panic, since no process-wide TLS provider is installed.
///
/// # Errors
/// `a_tls`: the client cannot be made.
pub fn tool_client(clock: Arc<dyn Clock>) -> Result<reqwest::Client, AgentError> {
    let [strict, _] = configs(&[], Arc::new(TlsClock::new(clock, 0)))?;
    reqwest::Client::builder()
        .tls_backend_preconfigured(strict)
        .no_proxy()
        .build()
        .map_err(|e| AgentError::new(Fault::Tls, e.to_string()))
}

/// What a failed request means. The certificate's error lies deep in the chain of sources, inside I/O errors, whose
/// `source` skips what they hold.
#[must_use]
pub fn fault(error: &reqwest::Error) -> Fault {
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(e) = next {
        if let Some(tls) = e.downcast_ref::<rustls::Error>() {
            return tls_fault(tls);
        }
        let held = e
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        next = match held {
            Some(inner) => Some(inner),
            None => e.source(),
        };
    }
    Fault::Offline
}

fn tls_fault(error: &rustls::Error) -> Fault {
    let dates = matches!(
        error,
        rustls::Error::InvalidCertificate(
            CertificateError::Expired
                | CertificateError::ExpiredContext { .. }
                | CertificateError::NotValidYet
                | CertificateError::NotValidYetContext { .. }
        )
    );
    if dates { Fault::TlsTime } else { Fault::Tls }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;
    use latchkey_core::time::BootId;

    #[test]
    fn tls_time_is_the_anchor_of_this_boot_else_the_later_of_wall_and_floor() {
        let clock = Arc::new(ManualClock::new(1, 5_000, Some(0)));
        let tls = TlsClock::new(clock.clone(), 1_780_000_000);
        assert_eq!(
            tls.now_s(),
            1_780_000_000,
            "a clock at 1970 gives way to the floor"
        );
        clock.set_wall(Some(3_800_000_000));
        assert_eq!(tls.now_s(), 3_800_000_000);
        let anchor = Anchor {
            now_s: 1_790_000_000,
            boot: BootId([1; 16]),
            boot_ms: 5_000,
        };
        tls.set(Some(anchor), 1_795_000_000);
        clock.advance_ms(3_000);
        assert_eq!(
            tls.now_s(),
            1_790_000_003,
            "an anchor counts also when it is lower"
        );
        clock.reboot();
        assert_eq!(
            tls.now_s(),
            3_800_000_003,
            "an anchor says nothing about another boot"
        );
    }
}
