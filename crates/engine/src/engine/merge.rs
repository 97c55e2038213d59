//! Two requests that a person says are one: one ends, the other goes on, in one append.

use super::{Addition, Appended, Context, Done, Engine, MOST_ATTEMPTS};
use crate::failure::Failure;
use domain::ids::RequestId;
use domain::personal::Words;
use domain::request::{Case, Command, Merge, Refusal};
use uuid::Uuid;

impl Engine {
    /// Merges a request into another one. What was said in it stays under its own key, where
    /// it is; the survivor's timeline points there.
    pub async fn merge(
        &self,
        context: &Context,
        from: RequestId,
        into: RequestId,
        words: Words,
    ) -> Result<Done, Failure> {
        self.writing(self.keep_merging(context, from, into, words)).await
    }

    async fn keep_merging(
        &self,
        context: &Context,
        from: RequestId,
        into: RequestId,
        words: Words,
    ) -> Result<Done, Failure> {
        for _attempt in 0..MOST_ATTEMPTS {
            if let Some(receipt) = self.receipt(context).await? {
                return self.first_answer(receipt).await;
            }
            if let Some(done) = self.try_merge(context, from, into, words.clone()).await? {
                return Ok(done);
            }
        }
        Err(Failure::Contended)
    }

    /// One attempt; `None` when somebody else was faster.
    async fn try_merge(
        &self,
        context: &Context,
        from: RequestId,
        into: RequestId,
        words: Words,
    ) -> Result<Option<Done>, Failure> {
        let at = self.moment(context)?;
        let (ending, version) = self.request(from).await?;
        let (surviving, survivors_version) = self.request(into).await?;
        let (Some(case), Some(survivor)) = (ending.case(), surviving.case()) else {
            return Err(Refusal::NotReceived.into());
        };
        if let Some(expected) = context.expected_version.filter(|expected| *expected != version) {
            return Err(Failure::Stale { expected, actual: version });
        }
        let same_child = match (case.child, survivor.child) {
            (Some(one), Some(other)) => self.are_one(one, other).await?,
            (one, other) => one == other,
        };
        let desk = self.desk().await?;
        let merge = Merge { into: survivor.clone(), same_child, words };
        let additions = [
            Addition {
                stream: format!("request-{from}"),
                expected: version,
                changes: ending.decide(Command::Merge(Box::new(merge)), &desk, at)?,
                subject: Some(subject(case)),
            },
            Addition {
                stream: format!("request-{into}"),
                expected: survivors_version,
                changes: surviving.decide(Command::Absorb(from), &desk, at)?,
                subject: Some(subject(survivor)),
            },
        ];
        match self.append(context, at, &additions).await? {
            Appended::Now(written) => {
                Self::done(ending, version, at, &additions, &written).map(Some)
            }
            Appended::Before(receipt) => self.first_answer(receipt).await.map(Some),
            Appended::Conflict => Ok(None),
        }
    }
}

/// Whose key seals what is said in a request.
pub(super) fn subject(case: &Case) -> Uuid {
    case.child.map_or(case.id.0, |child| child.0)
}
