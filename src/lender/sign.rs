//! The only place of the project that signs orders.
//!
//! [`Signer`] is the border: the file signer stands here; a hardware module or a signing service is another
//! implementation of it, and nothing else of the lender ever sees a private key.
#![expect(
    clippy::disallowed_types,
    reason = "orders and access tokens are signed here and nowhere else"
)]

pub(crate) mod issuer;

use crate::error::LenderError;
use crate::{files, random};
use ed25519_dalek::{Signer as _, SigningKey};
use latchkey_core::envelope::{decode, encode};
use latchkey_core::order::claims::{Order, OrderKey, Role, RootKey, typ};
use latchkey_core::order::values::{Kid, List, Obj, Sha, Tenant};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zeroize::{Zeroize as _, Zeroizing};

/// Longest token that a phone reads, bytes.
pub const MAX_TOKEN: usize = 4096;

/// Whoever holds the private keys.
pub trait Signer: Send + Sync + std::fmt::Debug {
    /// The key that signs for `role`.
    ///
    /// # Errors
    /// `no_key`.
    fn kid(&self, role: Role) -> Result<Kid, LenderError>;

    /// Signs with the key of `role`.
    ///
    /// # Errors
    /// `no_key`, or the signing service failed.
    fn sign(&self, role: Role, input: &[u8]) -> Result<[u8; 64], LenderError>;

    /// The public keys with their roles, as they stand in a key set.
    ///
    /// # Errors
    /// A key without a role.
    fn public_keys(&self, tenant: &Tenant) -> Result<Vec<Obj<OrderKey>>, LenderError>;

    /// The same keys with a fresh one in the place of `old`; itself if it does not hold `old`. A key set must follow.
    ///
    /// # Errors
    /// No fresh key could be made or kept.
    fn replaced(&self, old: &Kid) -> Result<Arc<dyn Signer>, LenderError>;
}

/// Kind and role of an order.
#[must_use]
pub fn kind(order: &Order) -> (&'static str, Role) {
    match order {
        Order::Notice(_) => (typ::NOTICE, Role::Terms),
        Order::Terms(_) => (typ::TERMS, Role::Terms),
        Order::Plan(_) => (typ::PLAN, Role::Terms),
        Order::Lock(_) => (typ::LOCK, Role::Lock),
        Order::Release(_) => (typ::RELEASE, Role::Release),
        Order::Grace(_) => (typ::GRACE, Role::Grace),
        Order::Settle(_) => (typ::SETTLE, Role::Settle),
    }
}

/// Signs an order.
///
/// # Errors
/// `no_key`, `too_long`.
pub fn order(signer: &dyn Signer, order: &Order) -> Result<String, LenderError> {
    let (typ, role) = kind(order);
    match order {
        Order::Notice(c) => token(signer, role, typ, c),
        Order::Terms(c) => token(signer, role, typ, c),
        Order::Plan(c) => token(signer, role, typ, c),
        Order::Lock(c) => token(signer, role, typ, c),
        Order::Release(c) => token(signer, role, typ, c),
        Order::Grace(c) => token(signer, role, typ, c),
        Order::Settle(c) => token(signer, role, typ, c),
    }
}

/// Signs any claims as a compact JWS.
///
/// # Errors
/// `no_key`, `too_long`.
pub fn token<C: Serialize>(
    signer: &dyn Signer,
    role: Role,
    typ: &str,
    claims: &C,
) -> Result<String, LenderError> {
    let payload = serde_json::to_vec(claims)?;
    let input = signing_input(typ, &signer.kid(role)?, &payload);
    let signature = signer.sign(role, input.as_bytes())?;
    compact(input, &signature)
}

