//! Whatever time brings about by itself: warnings, breaches, escalations, reminders, and
//! whoever is away being stood in for.
//!
//! A timer decides nothing. It knows from the docket when to look at a request, and asks the
//! domain what is due. The command of such a look has an id made of the request and the
//! version that it looked at, so that any number of processes, and a process that never
//! learned whether its append was stored, do it once between them.

use crate::actor::Actor;
use crate::engine::{Context, Engine};
use crate::failure::Failure;
use domain::ids::RequestId;
use domain::request::Command;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use uuid::{Builder, Uuid};

/// The longest that is slept without looking at the time again: a machine may have been
/// asleep, or its clock been set.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);
/// After news it is worth waiting for more of it: this much later than due nobody minds.
const GATHERING: Duration = Duration::from_millis(250);
/// After a failure.
const REST: Duration = Duration::from_secs(5);

impl Engine {
    /// Does whatever has become due by now. Answers to how many requests something was added.
    ///
    /// A request that others keep changing is left for the next time, and does not hold up the
    /// others.
    pub async fn run_due(&self) -> Result<usize, Failure> {
        let mut checked = 0;
        loop {
            let desk = self.desk().await?;
            let docket = self.docket().await?;
            let mut added = 0;
            for (request, version) in docket.due(&desk, self.now()) {
                added += usize::from(self.check(request, version).await?);
            }
            checked += added;
            if added == 0 {
                return Ok(checked + self.cover_absences().await?);
            }
        }
    }

    /// Looks at one request. Whether anything was added to it.
    async fn check(&self, request: RequestId, version: u32) -> Result<bool, Failure> {
        let looking = format!("check {request} at {version}");
        let fingerprint = self.fingerprint(looking.as_bytes());
        let context = Context {
            actor: Actor::front_door("timers"),
            command: named_after(&fingerprint),
            fingerprint,
            effective_at: None,
            expected_version: None,
        };
        match self.act(&context, request, Command::Check).await {
            Ok(done) => Ok(!done.replayed && done.version > version),
            Err(failure @ (Failure::Refused(_) | Failure::Contended)) => {
                tracing::warn!(%request, error = %failure, "a request could not be looked at");
                Ok(false)
            }
            Err(failure) => Err(failure),
        }
    }

    /// Does whatever becomes due, when it does, for as long as the log is open.
    pub async fn keep_time(&self) {
        loop {
            let head = self.head();
            match self.run_due().await {
                Ok(_) => {
                    let sleep = self.until_next().await;
                    tokio::select! {
                        () = tokio::time::sleep(sleep) => {}
                        open = self.moved(head) => {
                            if !open {
                                return;
                            }
                            tokio::time::sleep(GATHERING).await;
                        }
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "what is due could not be done and is tried again");
                    tokio::time::sleep(REST).await;
                }
            }
        }
    }

    /// When something will be due next, as far as is known.
    pub async fn next_due(&self) -> Result<Option<Timestamp>, Failure> {
        let desk = self.desk().await?;
        let check = self.docket().await?.next(&desk);
        Ok(check.into_iter().chain(self.next_absence().await?).min())
    }

    /// How long nothing will be due, as far as is known.
    async fn until_next(&self) -> Duration {
        let Ok(next) = self.next_due().await else { return REST };
        let next = next.map_or(SignedDuration::MAX, |at| at.duration_since(self.now()));
        // What is due now and could not be done is not asked about without a pause.
        Duration::try_from(next).unwrap_or_default().clamp(GATHERING, LONGEST_SLEEP)
    }
}

/// An id of a hash: version 8 of RFC 9562, whose bits are anybody's.
fn named_after(hash: &[u8; 32]) -> Uuid {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(hash.first_chunk::<16>().unwrap_or(&[0; 16]));
    Builder::from_custom_bytes(bytes).into_uuid()
}
