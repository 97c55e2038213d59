//! What is said of consent, in a submission and when it is supplied later.

use crate::form::{Faults, Form, code, date, flag, text, text_block};
use domain::intake::Consent;
use jiff::civil::Date;
use serde_json::Value;

/// Consent, with the words that go with it.
pub(super) struct Said {
    pub(super) consent: Consent,
    pub(super) method: Option<String>,
    pub(super) override_reason: Option<String>,
}

/// Reads `{"given": true, "by": "parent", "on": "2026-05-01", "method": "written"}`, or
/// `{"given": false}`, or an `override_reason` where safeguarding requires it.
pub(super) fn consent(today: Date) -> impl Fn(&Value, &str, &mut Faults) -> Option<Said> {
    move |value, at, faults| {
        let mut form = Form::of(value, at, faults)?;
        let override_reason = form.optional("override_reason", faults, text_block(2_000));
        let given = form.optional("given", faults, flag);
        let by = form.optional("by", faults, code);
        let on = form.optional("on", faults, date);
        let method = form.optional("method", faults, text(100));
        if !form.has("given") && !form.has("override_reason") {
            faults.say(&form.at("given"), "say whether consent is given: true or false");
        }
        if on.is_some_and(|on| on > today) {
            faults.say(&form.at("on"), "this day is still to come");
        }
        form.done(faults);
        let overridden = override_reason.is_some();
        let consent = Consent { given: given.unwrap_or(false), by, on, overridden };
        Some(Said { consent, method, override_reason })
    }
}
