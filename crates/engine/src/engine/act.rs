//! Something is done to a request that was received.

use super::{Addition, Appended, Context, Done, Engine, MOST_ATTEMPTS, Written};
use crate::failure::Failure;
use domain::child::Child;
use domain::event::Event;
use domain::ids::RequestId;
use domain::personal::Words;
use domain::request::{Command, Happened, Moment, Request};
use log::{Position, StreamName, Version};

impl Engine {
    /// Does something to a request. What it says about consent stands with the child too.
    pub async fn act(
        &self,
        context: &Context,
        request: RequestId,
        command: Command,
    ) -> Result<Done, Failure> {
        self.writing(self.keep_acting(context, request, command)).await
    }

    async fn keep_acting(
        &self,
        context: &Context,
        request: RequestId,
        command: Command,
    ) -> Result<Done, Failure> {
        for _attempt in 0..MOST_ATTEMPTS {
            if let Some(receipt) = self.receipt(context).await? {
                return self.first_answer(receipt).await;
            }
            if let Some(done) = self.try_act(context, request, command.clone()).await? {
                return Ok(done);
            }
        }
        Err(Failure::Contended)
    }

    /// One attempt; `None` when somebody else was faster.
    async fn try_act(
        &self,
        context: &Context,
        request: RequestId,
        command: Command,
    ) -> Result<Option<Done>, Failure> {
        let at = self.moment(context)?;
        let (state, version) = self.request(request).await?;
        let Some(case) = state.case() else {
            return Err(domain::request::Refusal::NotReceived.into());
        };
        if let Some(expected) = context.expected_version.filter(|expected| *expected != version) {
            return Err(Failure::Stale { expected, actual: version });
        }
        let child = case.child;
        let subject = child.map_or(request.0, |child| child.0);
        let consent = command.consent().map(|(consent, said)| {
            let words = Words { consent: said.consent.clone(), ..Words::default() };
            Child::consent(consent.clone(), words)
        });
        let desk = self.desk().await?;
        let changes = state.proceed(command, &desk, at)?;
        if changes.is_empty() {
            let (case, position) = (case.clone(), self.head());
            return Ok(Some(Done { case, version, position, replayed: false }));
        }
        let stream = format!("request-{request}");
        let mut additions =
            vec![Addition { stream, expected: version, changes, subject: Some(subject) }];
        if let (Some(child), Some(change)) = (child, consent) {
            let stream = format!("child-{child}");
            let expected = self.version_of(&stream).await?;
            let changes = vec![change];
            additions.push(Addition { stream, expected, changes, subject: Some(subject) });
        }
        match self.append(context, at, &additions).await? {
            Appended::Now(written) => {
                Self::done(state, version, at, &additions, &written).map(Some)
            }
            Appended::Before(receipt) => self.first_answer(receipt).await.map(Some),
            Appended::Conflict => Ok(None),
        }
    }

    /// The request as the first addition left it.
    pub(super) fn done(
        state: Request,
        version: u32,
        at: Moment,
        additions: &[Addition],
        written: &Written,
    ) -> Result<Done, Failure> {
        let mut state = state;
        let mut version = version;
        let request = additions.iter().zip(&written.ids).take(1);
        for (change, id) in request.flat_map(|(part, ids)| part.changes.iter().zip(ids)) {
            if let Event::Request(event) = &change.event {
                let clocks = &change.clocks;
                let effective_at = at.effective_at;
                state = state.evolve(&Happened { id: *id, effective_at, event, clocks });
            }
            version += 1;
        }
        let case = state.case().cloned().ok_or(Failure::Contended)?;
        Ok(Done { case, version, position: written.receipt.last.get(), replayed: false })
    }

    /// A request and its version, as of now.
    pub async fn request(&self, request: RequestId) -> Result<(Request, u32), Failure> {
        self.request_up_to(request, Position::new(u64::MAX)).await
    }

    /// A request and its version, as of a position.
    pub(crate) async fn request_up_to(
        &self,
        request: RequestId,
        last: Position,
    ) -> Result<(Request, u32), Failure> {
        let mut state = Request::default();
        let mut version = 0;
        for recorded in self.stream(&format!("request-{request}")).await? {
            if recorded.position > last.get() {
                break;
            }
            version = recorded.version;
            if let Some(happened) = recorded.happened() {
                state = state.evolve(&happened);
            }
        }
        Ok((state, version))
    }

    async fn version_of(&self, stream: &str) -> Result<u32, Failure> {
        let stream = StreamName::try_new(stream).map_err(log::Error::from)?;
        let records = self.inner.log.read_stream(&stream, Version::NONE).await?;
        Ok(records.last().map_or(0, |record| record.version.get()))
    }
}
