//! How often somebody may ask: token buckets in this process (`governor`), told by the header fields of
//! draft-ietf-httpapi-ratelimit-headers-10. Several processes share nothing: divide the numbers by them.

use crate::problem::Problem;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

/// All quotas are for a minute.
const WINDOW_S: u32 = 60;
/// Buckets that are full again are forgotten after so many questions.
const SWEEP: u32 = 4_096;

/// How many requests a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// Tokens for one client.
    pub token: u32,
    /// Everything that one client asks for.
    pub client: u32,
    /// What all clients of one tenant change.
    pub write: u32,
    /// What all clients of one tenant read.
    pub read: u32,
    /// What one phone asks for.
    pub device: u32,
    /// What payers of one contract ask for.
    pub payer: u32,
    /// Proofs of one address that failed: signatures, tokens, a provider's messages.
    pub address: u32,
    /// Pay links of one address that are not ours.
    pub address_pay: u32,
    /// Tokens that one address asks for or withdraws.
    pub address_token: u32,
    /// Enrolments of one address.
    pub address_enrol: u32,
    /// Key sets and signed times for one address.
    pub address_open: u32,
    /// Sign-ins at the console from one address.
    pub address_sign_in: u32,
}

impl Default for Quotas {
    fn default() -> Quotas {
        Quotas {
            token: 30,
            client: 1_800,
            write: 600,
            read: 3_000,
            device: 60,
            payer: 60,
            address: 60,
            address_pay: 30,
            address_token: 120,
            address_enrol: 60,
            // Thousands of phones share one address of a mobile network.
            address_open: 600,
            // Hashing a password costs memory and time: nobody may make us do it all day.
            address_sign_in: 60,
        }
    }
}

impl Quotas {
    /// Every quota the same.
    #[must_use]
    pub fn all(n: u32) -> Quotas {
        Quotas {
            token: n,
            client: n,
            write: n,
            read: n,
            device: n,
            payer: n,
            address: n,
            address_pay: n,
            address_token: n,
            address_enrol: n,
            address_open: n,
            address_sign_in: n,
        }
    }

    /// Sets the quota of a name; `None`: there is none of this name.
    pub fn set(&mut self, name: &str, n: u32) -> Option<()> {
        let quota = match name {
            "token" => &mut self.token,
            "client" => &mut self.client,
            "write" => &mut self.write,
            "read" => &mut self.read,
            "device" => &mut self.device,
            "payer" => &mut self.payer,
            "address" => &mut self.address,
            "address-pay" => &mut self.address_pay,
            "address-token" => &mut self.address_token,
            "address-enrol" => &mut self.address_enrol,
            "address-open" => &mut self.address_open,
            "address-sign-in" => &mut self.address_sign_in,
            _ => return None,
        };
        *quota = n;
        Some(())
    }
}

/// Which bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bucket {
    /// Tokens, by client.
    Token,
    /// Everything, by client.
    Client,
    /// Changes, by tenant.
    Write,
    /// Reads, by tenant.
    Read,
    /// Everything, by phone.
    Device,
    /// Everything at its pay link, by contract.
    Payer,
    /// What failed to prove itself, by address.
    Address,
    /// Pay links that are not ours, by address.
    AddressPay,
    /// Tokens, by address.
    AddressToken,
    /// Enrolments, by address.
    AddressEnrol,
    /// Key sets and times, by address.
    AddressOpen,
    /// Sign-ins, by address.
    AddressSignIn,
}

/// What is left of one bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Share {
    name: &'static str,
    quota: u32,
    left: u32,
    /// Seconds until it is full again; of an empty one, until it gives once more.
    wait_s: u32,
}

type Keyed<C> = RateLimiter<String, HashMapStateStore<String>, C, StateInformationMiddleware>;

/// One bucket a key.
struct Row<C: Clock> {
    name: &'static str,
    quota: u32,
    buckets: Keyed<C>,
}

/// All buckets.
pub(crate) struct Limits<C: Clock = DefaultClock> {
    clock: C,
    rows: [Row<C>; 12],
    asked: AtomicU32,
}

impl<C: Clock> std::fmt::Debug for Limits<C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let quotas = self.rows.iter().map(|row| (row.name, row.quota));
        f.debug_map().entries(quotas).finish()
    }
}

impl Limits {
    /// Full buckets. They run on time since start, which no clock change moves.
    pub(crate) fn new(quotas: &Quotas) -> Limits {
        Limits::with_clock(quotas, &DefaultClock::default())
    }
}

