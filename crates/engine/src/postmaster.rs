//! The postmaster: writes down who is to be told of what, for each event once.
//!
//! It only intends; sending is for [`crate::post`]. In between lies the log, so that whatever
//! stops the one or the other, nothing that should be said is lost.

use crate::engine::{Consequence, Engine, Reaction};
use crate::failure::Failure;
use crate::stored::Recorded;
use domain::event::{Event, NoticeEvent, RequestEvent};
use domain::ids::NoticeId;
use domain::notice::event::Intended;
use domain::notice::{Addressed, Notice, NoticeChannel, NoticeCommand, news};
use domain::request::Request;

/// Follows requests, and intends messages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Postmaster;

impl Reaction for Postmaster {
    const NAME: &'static str = "postmaster";

    fn follows(&self, stream: &str) -> bool {
        stream.starts_with("request-")
    }

    async fn answer(&self, engine: &Engine, cause: &Recorded) -> Result<Vec<Consequence>, Failure> {
        let mut consequences = Vec::new();
        for intended in engine.intended(cause).await? {
            let stream = format!("notice-{}", intended.notice);
            let command = NoticeCommand::Intend(intended);
            let changes = Notice::NotIntended.decide(command, engine.now())?;
            consequences.push(Consequence { stream, expected: 0, changes, subject: None });
        }
        Ok(consequences)
    }
}

impl Engine {
    /// The messages that an event calls for. Nobody is told anything who did not choose how.
    async fn intended(&self, cause: &Recorded) -> Result<Vec<Intended>, Failure> {
        let (Some(request), Some(happened)) = (cause.request(), cause.happened()) else {
            return Ok(vec![]);
        };
        let event = happened.event;
        let mut state = Request::default();
        let mut at_receipt = false;
        for recorded in self.stream(&cause.stream).await? {
            if recorded.position > cause.position {
                break;
            }
            let Some(happened) = recorded.happened() else { continue };
            at_receipt |= recorded.command_id == cause.command_id
                && matches!(happened.event, RequestEvent::Received(_));
            state = state.evolve(&happened);
        }
        let Some(request_now) = state.case() else { return Ok(vec![]) };
        let addressed = news(event, request_now, at_receipt);
        let desk = self.desk().await?;
        let intended = addressed.into_iter().filter_map(|Addressed { to, kind }| {
            let channel = desk.updates.get(&to)?.channel;
            let notice = NoticeId::of(cause.id, &to).ok()?;
            let told = channel != NoticeChannel::None;
            told.then_some(Intended { notice, to, request, kind, channel })
        });
        Ok(intended.collect())
    }

    /// A message and its version, as of now.
    pub async fn notice(&self, notice: &NoticeId) -> Result<(Notice, u32), Failure> {
        let mut state = Notice::default();
        let mut version = 0;
        for recorded in self.stream(&format!("notice-{notice}")).await? {
            version = recorded.version;
            if let Some(event) = recorded.noticed() {
                state = state.evolve(event);
            }
        }
        Ok((state, version))
    }
}

impl Recorded {
    /// The event as a message's history follows it, if it is one of a message's.
    #[must_use]
    pub fn noticed(&self) -> Option<&NoticeEvent> {
        if let Some(Event::Notice(event)) = &self.event { Some(event) } else { None }
    }

    /// The message whose stream it is in.
    #[must_use]
    pub fn notice(&self) -> Option<NoticeId> {
        self.stream.strip_prefix("notice-")?.parse().ok()
    }
}
