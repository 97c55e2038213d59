//! Requests for access to what is held about a child: asked, asked back, extended, answered.

use super::{Addition, Appended, Context, Engine, MOST_ATTEMPTS};
use crate::failure::Failure;
use domain::calendar::london;
use domain::child::{Child, ChildRefusal};
use domain::event::{Change, Event};
use domain::ids::{ChildId, SubjectAccessId};
use domain::subject_access::{SubjectAccess, SubjectAccessCommand, SubjectAccessRefusal};

/// A request for access as a command left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectAccessDone {
    /// Where it stands.
    pub standing: SubjectAccess,
    /// The last position that the command wrote.
    pub position: u64,
    /// Whether this is the answer to the first of several tries.
    pub replayed: bool,
}

/// A child's stream, as far as requests for access go.
#[derive(Default)]
struct Asked {
    child: Child,
    version: u32,
    all: Vec<SubjectAccess>,
    /// The one that was last spoken of.
    last: Option<SubjectAccessId>,
}

impl Engine {
    /// Records something about a request for access to what is held about a child.
    pub async fn subject_access(
        &self,
        context: &Context,
        child: ChildId,
        command: SubjectAccessCommand,
    ) -> Result<SubjectAccessDone, Failure> {
        self.writing(self.keep_asking(context, child, command)).await
    }

    async fn keep_asking(
        &self,
        context: &Context,
        child: ChildId,
        command: SubjectAccessCommand,
    ) -> Result<SubjectAccessDone, Failure> {
        for _attempt in 0..MOST_ATTEMPTS {
            if let Some(receipt) = self.receipt(context).await? {
                return self.asked_then(child, receipt.last.get(), true).await;
            }
            let at = self.moment(context)?;
            let asked = self.asked(child, u64::MAX).await?;
            if asked.child == Child::Unknown {
                return Err(ChildRefusal::Unknown.into());
            }
            let changes = self.decide_access(&asked, command.clone(), at.recorded_at).await?;
            let subject = changes.iter().any(|it| it.personal.is_some()).then_some(child.0);
            let (stream, expected) = (format!("child-{child}"), asked.version);
            let addition = Addition { stream, expected, changes, subject };
            match self.append(context, at, &[addition]).await? {
                Appended::Now(written) => {
                    return self.asked_then(child, written.receipt.last.get(), false).await;
                }
                Appended::Before(receipt) => {
                    return self.asked_then(child, receipt.last.get(), true).await;
                }
                Appended::Conflict => {}
            }
        }
        Err(Failure::Contended)
    }

    async fn decide_access(
        &self,
        asked: &Asked,
        command: SubjectAccessCommand,
        at: jiff::Timestamp,
    ) -> Result<Vec<Change>, Failure> {
        use SubjectAccessCommand as C;
        let desk = self.desk().await?;
        let today = (london::wall(at).date(), &desk.calendar);
        let request = match &command {
            C::Ask { .. } => {
                let request = SubjectAccessId(self.inner.ids.fresh(at)?);
                return Ok(SubjectAccess::ask(request, command, today)?);
            }
            C::AskBack(request, ..)
            | C::Resume(request, _)
            | C::Extend(request, ..)
            | C::Answer(request, ..) => *request,
        };
        let known = asked.all.iter().find(|one| one.request == request);
        Ok(known.ok_or(SubjectAccessRefusal::Unknown)?.decide(command, today)?)
    }

    /// The request for access that was last spoken of, as of a position.
    async fn asked_then(
        &self,
        child: ChildId,
        position: u64,
        replayed: bool,
    ) -> Result<SubjectAccessDone, Failure> {
        let asked = self.asked(child, position).await?;
        let standing = asked.all.into_iter().find(|one| Some(one.request) == asked.last);
        let standing = standing.ok_or(Failure::KeyReused)?;
        Ok(SubjectAccessDone { standing, position, replayed })
    }

    async fn asked(&self, child: ChildId, last: u64) -> Result<Asked, Failure> {
        let mut asked = Asked::default();
        for recorded in self.stream(&format!("child-{child}")).await? {
            if recorded.position > last {
                break;
            }
            asked.version = recorded.version;
            let Some(Event::Child(event)) = &recorded.event else { continue };
            asked.last = SubjectAccess::spoken_of(event).or(asked.last);
            asked.child = asked.child.evolve(event);
            asked.all = SubjectAccess::follow(asked.all, event);
        }
        Ok(asked)
    }
}
