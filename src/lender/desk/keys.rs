//! The order keys: shown, rotated, withdrawn.

use super::Desk;
use super::jobs::By;
use crate::error::LenderError;
use crate::orders::claims;
use crate::sign::{self, FileSigner, RootKeys, Signer};
use crate::store::audit;
use crate::store::trust::{self, Kind};
use crate::{codes, files, rotate, void};
use latchkey_core::order::claims::{Keys, Role, Root};
use latchkey_core::order::values::{Kid, Tenant};
use std::path::Path;

/// The roles by their names.
pub const ROLES: [(Role, &str); 6] = [
    (Role::Lock, "lock"),
    (Role::Terms, "terms"),
    (Role::Release, "release"),
    (Role::Grace, "grace"),
    (Role::Settle, "settle"),
    (Role::Status, "status"),
];

/// A key in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyLine {
    /// Its id.
    pub kid: Kid,
    /// What it signs.
    pub roles: Vec<&'static str>,
    /// The public key, base64url.
    pub x: String,
}

/// The keys of a lender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRing {
    /// SHA-256 over the sorted ids of the root keys, base64url: what an owner compares.
    pub root: String,
    /// Version of the newest key set, 0 = none yet.
    pub version: u32,
    /// When the key set ends, Unix seconds; 0 = none yet.
    pub ends_s: u64,
    /// The keys in use.
    pub keys: Vec<KeyLine>,
    /// Withdrawn for ever.
    pub void: Vec<Kid>,
}

/// The keys that a signer holds.
pub(crate) fn lines(signer: &dyn Signer, tenant: &Tenant) -> Result<Vec<KeyLine>, LenderError> {
    let public = signer.public_keys(tenant)?;
    let lines = public.iter().map(|key| KeyLine {
        kid: key.kid.clone(),
        roles: ROLES
            .iter()
            .filter(|(role, _)| key.roles.contains(role))
            .map(|(_, name)| *name)
            .collect(),
        x: key.x.as_str().to_owned(),
    });
    Ok(lines.collect())
}

impl Desk {
    /// The keys in use and what phones were told of them.
    ///
    /// # Errors
    /// The store refused.
    pub async fn keys(&self) -> Result<KeyRing, LenderError> {
        let office = self.house.office(self.tenant())?;
        let mut conn = self.house.store.read().await?;
        let first = |bundle: &str| bundle.lines().next().unwrap_or_default().to_owned();
        let root = trust::newest(&mut conn, self.tenant(), Kind::Root).await?;
        let root = root.map(|bundle| claims::<Root>(&first(&bundle))).transpose()?;
        let set = trust::newest(&mut conn, self.tenant(), Kind::Keys).await?;
        let set = set.map(|bundle| claims::<Keys>(&first(&bundle))).transpose()?;
        let print = |root: &Root| latchkey_core::envelope::encode(&latchkey_core::keys::fingerprint(root));
        Ok(KeyRing {
            root: root.as_ref().map_or_else(String::new, print),
            version: set.as_ref().map_or(0, |set| set.version.get()),
            ends_s: set.as_ref().map_or(0, |set| set.exp.get()),
            keys: lines(&*office.signer(), self.tenant().name())?,
            void: set.map_or_else(Vec::new, |set| set.void.to_vec()),
        })
    }

    /// Puts fresh keys in the place of those of some roles. Phones take them with the next key set; nothing that stands
    /// changes. Returns the ids of the old ones.
    ///
    /// # Errors
    /// `no_key`, `other_keys`, or a file or the store cannot be written.
    pub async fn rotate(&self, roles: &[Role], by: &By) -> Result<Vec<Kid>, LenderError> {
        rotate::rotate(&self.house, self.tenant(), roles, by).await
    }

    /// As [`Desk::void`], and who did it why stands in the audit.
    ///
    /// # Errors
    /// As [`Desk::void`].
    pub async fn void_by(&self, role: Role, by: &By) -> Result<Kid, LenderError> {
        let old = self.kid(role)?;
        let mut tx = self.house.store.begin().await?;
        audit::note(
            &mut tx,
            self.tenant(),
            "keys.void",
            by,
            old.as_str(),
            self.house.now(),
        )
        .await?;
        tx.commit().await?;
        void::withdraw(&self.house, self.tenant(), &old).await?;
        Ok(old)
    }
}

/// Makes the key files of a store before its first start, for whoever makes keys apart from the server: root keys, order
/// keys and the secret behind spoken codes. `true`: they are new; files that are there stay as they are.
///
/// # Errors
/// `store_busy`, or a file cannot be used.
pub fn make_keys(dir: &Path) -> Result<(bool, Vec<Kid>, Vec<KeyLine>), LenderError> {
    let folder = dir.join("lender");
    files::folder(&folder)?;
    let _lock = files::lock(&folder)?;
    let new = files::read_bytes(&folder.join("keys.json"))?.is_none()
        || files::read_bytes(&folder.join("root.json"))?.is_none();
    let root = RootKeys::open(&folder)?;
    let signer = FileSigner::open(&folder)?;
    codes::SpokenCodes::open(&folder)?;
    sign::issuer::IssuerKey::open(&folder)?;
    let kids = root.public_keys().iter().map(|key| key.kid.clone()).collect();
    let tenant = Tenant::try_from(crate::story::TENANT)?;
    Ok((new, kids, lines(&signer, &tenant)?))
}
