//! A school that asks about a child it asked about before: by mistake, or about something else.

use super::{Due, Year, actor};
use crate::demo::dice::Dice;
use crate::demo::life::Who;
use crate::demo::phrases::say;
use crate::demo::theme::Theme;
use domain::intake::Submission;
use domain::request::Command;
use jiff::{SignedDuration, Timestamp};

/// So many requests in a hundred are sent twice, and so many are about a child known before.
const TWICE_PERCENT: u32 = 2;
const KNOWN_PERCENT: u32 = 3;
/// A mistake is made within so many requests.
const SOON: usize = 5;

/// What a second request has to do with the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// It is the same once more.
    Twice,
    /// It is about the same child.
    SameChild,
}

impl Year {
    /// The story that a request repeats, if it repeats one.
    pub(super) fn repeats(&self, theme: &Theme, dice: &mut Dice) -> Option<(Again, usize)> {
        let stories = u32::try_from(self.stories.len()).ok()?;
        let (again, earlier) = match dice.below(100) {
            luck if luck < TWICE_PERCENT => {
                let back = usize::try_from(dice.between(1..=5)).unwrap_or(SOON);
                (Again::Twice, self.stories.len().checked_sub(back)?)
            }
            luck if luck < TWICE_PERCENT + KNOWN_PERCENT => {
                (Again::SameChild, usize::try_from(dice.below(stories)).ok()?)
            }
            _ => return None,
        };
        let story = self.stories.get(earlier)?;
        let fits = theme.phases.contains(&story.asking.school.phase)
            && theme.about == story.submission.intake.about
            && story.submission.child.is_some();
        (again == Again::Twice || fits).then_some((again, earlier))
    }

    /// What the school sends, where it repeats a story.
    pub(super) fn repeated(&self, again: Again, earlier: usize, new: Submission) -> Submission {
        let Some(story) = self.stories.get(earlier) else { return new };
        match again {
            Again::Twice => story.submission.clone(),
            Again::SameChild => about_the_same(&story.submission, new),
        }
    }

    /// Somebody notices before the day is over.
    pub(super) fn plan_joining(&mut self, at: Timestamp, again: Again, one: usize, other: usize) {
        let calendar = self.working_hours.clone();
        let minutes = self.dice.between(20..=200);
        let at = calendar.add_working_time(at, SignedDuration::from_mins(minutes));
        if at < self.now {
            self.plan(at, Due::Joining { again, one, other });
        }
    }

    /// Says what two requests have to do with each other.
    pub(super) async fn join(
        &mut self,
        at: Timestamp,
        again: Again,
        one: usize,
        other: usize,
    ) -> anyhow::Result<()> {
        let (Some(earlier), Some(later)) = (self.stories.get(one), self.stories.get(other)) else {
            return Ok(());
        };
        let context = self.context(actor(&Who::Adviser, &later.school)?)?;
        if let (Some(one), Some(other)) = (earlier.child, later.child) {
            self.engine.link(&context, one, other).await?;
        }
        if again == Again::SameChild {
            return Ok(());
        }
        let (from, into) = (later.request, earlier.request);
        let context = self.context(actor(&Who::Adviser, &later.school)?)?;
        if self.engine.docket().await?.find(into).is_some() {
            let words = say(&self.stationery.phrases.duplicates, &mut self.dice);
            self.engine.merge(&context, from, into, words).await?;
            return Ok(());
        }
        // What went before has ended: this one has a life of its own.
        let done = self.engine.act(&context, from, Command::Check).await?;
        self.follow(other, at, &done.case).await
    }
}

/// The new request, about the child of the earlier one.
fn about_the_same(earlier: &Submission, mut new: Submission) -> Submission {
    if let (Some(before), Some(now)) = (&earlier.child, &new.child)
        && let Some(description) = &mut new.particulars.description
    {
        *description = description.replace(&now.given_name, &before.given_name);
    }
    new.child.clone_from(&earlier.child);
    new.intake.child.clone_from(&earlier.intake.child);
    new
}