/// RFC 7515 §5.1: header and payload, joined by a dot, are what is signed.
fn signing_input(typ: &str, kid: &Kid, payload: &[u8]) -> String {
    let header = format!(r#"{{"alg":"EdDSA","typ":"{typ}","kid":"{kid}"}}"#);
    format!("{}.{}", encode(header.as_bytes()), encode(payload))
}

fn compact(input: String, signature: &[u8; 64]) -> Result<String, LenderError> {
    let token = format!("{input}.{}", encode(signature));
    if token.len() > MAX_TOKEN {
        Err(LenderError::TooLong)
    } else {
        Ok(token)
    }
}

/// The key that a token names in its header.
#[must_use]
pub fn kid_of(jws: &str) -> Option<Kid> {
    #[derive(Deserialize)]
    struct Header {
        kid: Kid,
    }
    let header = decode(jws.split('.').next()?.as_bytes())?;
    serde_json::from_slice::<Header>(&header).ok().map(|h| h.kid)
}

/// SHA-256, base64url.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    encode(&Sha256::digest(bytes))
}

/// A private key as it stands in a file.
#[derive(Serialize, Deserialize)]
struct StoredKey {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    roles: Vec<Role>,
    seed: String,
}

impl Drop for StoredKey {
    fn drop(&mut self) {
        self.seed.zeroize();
    }
}

impl StoredKey {
    fn fresh(roles: Vec<Role>) -> Result<StoredKey, LenderError> {
        let seed = Zeroizing::new(random::bytes::<32>()?);
        Ok(StoredKey {
            roles,
            seed: encode(&*seed),
        })
    }

    fn open(&self) -> Result<Key, LenderError> {
        let bytes = Zeroizing::new(decode(self.seed.as_bytes()).unwrap_or_default());
        let seed: &[u8; 32] = bytes
            .as_slice()
            .try_into()
            .map_err(|_| LenderError::Damaged("a key file"))?;
        let secret = SigningKey::from_bytes(seed);
        let public = secret.verifying_key().to_bytes();
        Ok(Key {
            kid: Kid::of_key(&public),
            x: Sha::from_bytes(&public),
            roles: self.roles.clone(),
            secret,
        })
    }
}

struct Key {
    kid: Kid,
    x: Sha,
    roles: Vec<Role>,
    secret: SigningKey,
}

#[derive(Serialize, Deserialize)]
struct KeyFile {
    keys: Vec<StoredKey>,
    /// Made for a lender that is no sandbox.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    live: bool,
}

/// Who holds which roles: what may always be online (release, grace) and what should not be is apart.
const HANDS: [&[Role]; 5] = [
    &[Role::Lock],
    &[Role::Terms],
    &[Role::Release, Role::Grace],
    &[Role::Settle],
    &[Role::Status],
];

/// Order keys in `keys.json`, readable by the user alone.
pub struct FileSigner {
    path: PathBuf,
    keys: Vec<Key>,
}

impl std::fmt::Debug for FileSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.keys.iter().map(|k| &k.kid)).finish()
    }
}

impl FileSigner {
    /// Opens `keys.json`, or makes it with five fresh keys.
    ///
    /// # Errors
    /// The file cannot be used, or is not ours.
    pub fn open(folder: &Path) -> Result<FileSigner, LenderError> {
        let path = folder.join("keys.json");
        let file = load(&path, order_keys)?;
        let keys = file.keys.iter().map(StoredKey::open).collect::<Result<_, _>>()?;
        Ok(FileSigner { path, keys })
    }

    fn of(&self, role: Role) -> Result<&Key, LenderError> {
        self.keys
            .iter()
            .find(|k| k.roles.contains(&role))
            .ok_or(LenderError::NoKey)
    }
}

impl Signer for FileSigner {
    fn kid(&self, role: Role) -> Result<Kid, LenderError> {
        self.of(role).map(|k| k.kid.clone())
    }

    fn sign(&self, role: Role, input: &[u8]) -> Result<[u8; 64], LenderError> {
        Ok(self.of(role)?.secret.sign(input).to_bytes())
    }

