//! `{"reason": {"code", "criteria": […], "text"}}`: why, in a form that can be counted.

use crate::form::{Faults, Form, code, text, text_block};
use domain::personal::Words;
use domain::request::{Stated, event::Reason};
use serde_json::Value;

const MOST_CRITERIA: usize = 20;

/// Reads the member `reason`, which the rules may or may not require.
pub(crate) fn reason(form: &mut Form<'_>, faults: &mut Faults) -> Stated {
    form.optional("reason", faults, stated).unwrap_or_default()
}

fn stated(value: &Value, at: &str, faults: &mut Faults) -> Option<Stated> {
    let mut form = Form::of(value, at, faults)?;
    let code = form.required("code", faults, code);
    let criteria = form.list("criteria", MOST_CRITERIA, faults, text(120));
    let text = form.optional("text", faults, text_block(5_000));
    form.done(faults);
    let (criteria, own_words) =
        criteria.into_iter().partition(|criterion| Reason::names_a_criterion(criterion));
    let words = Words { text, criteria: own_words, ..Words::default() };
    Some(Stated { reason: Some(Reason { code: code?, criteria }), words })
}

/// Reads the member `text`: words that the rules may or may not require.
pub(crate) fn words(form: &mut Form<'_>, faults: &mut Faults) -> Words {
    Words { text: form.optional("text", faults, text_block(10_000)), ..Words::default() }
}
