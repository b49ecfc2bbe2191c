//! Root keys, key sets, roles, void (protocol §1, security.md §2.1): TUF reduced to what a phone needs.
//!
//! A bundle is 2 to 8 tokens over byte-equal payload segments, one a line, each by another root key. The steps below
//! are in the protocol's order, one code each; nothing is read from a payload before enough roots signed it.

use crate::envelope::{self, Cut, Kinds};
use crate::order::Whole;
use crate::order::claims::{Card, Keys, OrderKey, Role, Root, RootKey, typ};
use crate::order::values::{AUDIENCE, Kid, Obj, Sha, Tenant};
use crate::refusal::{Code, Refusal};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::hash::{Hash, Hasher};

/// Longest bundle, bytes.
pub const MAX_BUNDLE: usize = 33_000;

/// The root keys of the conformance vectors: their seeds are public, so under a root that is no sandbox's they are weak.
const TEST_ROOTS: [&str; 3] = ["EB6sP_ALpsQ", "QVw201LYFxM", "C74dEub8JyU"];

/// Every root and key set this phone ever accepted, in order. A value: taking a bundle gives a new one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trust {
    roots: Vec<Root>,
    sets: Vec<Keys>,
}

/// Versions tell trusts apart well enough, and equality compares the rest.
impl Hash for Trust {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        (self.root_version(), self.keys_version()).hash(hasher);
    }
}

/// Which keys may sign a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stands {
    /// Those of the set in force.
    Now,
    /// Those of any set ever accepted; retired is not void.
    Ever,
}

impl Trust {
    /// Trust in the provisioned root, version 1. It vouches for itself: who provisions the phone chooses it.
    ///
    /// # Errors
    /// `k_shape`, `k_threshold`, `k_dup_signer`, `k_root_unknown`, `k_version_gap`, `k_weak_key`, or an envelope code.
    pub fn provisioned(root: &str) -> Result<Trust, Refusal> {
        let bundle = Bundle::cut(root)?;
        if bundle.typ != typ::ROOT {
            return Err(Code::ETyp.into());
        }
        // Read before it is proven, to learn which keys have to prove it; returned only when they did.
        let claims: Root = unproven(&bundle.tokens[0])?;
        bundle.signers_distinct(claims.threshold.get())?;
        bundle.signed_by(&claims.roots, &[])?;
        if claims.aud != AUDIENCE {
            return Err(Code::BAud.into());
        }
        if claims.version.get() != 1 {
            return Err(Code::KVersionGap.into());
        }
        strong_root(&claims)?;
        Ok(Trust {
            roots: vec![claims],
            sets: Vec::new(),
        })
    }

    /// Takes a root or key set bundle. Expiry is no matter here: an expired set still joins the chain.
    ///
    /// # Errors
    /// The protocol's `k_*` codes, or an envelope code. `e_typ` when no root is provisioned.
    pub fn accept(&self, bundle: &str) -> Result<Trust, Refusal> {
        let root = self.root().ok_or(Code::ETyp)?;
        // k_shape: size, lines, equal payloads; each token passes checks 1 to 6
        let bundle = Bundle::cut(bundle)?;
        // k_threshold by the number of tokens, then k_dup_signer
        bundle.signers_distinct(root.threshold.get())?;
        let mut next = self.clone();
        if bundle.typ == typ::ROOT {
            next.roots.push(self.next_root(root, &bundle)?);
        } else {
            next.sets.push(self.next_keys(root, &bundle)?);
        }
        Ok(next)
    }

    fn next_keys(&self, root: &Root, bundle: &Bundle<'_>) -> Result<Keys, Code> {
        // k_root_unknown, then check 8 for each token
        bundle.signed_by(&root.roots, &[])?;
        let keys: Keys = bundle.claims(&root.iss, |keys: &Keys| (&keys.aud, &keys.iss))?;
        if keys.root_version != root.version {
            return Err(Code::KRootUnknown);
        }
        // k_version_rollback: security.md §2.1; there may be gaps, a phone can have slept through a version
        if keys.version.get() <= self.keys_version() {
            return Err(Code::KVersionRollback);
        }
        // k_void_dropped: void is cumulative
        if let Some(held) = self.keys()
            && held.void.iter().any(|kid| !keys.void.contains(kid))
        {
            return Err(Code::KVoidDropped);
        }
        // k_weak_key
        strong(keys.keys.iter().map(|key| (&key.kid, &key.x)))?;
        Ok(keys)
    }

