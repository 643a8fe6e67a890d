//! Doing something once, however often it is asked: the answer is kept with the effect, in one transaction.
//!
//! Whoever asks chooses a key; asked again with the same request it gets the answer that was given, and nothing is done twice. A refusal changes nothing and is not kept. It knows
//! neither HTTP nor what is done. Broken input: the same key with another request is [`crate::store::error::StoreError::RequestReused`].

use crate::calendar::Moment;
use crate::service::Service;
use crate::service::problem::ServiceError;
use crate::service::report::Batch;
use crate::store::error::StoreError;
use crate::store::records::StoredAnswer;

/// An answer is kept for thirty days; whoever asks again later has long looked how the report stands.
const KEPT_SECONDS: i64 = 30 * 24 * 3600;

/// Under which key something is done once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// The key, with whose it is.
    pub key: String,
    /// Hash of the whole request.
    pub request_hash: String,
}

/// An answer, and whether it was given before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The answer's bytes.
    pub answer: Vec<u8>,
    /// Whether nothing was done this time.
    pub again: bool,
}

impl Service {
    /// Does something in one transaction; under a key, once. After `Ok` effect and answer survive loss of power.
    pub fn once(
        &self,
        once: Option<&Once>,
        now: Moment,
        work: impl FnOnce(&mut Batch<'_>) -> Result<Vec<u8>, ServiceError>,
    ) -> Result<Answered, ServiceError> {
        let mut batch = self.batch()?;
        if let Some(once) = once
            && let Some(stored) = batch.transaction.answer(&once.key)?
        {
            if stored.request_hash != once.request_hash {
                let key = once.key.clone();
                return Err(StoreError::RequestReused { key }.into());
            }
            return Ok(Answered {
                answer: stored.answer,
                again: true,
            });
        }
        let answer = work(&mut batch)?;
        if let Some(once) = once {
            batch
                .transaction
                .delete_answers_before(now.plus_seconds(-KEPT_SECONDS))?;
            batch.transaction.remember_answer(&StoredAnswer {
                key: once.key.clone(),
                request_hash: once.request_hash.clone(),
                answer: answer.clone(),
                at: now,
            })?;
        }
        batch.commit()?;
        Ok(Answered {
            answer,
            again: false,
        })
    }
}
