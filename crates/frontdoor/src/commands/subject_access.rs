//! `frontdoor subject-access`: everything that is held about a child, as files, its documents
//! among them.

use crate::records::{app, asked};
use crate::storage::{Place, private_directory, write_private};
use crate::terminal::say;
use anyhow::Context as _;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;
use uuid::Uuid;
use web::records::{SubjectAccessFiles, subject_access};

/// Whose, where to, and in which form.
#[derive(Clone, Debug, Args)]
pub(crate) struct SubjectAccess {
    /// Any of the child's pseudonyms
    #[arg(value_name = "CHILD")]
    child: Uuid,
    /// A directory for the files; it is made, and only its owner can enter it
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// As a page instead of a letter
    #[arg(long, conflicts_with = "json")]
    html: bool,
    /// As JSON, with what is about other people in a part of its own
    #[arg(long)]
    json: bool,
}

impl SubjectAccess {
    pub(crate) async fn run(self, place: &Place) -> anyhow::Result<ExitCode> {
        let app = app(place).await?;
        let held = asked(subject_access(&app, self.child).await)?;
        let SubjectAccessFiles { json, text, html, documents } = held;
        let (name, content) = match (self.json, self.html) {
            (true, _) => ("subject-access.json", serde_json::to_string_pretty(&json)?),
            (false, true) => ("subject-access.html", html),
            (false, false) => ("subject-access.txt", text),
        };
        let count = documents.len();
        let all = std::iter::once((name.to_owned(), content.into_bytes())).chain(documents);
        private_directory(&self.out)
            .with_context(|| format!("cannot make {}", self.out.display()))?;
        for (name, bytes) in all {
            let path = self.out.join(name);
            write_private(&path, &bytes)
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        let checks = json["check"].as_array().map_or(0, Vec::len);
        say(format_args!(
            "{name} and {count} documents are in {}. Before any of it is given: {checks} texts are \
             to be read for what they say about other people.",
            self.out.display()
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}