    fn next_root(&self, root: &Root, bundle: &Bundle<'_>) -> Result<Root, Code> {
        // The old root's threshold first, by its own tokens alone: only then is the payload believed enough to read
        // the new root's keys out of it.
        let old = bundle.count(&root.roots)?;
        if old == 0 {
            return Err(Code::KRootUnknown);
        }
        if old < usize::from(root.threshold.get()) {
            return Err(Code::KThreshold);
        }
        let next: Root = bundle.claims(&root.iss, |next: &Root| (&next.aud, &next.iss))?;
        // Every signer is a root key, old or new; the new root's threshold holds too.
        bundle.signed_by(&root.roots, &next.roots)?;
        if bundle.count(&next.roots)? < usize::from(next.threshold.get()) {
            return Err(Code::KThreshold);
        }
        if next.version <= root.version {
            return Err(Code::KVersionRollback);
        }
        if next.version.get() != root.version.get() + 1 {
            return Err(Code::KVersionGap);
        }
        strong_root(&next)?;
        Ok(next)
    }

    /// The root in force.
    #[must_use]
    pub fn root(&self) -> Option<&Root> {
        self.roots.last()
    }

    /// The key set in force.
    #[must_use]
    pub fn keys(&self) -> Option<&Keys> {
        self.sets.last()
    }

    /// The lender's card in force.
    #[must_use]
    pub fn card(&self) -> Option<&Card> {
        self.keys().map(|k| &*k.card)
    }

    /// Version of the key set in force, 0 = none.
    #[must_use]
    pub fn keys_version(&self) -> u32 {
        self.keys().map_or(0, |k| k.version.get())
    }

    /// Version of the root in force, 0 = none.
    #[must_use]
    pub fn root_version(&self) -> u32 {
        self.root().map_or(0, |r| r.version.get())
    }

    /// Whether the root is a sandbox's.
    #[must_use]
    pub fn sandbox(&self) -> bool {
        self.root().is_some_and(|r| r.sandbox)
    }

    /// The tenant whose orders this phone takes.
    #[must_use]
    pub fn tenant(&self) -> Option<&Tenant> {
        self.root().map(|r| &r.iss)
    }

    /// Whether a key is void. Void is cumulative, so the set in force names every void key.
    #[must_use]
    pub fn is_void(&self, kid: &Kid) -> bool {
        self.keys().is_some_and(|keys| keys.void.contains(kid))
    }

    /// Whether the key set in force has ended at `at_s` (Unix seconds). No set at all counts as ended.
    #[must_use]
    pub fn expired(&self, at_s: u64) -> bool {
        self.keys().is_none_or(|keys| keys.exp.get() <= at_s)
    }

    /// Check 7: the key that may sign for `role`.
    ///
    /// # Errors
    /// `e_kid` when it is unknown, void or another tenant's; `e_role` when it may not sign that.
    pub(crate) fn signer(&self, kid: &str, role: Role, stands: Stands) -> Result<&OrderKey, Code> {
        let sets = match stands {
            Stands::Now => self.sets.last().map_or(&[][..], std::slice::from_ref),
            Stands::Ever => &self.sets[..],
        };
        let named = || {
            sets.iter()
                .rev()
                .flat_map(|set| set.keys.iter())
                .map(|key| &**key)
                .filter(|key| key.kid.as_str() == kid)
                .filter(|key| Some(&key.iss) == self.tenant() && !self.is_void(&key.kid))
        };
        if named().next().is_none() {
            return Err(Code::EKid);
        }
        named().find(|key| key.roles.contains(&role)).ok_or(Code::ERole)
    }
}

/// Fingerprint of a root, as logs and certificates name it: SHA-256 of the sorted `kid`s.
#[must_use]
pub fn fingerprint(root: &Root) -> [u8; 32] {
    let mut kids: Vec<&str> = root.roots.iter().map(|key| key.kid.as_str()).collect();
    kids.sort_unstable();
    Sha256::digest(kids.concat()).into()
}

