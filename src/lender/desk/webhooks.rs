//! Webhooks: where other systems are told what happened.

use super::{By, Desk};
use crate::error::LenderError;
use crate::store::webhooks::of_state;
use crate::webhooks;

pub use crate::webhooks::{Event, Hook, Sent};

impl Desk {
    /// Every endpoint, with the secret and the key that its messages are checked with.
    ///
    /// # Errors
    /// The store refused.
    pub async fn webhooks(&self) -> Result<Vec<Hook>, LenderError> {
        webhooks::all(&self.house, self.tenant()).await
    }

    /// Makes an endpoint, or (`id`) changes one and switches it on again.
    ///
    /// # Errors
    /// `url_not_public`, `not_found`, `too_many_rows`.
    pub async fn set_webhook(
        &self,
        id: Option<&str>,
        url: &str,
        events: &[Event],
        by: &By,
    ) -> Result<Hook, LenderError> {
        webhooks::put(&self.house, self.tenant(), id, (url, events), by).await
    }

    /// Takes an endpoint away; what it was not told yet is dead.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn remove_webhook(&self, id: &str, by: &By) -> Result<(), LenderError> {
        webhooks::remove(&self.house, self.tenant(), id, by).await
    }

    /// A fresh secret; the old one signs beside it for a day.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn rotate_webhook(&self, id: &str, by: &By) -> Result<Hook, LenderError> {
        webhooks::rotate(&self.house, self.tenant(), id, by).await
    }

    /// Sends an endpoint a message about nothing.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn test_webhook(&self, id: &str) -> Result<(), LenderError> {
        webhooks::test(&self.house, self.tenant(), id).await
    }

    /// The newest messages of a state: `pending`, `delivered` or `dead`.
    ///
    /// # Errors
    /// The store refused.
    pub async fn webhook_messages(&self, state: &str, limit: i64) -> Result<Vec<Sent>, LenderError> {
        let mut conn = self.house.store.read().await?;
        of_state(&mut conn, self.tenant(), state, limit).await
    }

    /// Sends a message once more, under its old id.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn replay_webhook(&self, message: &str) -> Result<(), LenderError> {
        webhooks::again(&self.house, self.tenant(), message).await
    }

    /// Sends what is due now, for a store whose server is not running.
    ///
    /// # Errors
    /// The store refused.
    pub async fn send_webhooks(&self) -> Result<(), LenderError> {
        webhooks::run(&self.house, self.tenant()).await.map(|_| ())
    }
}