    fn public_keys(&self, tenant: &Tenant) -> Result<Vec<Obj<OrderKey>>, LenderError> {
        let public = self.keys.iter().map(|k| {
            Ok(Obj(OrderKey {
                kid: k.kid.clone(),
                x: k.x.clone(),
                iss: tenant.clone(),
                roles: List::try_from(k.roles.clone())?,
            }))
        });
        public.collect()
    }

    fn replaced(&self, old: &Kid) -> Result<Arc<dyn Signer>, LenderError> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let mut file: KeyFile = load(&self.path, || Ok(Vec::new()))?;
        if let Some(place) = self.keys.iter().position(|k| k.kid == *old) {
            file.keys[place] = StoredKey::fresh(self.keys[place].roles.clone())?;
            save(&self.path, &file)?;
        }
        Ok(Arc::new(FileSigner::open(folder)?))
    }
}

/// The root keys in `root.json`. A sandbox has all three at hand; a real lender keeps them offline, apart.
pub struct RootKeys {
    keys: Vec<Key>,
}

impl std::fmt::Debug for RootKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.keys.iter().map(|k| &k.kid)).finish()
    }
}

impl RootKeys {
    /// Opens `root.json`, or makes it with three fresh keys.
    ///
    /// # Errors
    /// The file cannot be used, or is not ours.
    pub fn open(folder: &Path) -> Result<RootKeys, LenderError> {
        let file = load(&folder.join("root.json"), root_keys)?;
        let keys = file.keys.iter().map(StoredKey::open).collect::<Result<_, _>>()?;
        Ok(RootKeys { keys })
    }

    /// The public keys, as they stand in a root.
    #[must_use]
    pub fn public_keys(&self) -> Vec<Obj<RootKey>> {
        let public = self.keys.iter().map(|k| RootKey {
            kid: k.kid.clone(),
            x: k.x.clone(),
        });
        public.map(Obj).collect()
    }

    /// A bundle: as many tokens as the threshold asks for, one a line, over the same payload.
    ///
    /// # Errors
    /// Fewer keys than `threshold`, `too_long`.
    pub fn bundle<C: Serialize>(
        &self,
        threshold: usize,
        typ: &str,
        claims: &C,
    ) -> Result<String, LenderError> {
        let payload = serde_json::to_vec(claims)?;
        let keys = self.keys.get(..threshold).ok_or(LenderError::NoKey)?;
        let lines = keys.iter().map(|key| {
            let input = signing_input(typ, &key.kid, &payload);
            let signature = key.secret.sign(input.as_bytes()).to_bytes();
            compact(input, &signature)
        });
        Ok(lines.collect::<Result<Vec<_>, _>>()?.join("\n"))
    }
}

fn load(
    path: &Path,
    make: impl FnOnce() -> Result<Vec<StoredKey>, LenderError>,
) -> Result<KeyFile, LenderError> {
    if let Some(text) = files::read(path)?.map(Zeroizing::new) {
        return serde_json::from_str(&text).map_err(|_| LenderError::Damaged("a key file"));
    }
    let file = KeyFile {
        keys: make()?,
        live: false,
    };
    save(path, &file)?;
    Ok(file)
}

/// Makes the key files of a lender that is no sandbox: they say so, and stay so when a key in them is replaced.
///
/// # Errors
/// They cannot be written.
pub(crate) fn make_live(folder: &Path) -> Result<(), LenderError> {
    let one = || Ok(vec![StoredKey::fresh(Vec::new())?]);
    mark(&folder.join("root.json"), root_keys)?;
    mark(&folder.join("keys.json"), order_keys)?;
    mark(&folder.join("issuer.json"), one)
}

/// The same for the folder of a further lender, if nothing is in it yet.
///
/// # Errors
/// They cannot be written.
pub(crate) fn further_live(folder: &Path) -> Result<(), LenderError> {
    let known = ["root.json", "keys.json", "codes.json", "provider.json"];
    for name in known {
        if files::read_at_most(&folder.join(name), 0)?.is_some() {
            return Ok(());
        }
    }
    files::folder(folder)?;
    crate::provider::fresh_secret(folder)?;
    crate::codes::SpokenCodes::open(folder)?;
    mark(&folder.join("root.json"), root_keys)?;
    mark(&folder.join("keys.json"), order_keys)
}

