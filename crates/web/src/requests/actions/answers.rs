//! `{"answers": [{"question": 2, "text": "…", "documents": ["…"]}]}`: a school's answers, one
//! question at a time.

use crate::form::{Faults, Form, list, number, text_block, via};
use domain::ids::DocumentId;
use domain::request::event::Answered;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

const MOST_ANSWERS: usize = 50;
const MOST_DOCUMENTS: usize = 20;

/// The answer to one question: in words, by documents, or both.
#[derive(ToSchema)]
#[schema(example = json!({"question": 1, "text": "Read Write Inc., since September."}))]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct AnswerBody {
    /// The number of the question.
    #[schema(minimum = 1, maximum = 65_535)]
    question: u16,
    #[schema(max_length = 5_000)]
    text: Option<String>,
    /// Documents of the request.
    #[schema(max_items = 20)]
    documents: Option<Vec<Uuid>>,
}

/// Reads the member `answers`: which questions, and in which words.
pub(super) fn answers(
    form: &mut Form<'_>,
    faults: &mut Faults,
) -> (Vec<Answered>, Vec<Option<String>>) {
    form.list("answers", MOST_ANSWERS, faults, answer).into_iter().unzip()
}

fn answer(value: &Value, at: &str, faults: &mut Faults) -> Option<(Answered, Option<String>)> {
    let mut form = Form::of(value, at, faults)?;
    let question = form.required("question", faults, number(1, i64::from(u16::MAX)));
    let text = form.optional("text", faults, text_block(5_000));
    let documents = form.optional("documents", faults, list(MOST_DOCUMENTS, document));
    form.done(faults);
    Some((Answered { question: question?, documents: documents.unwrap_or_default() }, text))
}

fn document(value: &Value, at: &str, faults: &mut Faults) -> Option<DocumentId> {
    via(value, at, faults, |text| {
        Uuid::try_parse(text).map(DocumentId).map_err(|_| "the id of a document".to_owned())
    })
}
