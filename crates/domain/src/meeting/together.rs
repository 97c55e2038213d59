//! Several commands as one: the clerk says at once that six members came in, the officer gives
//! their word on every decision of a meeting. All of it is done or none.

use super::{Around, Meeting, MeetingCommand, MeetingRefusal, Upshot};
use crate::request::Moment;

impl Meeting {
    /// What follows from these commands, one after the other, or the first refusal. No two of
    /// them may change the same request.
    pub fn decide_all(
        &self,
        commands: &[MeetingCommand],
        around: &Around<'_>,
        at: Moment,
    ) -> Result<Upshot, MeetingRefusal> {
        let mut now = self.clone();
        let mut all = Upshot::default();
        for command in commands {
            let upshot = now.decide(command.clone(), around, at)?;
            let own = now.sitting().and_then(|sitting| upshot.meetings.get(&sitting.id));
            for event in own.cloned().unwrap_or_default() {
                now = now.evolve(&event, at.effective_at);
            }
            all.join(upshot);
        }
        Ok(all)
    }
}

impl Upshot {
    fn join(&mut self, then: Self) {
        for (meeting, events) in then.meetings {
            self.meetings.entry(meeting).or_default().extend(events);
        }
        self.diary.extend(then.diary);
        for (request, changes) in then.requests {
            self.requests.entry(request).or_default().extend(changes);
        }
    }
}
