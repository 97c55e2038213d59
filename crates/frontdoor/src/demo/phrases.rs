//! What people write and say, from `county/demo/words.json`: believable, and never of
//! anybody real.

use super::dice::Dice;
use anyhow::Context as _;
use domain::codes::ReasonCode;
use domain::personal::Words;
use domain::request::Stated;
use domain::request::event::Reason;
use serde::Deserialize;

/// Sentences by occasion.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Phrases {
    pub(super) roles: Vec<String>,
    pub(super) tried: Vec<String>,
    pub(super) provision: Vec<String>,
    pub(super) consent_methods: Vec<String>,
    pub(super) consented: Vec<String>,
    pub(super) questions: Vec<String>,
    pub(super) answers: Vec<String>,
    pub(super) advice: Vec<String>,
    pub(super) waiting_advice: Vec<String>,
    pub(super) urgent_advice: Vec<String>,
    pub(super) redirected: Vec<String>,
    pub(super) panel_declined: Vec<String>,
    pub(super) notes: Vec<String>,
    pub(super) contact: Vec<String>,
    pub(super) outcomes: Vec<String>,
    pub(super) closing: Vec<String>,
    pub(super) no_answer: Vec<String>,
    pub(super) withdrawals: Vec<String>,
    pub(super) reopened: Vec<String>,
    pub(super) declines: Vec<Decline>,
    pub(super) referred: Vec<String>,
    pub(super) overrules: Vec<String>,
    pub(super) package: Vec<String>,
    pub(super) panel_service: Vec<String>,
    pub(super) panel_advice: Vec<String>,
    pub(super) panel_decline: Vec<String>,
    pub(super) officer_declines: Vec<String>,
    pub(super) panel_questions: Vec<String>,
    pub(super) panel_deferred: Vec<String>,
    pub(super) panel_ehc: Vec<String>,
    pub(super) panel_criteria: Vec<String>,
    pub(super) dissent: Vec<String>,
    pub(super) no_interest: Vec<String>,
    pub(super) recused: Vec<String>,
    pub(super) no_quorum: Vec<String>,
    pub(super) depth_changed: Vec<String>,
    pub(super) queries: Vec<String>,
    pub(super) query_answers: Vec<String>,
    pub(super) reviews: Vec<String>,
    pub(super) measures: Vec<String>,
    pub(super) signposts: Vec<String>,
    pub(super) advice_accepted: Vec<String>,
    pub(super) advice_declined: Vec<String>,
    pub(super) outcome_disputed: Vec<String>,
    pub(super) feedback: Vec<String>,
    pub(super) involved: Vec<String>,
    pub(super) released: Vec<String>,
    pub(super) handed_over: Vec<String>,
    pub(super) statutory_denied: Vec<String>,
    pub(super) excusals: Vec<String>,
    pub(super) duplicates: Vec<String>,
}

/// Why a service declines.
#[derive(Deserialize)]
pub(super) struct Decline {
    pub(super) code: ReasonCode,
    pub(super) text: String,
}

impl Phrases {
    pub(super) fn read() -> anyhow::Result<Self> {
        serde_json::from_str(include_str!("../../county/demo/words.json"))
            .context("the built-in file demo/words.json cannot be read")
    }
}

/// One of these sentences.
pub(super) fn say(lines: &[String], dice: &mut Dice) -> Words {
    Words::text(dice.line(lines))
}

/// A reason, with one of these sentences.
pub(super) fn because(
    code: ReasonCode,
    criterion: &str,
    lines: &[String],
    dice: &mut Dice,
) -> Stated {
    let reason = Reason { code, criteria: vec![criterion.to_owned()] };
    Stated { reason: Some(reason), words: say(lines, dice) }
}