fn mark(path: &Path, make: impl FnOnce() -> Result<Vec<StoredKey>, LenderError>) -> Result<(), LenderError> {
    save(
        path,
        &KeyFile {
            keys: make()?,
            live: true,
        },
    )
}

/// Whether a key file was made for a lender that is no sandbox.
///
/// # Errors
/// It is damaged or missing.
pub(crate) fn is_live(path: &Path) -> Result<bool, LenderError> {
    let damaged = || Err(LenderError::Damaged("a key file"));
    Ok(load(path, damaged)?.live)
}

fn root_keys() -> Result<Vec<StoredKey>, LenderError> {
    (0..3).map(|_| StoredKey::fresh(Vec::new())).collect()
}

fn order_keys() -> Result<Vec<StoredKey>, LenderError> {
    HANDS
        .iter()
        .map(|roles| StoredKey::fresh(roles.to_vec()))
        .collect()
}

fn save(path: &Path, file: &KeyFile) -> Result<(), LenderError> {
    let text = Zeroizing::new(serde_json::to_string_pretty(file)?);
    files::replace(path, &text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signature, VerifyingKey};

    #[test]
    fn keys_are_made_once_and_split_by_role() {
        let folder = tempfile::tempdir().unwrap();
        let first = FileSigner::open(folder.path()).unwrap();
        let again = FileSigner::open(folder.path()).unwrap();
        for role in [
            Role::Lock,
            Role::Terms,
            Role::Release,
            Role::Grace,
            Role::Settle,
            Role::Status,
        ] {
            assert_eq!(first.kid(role).unwrap(), again.kid(role).unwrap());
        }
        assert_eq!(first.kid(Role::Release).unwrap(), first.kid(Role::Grace).unwrap());
        assert_ne!(first.kid(Role::Lock).unwrap(), first.kid(Role::Settle).unwrap());
        assert_ne!(first.kid(Role::Lock).unwrap(), first.kid(Role::Terms).unwrap());
    }

    #[test]
    fn a_token_verifies_over_its_own_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let signer = FileSigner::open(folder.path()).unwrap();
        let token = token(&signer, Role::Status, typ::TIME, &serde_json::json!({"now": 1})).unwrap();
        let (input, signature) = token.rsplit_once('.').unwrap();
        let public = decode(signer.of(Role::Status).unwrap().x.as_str().as_bytes()).unwrap();
        let key = VerifyingKey::from_bytes(public.as_slice().try_into().unwrap()).unwrap();
        let signature = Signature::from_slice(&decode(signature.as_bytes()).unwrap()).unwrap();
        key.verify_strict(input.as_bytes(), &signature).unwrap();
    }

    #[test]
    fn a_replaced_key_keeps_its_roles() {
        let folder = tempfile::tempdir().unwrap();
        let old = FileSigner::open(folder.path()).unwrap();
        let new = old.replaced(&old.kid(Role::Lock).unwrap()).unwrap();
        assert_ne!(old.kid(Role::Lock).unwrap(), new.kid(Role::Lock).unwrap());
        assert_eq!(old.kid(Role::Terms).unwrap(), new.kid(Role::Terms).unwrap());
    }

    #[test]
    fn a_bundle_repeats_one_payload_under_two_keys() {
        let folder = tempfile::tempdir().unwrap();
        let root = RootKeys::open(folder.path()).unwrap();
        let bundle = root
            .bundle(2, typ::ROOT, &serde_json::json!({"version": 1}))
            .unwrap();
        let lines: Vec<Vec<&str>> = bundle.lines().map(|l| l.split('.').collect()).collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0][1], lines[1][1]);
        assert_ne!(lines[0][0], lines[1][0]);
    }
}