fn strong_root(root: &Root) -> Result<(), Code> {
    strong(root.roots.iter().map(|key| (&key.kid, &key.x)))?;
    let public = |key: &Obj<RootKey>| TEST_ROOTS.contains(&key.kid.as_str());
    if !root.sandbox && root.roots.iter().any(public) {
        return Err(Code::KWeakKey);
    }
    Ok(())
}

/// Each key is a strong point, and its `kid` its own.
fn strong<'a>(mut keys: impl Iterator<Item = (&'a Kid, &'a Sha)>) -> Result<(), Code> {
    let fits = |(kid, x): (&Kid, &Sha)| {
        envelope::strong_key(x).is_some_and(|key| Kid::of_key(key.as_bytes()) == *kid)
    };
    if keys.all(fits) {
        Ok(())
    } else {
        Err(Code::KWeakKey)
    }
}

fn unproven<T: DeserializeOwned + Whole>(token: &Cut<'_>) -> Result<T, Code> {
    let bytes = envelope::decode(token.payload_segment()).ok_or(Code::EClaims)?;
    let claims: Obj<T> = serde_json::from_slice(&bytes).map_err(|_| Code::EClaims)?;
    if claims.whole() {
        Ok(claims.0)
    } else {
        Err(Code::EClaims)
    }
}

struct Bundle<'a> {
    typ: &'static str,
    tokens: Vec<Cut<'a>>,
}

impl<'a> Bundle<'a> {
    /// Checks 1 to 6 for each line, and that the lines belong together.
    fn cut(bundle: &'a str) -> Result<Bundle<'a>, Code> {
        if bundle.len() > MAX_BUNDLE {
            return Err(Code::KShape);
        }
        let lines: Vec<&str> = bundle.strip_suffix('\n').unwrap_or(bundle).split('\n').collect();
        if !(2..=8).contains(&lines.len()) {
            return Err(Code::KShape);
        }
        let kinds = Kinds::OneOf(&[typ::ROOT, typ::KEYS]);
        let tokens = lines
            .iter()
            .map(|line| envelope::cut(line.as_bytes(), kinds))
            .collect::<Result<Vec<_>, _>>()?;
        let (typ, payload) = (tokens[0].typ(), tokens[0].payload_segment());
        if tokens
            .iter()
            .any(|t| t.typ() != typ || t.payload_segment() != payload)
        {
            return Err(Code::KShape);
        }
        Ok(Bundle { typ, tokens })
    }

    /// Enough tokens, each by another key.
    fn signers_distinct(&self, threshold: u8) -> Result<(), Code> {
        if self.tokens.len() < usize::from(threshold) {
            return Err(Code::KThreshold);
        }
        let repeated = |n: usize| self.tokens[..n].iter().any(|t| t.kid() == self.tokens[n].kid());
        if (0..self.tokens.len()).any(repeated) {
            return Err(Code::KDupSigner);
        }
        Ok(())
    }

    /// Every token is signed by a key of `first` or of `second`.
    fn signed_by(&self, first: &[Obj<RootKey>], second: &[Obj<RootKey>]) -> Result<(), Code> {
        let keys: Vec<_> = self
            .tokens
            .iter()
            .map(|token| {
                let known = |key: &&Obj<RootKey>| key.kid.as_str() == token.kid();
                first.iter().chain(second).find(known).ok_or(Code::KRootUnknown)
            })
            .collect::<Result<_, _>>()?;
        for (token, key) in self.tokens.iter().zip(keys) {
            token.prove(&key.x)?;
        }
        Ok(())
    }

    /// How many tokens are signed by keys of `roots`.
    fn count(&self, roots: &[Obj<RootKey>]) -> Result<usize, Code> {
        let mut count = 0;
        for token in &self.tokens {
            if let Some(key) = roots.iter().find(|key| key.kid.as_str() == token.kid()) {
                token.prove(&key.x)?;
                count += 1;
            }
        }
        Ok(count)
    }

    /// Checks 9 and 10 of a bundle whose signers are proven.
    fn claims<T: DeserializeOwned + Whole>(
        &self,
        tenant: &Tenant,
        address: impl Fn(&T) -> (&String, &Tenant),
    ) -> Result<T, Code> {
        let claims: T = unproven(&self.tokens[0])?;
        let (aud, iss) = address(&claims);
        if aud != AUDIENCE {
            return Err(Code::BAud);
        }
        if iss != tenant {
            return Err(Code::BIss);
        }
        Ok(claims)
    }
}
