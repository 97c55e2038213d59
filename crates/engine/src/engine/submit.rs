//! A request for support comes in.

use super::drafts::DraftRead;
use super::{Addition, Appended, Context, Done, Engine};
use crate::failure::Failure;
use domain::child::Child;
use domain::ids::{ChildId, RequestId, SchoolId, TeamId};
use domain::intake::Submission;
use domain::personal::Words;
use domain::request::{Command, Request, Submit};
use vault::Subject;

impl Engine {
    /// Stores a request, its child, its triage, its owner and its promises in one append.
    ///
    /// The key that seals it is on disk before anything is sealed with it. A key whose
    /// append then fails opens nothing and names nobody.
    pub async fn submit(
        &self,
        context: &Context,
        school: SchoolId,
        submission: Submission,
    ) -> Result<Done, Failure> {
        self.writing(self.try_submit(context, school, submission, None)).await
    }

    /// `draft` is the draft that becomes the request, as it was read.
    pub(super) async fn try_submit(
        &self,
        context: &Context,
        school: SchoolId,
        submission: Submission,
        draft: Option<&DraftRead>,
    ) -> Result<Done, Failure> {
        if let Some(receipt) = self.receipt(context).await? {
            return self.first_answer(receipt).await;
        }
        let at = self.moment(context)?;
        let desk = self.desk().await?;
        let request = RequestId(self.inner.ids.fresh(at.recorded_at)?);
        let child = match &submission.child {
            Some(_) => Some(ChildId(self.inner.ids.fresh(at.recorded_at)?)),
            None => None,
        };
        let subject = child.map_or(request.0, |child| child.0);
        let registered = child_changes(child, &submission);
        let team = TeamId::front_door();
        let workload = self.docket().await?.workload();
        let submit = Submit { request, child, school, team, workload, submission };
        let state = Request::NotReceived;
        let changes = state.decide(Command::Submit(Box::new(submit)), &desk, at)?;
        self.inner.vault.create_key(Subject::new(subject)).await?;

        let stream = format!("request-{request}");
        let mut additions = vec![Addition { stream, expected: 0, changes, subject: Some(subject) }];
        if let Some(child) = child {
            let stream = format!("child-{child}");
            let changes = registered;
            additions.push(Addition { stream, expected: 0, changes, subject: Some(subject) });
        }
        if let Some(draft) = draft {
            additions.push(draft.ends_as(school, request)?);
        }
        match self.append(context, at, &additions).await? {
            Appended::Now(written) => Self::done(state, 0, at, &additions, &written),
            Appended::Before(receipt) => self.first_answer(receipt).await,
            // Nobody else can have written to streams of ids that were just made; the draft was
            // saved again since it was read.
            Appended::Conflict => Err(Failure::Contended),
        }
    }
}

fn child_changes(child: Option<ChildId>, submission: &Submission) -> Vec<domain::event::Change> {
    let (Some(child), Some(identity)) = (child, submission.child.clone()) else { return vec![] };
    let said = submission.particulars.consent_words();
    let consent = submission.intake.consent.clone();
    let consent = consent.map(|consent| (consent, Words { consent: said, ..Words::default() }));
    Child::register(child, identity, consent)
}