impl<C: Clock + Clone> Limits<C> {
    fn with_clock(quotas: &Quotas, clock: &C) -> Limits<C> {
        let row = |name, quota: u32| {
            let quota = NonZeroU32::new(quota).unwrap_or(NonZeroU32::MIN);
            let buckets = RateLimiter::hashmap_with_clock(Quota::per_minute(quota), clock.clone());
            Row {
                name,
                quota: quota.get(),
                buckets: buckets.with_middleware(),
            }
        };
        Limits {
            clock: clock.clone(),
            rows: [
                row("token", quotas.token),
                row("client", quotas.client),
                row("tenant-write", quotas.write),
                row("tenant-read", quotas.read),
                row("device", quotas.device),
                row("payer", quotas.payer),
                row("address", quotas.address),
                row("address-pay", quotas.address_pay),
                row("address-token", quotas.address_token),
                row("address-enrol", quotas.address_enrol),
                row("address-open", quotas.address_open),
                row("address-sign-in", quotas.address_sign_in),
            ],
            asked: AtomicU32::new(0),
        }
    }

    /// Takes one from a bucket.
    ///
    /// # Errors
    /// 429 `quota_exceeded`, with `Retry-After`.
    pub(crate) fn take(&self, bucket: Bucket, key: &str) -> Result<Share, Problem> {
        let row = &self.rows[bucket as usize];
        if self.asked.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.rows.iter().for_each(|row| row.buckets.retain_recent());
        }
        let share = |left: u32, wait_s: u32| Share {
            name: row.name,
            quota: row.quota,
            left,
            wait_s,
        };
        match row.buckets.check_key(&key.to_owned()) {
            Ok(state) => {
                let left = state.remaining_burst_capacity().min(row.quota);
                Ok(share(left, ((row.quota - left) * WINDOW_S).div_ceil(row.quota)))
            }
            Err(not_until) => {
                let wait = not_until.wait_time_from(self.clock.now());
                let wait_s = u32::try_from(wait.as_secs()).unwrap_or(WINDOW_S) + 1;
                Err(exceeded(share(0, wait_s)))
            }
        }
    }
}

fn exceeded(share: Share) -> Problem {
    let shares = [share];
    Problem::new(
        StatusCode::TOO_MANY_REQUESTS,
        "quota_exceeded",
        "Wait as long as Retry-After says, then ask less often.",
    )
    .with("violated-policies", vec![share.name])
    .with_header("retry-after", &share.wait_s.to_string())
    .with_header("ratelimit-policy", &policies(&shares))
    .with_header("ratelimit", &lefts(&shares))
}

fn listed(shares: &[Share], one: impl Fn(&Share) -> String) -> String {
    shares.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn policies(shares: &[Share]) -> String {
    listed(shares, |s| format!("\"{}\";q={};w={WINDOW_S}", s.name, s.quota))
}

fn lefts(shares: &[Share]) -> String {
    listed(shares, |s| format!("\"{}\";r={};t={}", s.name, s.left, s.wait_s))
}

/// Tells what is left, unless a refusal told already.
pub(crate) fn tell(headers: &mut HeaderMap, shares: &[Share]) {
    if shares.is_empty() || headers.contains_key("ratelimit") {
        return;
    }
    for (name, value) in [
        ("ratelimit-policy", policies(shares)),
        ("ratelimit", lefts(shares)),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::IntoResponse as _;
    use governor::clock::FakeRelativeClock;
    use std::time::Duration;

    fn three() -> (Limits<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        let quotas = Quotas {
            token: 3,
            ..Quotas::default()
        };
        (Limits::with_clock(&quotas, &clock), clock)
    }

    #[test]
    fn a_bucket_empties_tells_when_it_gives_again_and_fills_with_time() {
        let (limits, clock) = three();
        let left = |limits: &Limits<_>| limits.take(Bucket::Token, "a").map(|share| share.left);
        for n in [2, 1, 0] {
            assert_eq!(left(&limits).unwrap(), n);
        }
        let refused = left(&limits).unwrap_err().into_response();
        assert_eq!(refused.status(), 429);
        assert_eq!(refused.headers()["retry-after"], "21");
        assert_eq!(refused.headers()["ratelimit-policy"], "\"token\";q=3;w=60");
        assert_eq!(refused.headers()["ratelimit"], "\"token\";r=0;t=21");
        clock.advance(Duration::from_secs(20));
        assert_eq!(left(&limits).unwrap(), 0);
        assert!(left(&limits).is_err());
    }

    #[test]
    fn one_key_takes_nothing_from_another() {
        let (limits, _) = three();
        for _ in 0..3 {
            limits.take(Bucket::Token, "a").unwrap();
        }
        assert!(limits.take(Bucket::Token, "a").is_err());
        limits.take(Bucket::Token, "b").unwrap();
        limits.take(Bucket::Client, "a").unwrap();
    }
}
