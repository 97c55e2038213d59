//! For whom sealed boxes are opened, if for anybody.
//!
//! Questions about the past are asked over the API, by a caller with a permit, and at the
//! command line, by somebody who has a copy of the data directory and no account. What they
//! are shown is made by the same functions; only the opening differs.

use crate::app::{App, Permit};
use crate::problem::Problem;
use domain::personal::Personal;
use engine::{Engine, Opened, SealedBox};

/// Who reads.
pub(crate) enum Reader<'a> {
    /// A caller, as far as the permit reaches.
    Permitted(&'a App, &'a Permit),
    /// Somebody at the command line, who gave a name and a reason.
    Named {
        /// What opens.
        engine: &'a Engine,
        /// Who.
        who: &'a str,
        /// Which command.
        operation: &'a str,
        /// Why.
        why: &'a str,
    },
    /// Somebody who is shown nobody's name.
    Nameless,
}

impl Reader<'_> {
    /// Opens boxes, in order, once the access is on record; `None`: the reader may not know
    /// what is in it, or nobody can any more.
    pub(crate) async fn open(
        &self,
        boxes: Vec<SealedBox>,
    ) -> Result<Vec<Option<Personal>>, Problem> {
        match self {
            Self::Permitted(app, permit) => permit.open(app, boxes).await,
            Self::Named { engine, who, operation, why } => {
                let opened = engine.open((who, "command-line"), (operation, why), &boxes).await?;
                Ok(opened.into_iter().map(personal).collect())
            }
            Self::Nameless => Ok(boxes.iter().map(|_| None).collect()),
        }
    }
}

fn personal(opened: Opened) -> Option<Personal> {
    match opened {
        Opened::Personal(personal) => Some(personal),
        Opened::Erased => None,
    }
}
