//! Enrolment, seen from the phone (protocol §8): consent, key, enrol, root and trust chain, agreement, device id, journal.
//!
//! Each file is written before the next step needs it, so that a crash at any point goes on where it was: a key without
//! a device id enrols again with the same code, and a device id without a journal counts as lost state.

use crate::device_key::{DeviceKey, Identity, fresh_id};
use crate::error::{AgentError, Trouble};
use crate::keeper::Keeper;
use crate::storage::{self, AGREEMENT};
use latchkey_core::agreement::{Agreement, MAX_BYTES};
use latchkey_core::envelope;
use latchkey_core::keys::Trust;
use latchkey_core::order::values::Sha;
use latchkey_core::profile::Profile;
use latchkey_core::snapshot::Fault;
use latchkey_core::state::Ask;
use latchkey_core::wire::{Enrol, Enrolment};
use std::sync::Arc;

/// Who this phone is, besides its key.
#[derive(Clone, Debug)]
pub struct About {
    /// Keyed hash of the serial number.
    pub serial_hash: Sha,
    /// App and version.
    pub app: String,
    /// Lock adapter.
    pub adapter: String,
}

impl Keeper {
    /// The body of `POST /v1/device/enrol`, and the key that is in it and signs it. The key is written first.
    ///
    /// # Errors
    /// `a_enrol_code` without a code; faults of the files.
    pub fn enrol_body(&mut self, about: &About) -> Result<(Arc<Identity>, Enrol), AgentError> {
        let code = self.provision.as_ref().and_then(|p| p.enrol_code.clone());
        let code =
            code.ok_or_else(|| AgentError::new(Fault::EnrolCode, "provision.json has no enrol_code"))?;
        let identity = match &self.identity {
            Some(identity) => Arc::clone(identity),
            None => {
                let identity = Identity {
                    key: DeviceKey::generate()?,
                    device: None,
                };
                identity.write(&mut *self.files)?;
                self.identity.insert(Arc::new(identity)).clone()
            }
        };
        let body = Enrol {
            code,
            key: identity.key.jwk(),
            serial_hash: about.serial_hash.clone(),
            app: about.app.clone(),
            adapter: about.adapter.clone(),
            nonce: fresh_id()?,
            attestation: None,
        };
        Ok((identity, body))
    }

    /// Takes the answer to an enrolment, or to the question for a lost agreement.
    ///
    /// # Errors
    /// `a_wrong_server` when root, trust chain or agreement are not the provisioned ones; faults of the files.
    pub fn enrolled(&mut self, answer: &Enrolment) -> Result<(), Trouble> {
        let agreement = self.checked(answer)?;
        self.store_enrolment(answer, agreement)
            .map_err(|e| Trouble::new(e.fault, e.detail))
    }

    fn checked(&self, answer: &Enrolment) -> Result<Vec<u8>, Trouble> {
        let bad = |why: &str| Trouble::new(Fault::WrongServer, format!("enrolment: {why}"));
        let (Some(provision), Some(root)) = (&self.provision, &self.root) else {
            return Err(Trouble::new(
                Fault::NotProvisioned,
                "enrolment without provision.json",
            ));
        };
        let mut bundles = answer.trust.iter();
        let first = bundles.next().and_then(|b| Trust::provisioned(b).ok());
        if first.as_ref().and_then(Trust::root) != root.root() {
            return Err(bad("the root is not the provisioned one"));
        }
        let chain = bundles.try_fold(root.clone(), |trust, b| trust.accept(b));
        if chain.map_err(|r| bad(r.code.as_str()))?.keys().is_none() {
            return Err(bad("no key set"));
        }
        let bytes = envelope::decode(answer.agreement.as_bytes()).filter(|b| b.len() <= MAX_BYTES);
        let bytes = bytes.ok_or_else(|| bad("the agreement is too long or not base64url"))?;
        let parsed = Agreement::parse(&bytes).map_err(|r| bad(r.code.as_str()))?;
        if parsed.market.as_str() != provision.market || parsed.tenant.as_str() != provision.tenant {
            return Err(bad("the agreement is for another market or tenant"));
        }
        // A market where no phone may be enrolled is enrolled in the sandbox alone, to be looked at; so are the
        // sandbox's own rules.
        let profile = Profile::by_id(&parsed.profile);
        let may = profile.is_some_and(|p| p.permission.may_enrol) && parsed.profile == parsed.market;
        if !(may || root.sandbox()) {
            return Err(bad("no phone may be enrolled under this market's rules"));
        }
        Ok(bytes)
    }

    fn store_enrolment(&mut self, answer: &Enrolment, agreement: Vec<u8>) -> Result<(), AgentError> {
        let device = &answer.device;
        storage::replace(&mut *self.files, AGREEMENT, &agreement, false)?;
        self.agreement = Some(agreement.clone());
        if let Some(held) = self.identity.take() {
            if held.device.as_ref() == Some(device) {
                self.identity = Some(held);
            } else {
                let seedful = held.with_device(device.clone());
                seedful.write(&mut *self.files)?;
                self.identity = Some(Arc::new(seedful));
            }
        }
        let other = self.state.device().is_some_and(|held| held != device);
        if self.journal.is_none() && !other {
            self.commit_if_due(&Ask::Enrolled {
                device: device.clone(),
                agreement: &agreement,
            })?;
        }
        // Another phone's record is set aside, a missing root taken from the provisioning.
        if !self.ready() {
            return self.fault().map_or(Ok(()), |e| Err(e.clone()));
        }
        for bundle in &answer.trust {
            self.commit_if_due(&Ask::Trust(bundle))?;
        }
        Ok(())
    }
}
