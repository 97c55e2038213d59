//! For whom boxes are opened: a caller of the API, or whoever has the data directory itself and
//! uses the command line. Either way the access is on record first.

use crate::app::{App, Permit};
use crate::problem::Problem;
use domain::personal::Personal;
use engine::{Opened, SealedBox};

/// For whom.
#[derive(Clone, Copy)]
pub(crate) enum Opener<'a> {
    /// A caller, as far as the table of permissions says.
    Caller(&'a Permit),
    /// The command line, for this operation.
    CommandLine(&'static str),
}

impl Opener<'_> {
    /// Opens boxes, in their order, after the access is on record.
    pub(crate) async fn open(
        self,
        app: &App,
        boxes: Vec<SealedBox>,
    ) -> Result<Vec<Option<Personal>>, Problem> {
        match self {
            Self::Caller(permit) => permit.open(app, boxes).await,
            Self::CommandLine(operation) => {
                let doing = (operation, "on the command line");
                let opened = app.engine.open(("command-line", "system"), doing, &boxes).await?;
                let read = opened.into_iter().map(|opened| match opened {
                    Opened::Personal(personal) => Some(personal),
                    Opened::Erased => None,
                });
                Ok(read.collect())
            }
        }
    }
}
