//! What the school was asked, question by question, as `GET /requests/{id}` shows it.

use super::shown::words;
use domain::ids::EventId;
use domain::personal::{Personal, Words};
use domain::request::{Conversation, Question, QuestionState};
use engine::SealedBox;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A question to the school.
#[derive(Serialize, ToSchema)]
pub(crate) struct QuestionShown {
    /// By which it is answered.
    number: u16,
    #[schema(value_type = String, format = DateTime)]
    asked_at: Timestamp,
    /// The question, for who may read it.
    text: Option<String>,
    /// `open`, `answered`, `lapsed` or `dropped`.
    #[schema(value_type = String, example = "open")]
    state: QuestionState,
    answered: bool,
    #[schema(value_type = Option<String>, format = DateTime)]
    answered_at: Option<Timestamp>,
}

/// Every question with its words, as far as they could be opened: `boxes` are those of the
/// events that asked, and `opened` is what was in them.
pub(super) fn questions(
    conversation: &Conversation,
    boxes: &[SealedBox],
    opened: impl Iterator<Item = Option<Personal>>,
) -> Vec<QuestionShown> {
    let said = boxes.iter().zip(opened);
    let said: BTreeMap<EventId, Words> =
        said.filter_map(|(each, opened)| Some((each.event, words(opened)?))).collect();
    let questions = conversation.questions.iter();
    questions
        .map(|question| QuestionShown {
            number: question.number,
            asked_at: question.asked_at,
            text: said.get(&question.asked_in).and_then(|words| text(words, question)),
            state: question.state,
            answered: question.state == QuestionState::Answered,
            answered_at: question.answered_at,
        })
        .collect()
}

/// One of several questions; or the whole text, where it lists none.
fn text(words: &Words, question: &Question) -> Option<String> {
    let text = words.text.as_ref().filter(|_| words.questions.is_empty());
    words.questions.get(question.place).or(text).cloned()
}
