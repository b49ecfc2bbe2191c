//! Root keys, key sets, roles, void (protocol §1, security.md §2.1).

use crate::order::claims::{Card, Keys, Root};
use crate::refusal::{Code, Refusal};

/// Every root and key set this phone ever accepted, in order. A value: taking a bundle gives a new one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Trust {
    roots: Vec<Root>,
    sets: Vec<Keys>,
}

impl Trust {
    /// Trust in the provisioned root, version 1.
    ///
    /// # Errors
    /// `k_shape`, `k_threshold`, `k_dup_signer`, `k_weak_key`, or an envelope code.
    pub fn provisioned(root: &str) -> Result<Trust, Refusal> {
        let _ = root;
        Err(Code::KShape.into())
    }

    /// Takes a root or key set bundle.
    ///
    /// # Errors
    /// The protocol's `k_*` codes, or an envelope code.
    pub fn accept(&self, bundle: &str) -> Result<Trust, Refusal> {
        let _ = bundle;
        Err(Code::KShape.into())
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

    /// Whether the root is a sandbox's.
    #[must_use]
    pub fn sandbox(&self) -> bool {
        self.root().is_some_and(|r| r.sandbox)
    }
}
