//! A form that comes back to its sender, with what was wrong beside what they had typed.

use super::taken::Taken;
use crate::api::Answer;
use crate::faults::Faults;
use crate::fields::{self, Rows};
use crate::page::Returned;
use axum::http::StatusCode;
use axum::response::Response;

const CHANGED: &str = "Somebody changed this while you wrote. What you see now is as it is; look \
                       at it and send yours again.";

impl Taken<'_> {
    /// With what the API found.
    pub(super) async fn back(self, answer: Answer) -> Response {
        let fields = &self.sent.fields;
        let mut faults = match answer.status {
            StatusCode::NOT_FOUND | StatusCode::UNAUTHORIZED => return self.nowhere(),
            StatusCode::PRECONDITION_FAILED => Faults::about("", CHANGED),
            // Who may see the page but may not do this, or not as things stand, is told so there.
            _ => Faults::of(&answer.says).named(|field| fields::as_sent(field, fields)),
        };
        faults.stand_as_typed(&Rows::of(fields));
        if let Some(takes) = self.form.takes() {
            takes.placed(&mut faults);
        }
        let fresh = self.returned(faults);
        // Whether it was done is not known: it is sent again under its own key, and done once.
        let unknown = answer.status.is_server_error();
        let key = self.sent.key.clone().filter(|_| unknown).unwrap_or_else(|| fresh.key.clone());
        let query = self.sent.query();
        self.page(query, Some(Returned { status: answer.status, key, ..fresh }), None).await
    }

    /// With what the API was not even asked for.
    pub(super) async fn again(self, faults: Faults) -> Response {
        let (query, back) = (self.sent.query(), self.returned(faults));
        self.page(query, Some(back), None).await
    }
}
