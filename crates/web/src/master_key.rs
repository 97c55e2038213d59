//! `POST /keys/master/rotate`: every child's key wrapped by a new master key, while all goes on.

use crate::app::App;
use crate::command::Incoming;
use crate::form::{Faults, Form};
use crate::openapi::{Refused, Write};
use crate::problem::Problem;
use crate::written::Written;
use axum::extract::State;
use engine::MasterKeyRotated;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// That a new master key is in force. It is kept where the old one was, and never shown.
#[derive(Serialize, ToSchema)]
pub(crate) struct RotatedShown {
    #[schema(value_type = String, format = DateTime)]
    rotated_at: Timestamp,
    /// The name of the file, on the server, in which the old key is.
    #[schema(example = "master.key.old")]
    old_key_file: String,
    /// What is to be done now.
    then: &'static str,
}

/// Make a new master key and wrap every key by it, without a pause. The old one opens nothing
/// from then on but backups of the keys that were made before. Refused (409) when the master
/// key comes from the environment, where the server cannot keep another.
#[utoipa::path(
    post, path = "/keys/master/rotate", operation_id = "rotate_master_key", tag = "privacy",
    params(Write),
    responses((status = 200, body = RotatedShown), Refused),
)]
pub(crate) async fn rotate(
    State(app): State<App>,
    incoming: Incoming,
) -> Result<Written<RotatedShown>, Problem> {
    let mut faults = Faults::default();
    let form = Form::of(&incoming.body, "", &mut faults);
    let read = form.map(|form| form.done(&mut faults));
    faults.or(read)?;
    let context = incoming.context(None);
    // What was done once is not done again by a retry.
    let done_before = app.engine.carried_out(&context).await?.is_some();
    let (old_key_file, configured) = if done_before {
        (String::new(), app.engine.record_master_key(&context).await?)
    } else {
        let MasterKeyRotated { old_key_file, configured } =
            app.engine.rotate_master_key(&context).await?;
        let name = old_key_file.file_name().unwrap_or_default();
        (name.to_string_lossy().into_owned(), configured)
    };
    let shown = RotatedShown {
        rotated_at: app.engine.now(),
        old_key_file,
        then: "Take a backup of the keys now; then destroy the old key with every backup of the \
               keys from before.",
    };
    Ok(Written::now(configured, None, shown))
}
