//! Spoken codes on the lender's side (security.md §4): drawn from one secret, committed to in the lock order, read out by
//! the hotline. The secret stands in `codes.json` beside the order keys, readable by the user alone; the store never
//! holds a code.

use crate::error::LenderError;
use crate::{files, random};
use hmac::{Hmac, KeyInit as _, Mac as _};
use latchkey_core::code::{self, Typed};
use latchkey_core::envelope::{decode, encode};
use latchkey_core::order::claims::Commitment;
use latchkey_core::order::values::{DeviceId, LockId, Memory, Obj, Passes, Slot};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::path::Path;
use tokio::sync::Semaphore;
use zeroize::{Zeroize as _, Zeroizing};

/// Argon2id: memory in KiB and passes; about 0.2 s on a phone.
const MEMORY_KIB: u64 = 32 * 1024;
const PASSES: u64 = 3;

/// Codes that are hashed at once; each takes its memory.
static HASHING: Semaphore = Semaphore::const_new(4);

/// Hashes off the runtime's threads.
pub(crate) async fn hashed<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, LenderError> + Send + 'static,
) -> Result<T, LenderError> {
    // The semaphore is never closed.
    let _turn = HASHING.acquire().await;
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or(Err(LenderError::NoMemory))
}

/// The secret as it stands in its file.
#[derive(Serialize, Deserialize)]
struct Stored {
    generation: u32,
    key: String,
}

impl Drop for Stored {
    fn drop(&mut self) {
        self.key.zeroize();
    }
}

/// The lender's secret that codes are drawn from.
pub(crate) struct SpokenCodes {
    generation: u32,
    key: Zeroizing<Vec<u8>>,
}

impl std::fmt::Debug for SpokenCodes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SpokenCodes(generation {})", self.generation)
    }
}

impl SpokenCodes {
    /// Opens `codes.json`, or makes it with a fresh secret.
    pub(crate) fn open(folder: &Path) -> Result<SpokenCodes, LenderError> {
        let path = folder.join("codes.json");
        let stored = match files::read(&path)?.map(Zeroizing::new) {
            Some(text) => {
                serde_json::from_str::<Stored>(&text).map_err(|_| LenderError::Damaged("codes.json"))?
            }
            None => {
                let fresh = Stored {
                    generation: 1,
                    key: encode(&*Zeroizing::new(random::bytes::<32>()?)),
                };
                files::replace(&path, &Zeroizing::new(serde_json::to_string_pretty(&fresh)?))?;
                fresh
            }
        };
        let key = Zeroizing::new(decode(stored.key.as_bytes()).unwrap_or_default());
        if key.len() < 32 {
            return Err(LenderError::Damaged("codes.json"));
        }
        Ok(SpokenCodes {
            generation: stored.generation,
            key,
        })
    }

    /// `digits(HMAC-SHA-256(K, device ‖ lock_id ‖ slot ‖ generation))` with its Damm digit; every part has one length.
    fn draw(&self, device: &DeviceId, lock_id: LockId, slot: Slot) -> Result<Zeroizing<String>, LenderError> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).map_err(|_| LenderError::NoKey)?;
        mac.update(device.as_str().as_bytes());
        mac.update(&lock_id.get().to_be_bytes());
        mac.update(&[slot.get()]);
        mac.update(&self.generation.to_be_bytes());
        let drawn = mac.finalize().into_bytes();
        let number = drawn
            .iter()
            .take(16)
            .fold(0_u128, |n, byte| n << 8 | u128::from(*byte));
        let digits = code::digits_of(slot) - 1;
        let modulus = (0..digits).fold(1_u128, |n, _| n * 10);
        let plain = Zeroizing::new(format!("{:0digits$}", number % modulus));
        let whole = code::with_check_digit(&plain).ok_or(LenderError::Damaged("a code"))?;
        Ok(Zeroizing::new(whole))
    }

    /// The commitments of a new lock, one a slot. Takes about a second of a processor.
    pub(crate) fn commitments(
        &self,
        device: &DeviceId,
        lock_id: LockId,
    ) -> Result<Vec<Obj<Commitment>>, LenderError> {
        let slots = (1..=4_u64).map(|n| {
            let (slot, salt) = (Slot::try_from(n)?, random::id()?);
            let (m, t) = (Memory::try_from(MEMORY_KIB)?, Passes::try_from(PASSES)?);
            let typed = Typed::new(&self.draw(device, lock_id, slot)?).ok_or(LenderError::NoMemory)?;
            let h = code::commit(device, lock_id.get(), slot, &salt, m, t, &typed);
            Ok(Obj(Commitment {
                slot,
                salt,
                m,
                t,
                h: h.ok_or(LenderError::NoMemory)?,
            }))
        });
        slots.collect()
    }

    /// The code behind a commitment, in groups of four; refused if the secret is not the one that committed to it.
    pub(crate) fn read_out(
        &self,
        device: &DeviceId,
        lock_id: LockId,
        commitment: &Commitment,
    ) -> Result<String, LenderError> {
        let drawn = self.draw(device, lock_id, commitment.slot)?;
        let typed = Typed::new(&drawn).ok_or(LenderError::NoMemory)?;
        let challenge = code::Challenge {
            device: device.clone(),
            lock_id: lock_id.get(),
            commitment: commitment.clone(),
        };
        match code::check(&challenge, &typed) {
            Some(_) => Ok(code::grouped(&drawn)),
            None => Err(LenderError::Damaged(
                "codes.json is not the one that this lock was signed with",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_the_same_again_and_differs_by_phone_lock_and_slot() {
        let folder = tempfile::tempdir().unwrap();
        let codes = SpokenCodes::open(folder.path()).unwrap();
        let again = SpokenCodes::open(folder.path()).unwrap();
        let device = random::device_id().unwrap();
        let (lock, slot) = (LockId::MIN, Slot::MIN);
        let draw = |codes: &SpokenCodes, device: &DeviceId, lock: u64, slot: u64| {
            let drawn = codes.draw(device, lock.try_into().unwrap(), slot.try_into().unwrap());
            drawn.unwrap().as_str().to_owned()
        };
        let code = codes.draw(&device, lock, slot).unwrap();
        assert_eq!(code.len(), code::GRACE_DIGITS);
        assert_eq!(draw(&again, &device, 1, 1), *code);
        let others = [
            draw(&codes, &random::device_id().unwrap(), 1, 1),
            draw(&codes, &device, 2, 1),
            draw(&codes, &device, 1, 2),
        ];
        assert!(others.iter().all(|other| *other != *code));
        assert_eq!(draw(&codes, &device, 1, 4).len(), code::RELEASE_DIGITS);
        assert!(code::check_digit(
            &Typed::new(&draw(&codes, &device, 1, 4)).unwrap()
        ));
    }

    #[test]
    fn what_is_read_out_is_what_was_committed_to() {
        let folder = tempfile::tempdir().unwrap();
        let codes = SpokenCodes::open(folder.path()).unwrap();
        let device = random::device_id().unwrap();
        let made = codes.commitments(&device, LockId::MIN).unwrap();
        assert_eq!(
            made.iter().map(|c| c.slot.get()).collect::<Vec<_>>(),
            [1, 2, 3, 4]
        );
        let text = codes.read_out(&device, LockId::MIN, &made[3]).unwrap();
        assert!(text.split(' ').map(str::len).eq([4; 4]), "{text}");
        let other = SpokenCodes::open(tempfile::tempdir().unwrap().path()).unwrap();
        let refused = other.read_out(&device, LockId::MIN, &made[0]).unwrap_err();
        assert_eq!(refused.code(), "damaged");
    }
}
