//! A form: which request to the API its fields become, and where its sender goes next.
//!
//! Here are the rows, made as they are read: `Form::post(&PAGE, to, then)`. What becomes of one
//! that was sent stands in its parts: `taken` takes it in, `send`, `fold` and `work` do what it is
//! for, and `back` brings it back to its sender.

mod back;
mod file;
mod fold;
mod send;
mod sent;
mod taken;
mod takes;
mod work;

pub(crate) use fold::Draft;
pub(crate) use taken::take;
pub(crate) use takes::{How, Takes};

use crate::page::Page;
use axum::http::Method;

/// A form.
#[derive(Debug)]
pub(crate) struct Form {
    /// Where it is sent.
    pub(crate) at: &'static str,
    /// The page that it stands on, which is shown again when something is wrong with it.
    pub(crate) on: &'static Page,
    /// Fields that must say something, each with what is said to whoever left it empty, whether or
    /// not the API would insist on it. One that is the page's own begins with `_`.
    pub(crate) first: &'static [(&'static str, &'static str)],
    /// What it does.
    pub(crate) does: Does,
}

/// What a form does.
#[derive(Debug)]
pub(crate) enum Does {
    /// Asks the API to do something; then its sender goes to another page.
    Send {
        /// How.
        method: Method,
        /// Where; `{typed.slug}` is what the form says of it.
        to: &'static str,
        /// The page that follows, with `{answer.…}` from what was answered.
        then: &'static str,
    },
    /// Lays its fields into a draft, in place of what the draft had of them; then its sender goes
    /// on, unless something of theirs is wrong and they did not ask to come back later.
    Fold {
        /// Which parts of which draft the form has all fields of.
        draft: Draft,
        /// The page that follows.
        then: &'static str,
    },
    /// Asks the API to do something, and shows its page with `answer`: what is told once and
    /// must not be in an address, such as a new key.
    Tell {
        /// How.
        method: Method,
        /// Where.
        to: &'static str,
    },
    /// Takes a file to the API; then its sender goes to another page or, without one, sees its
    /// own again with `answer`. The form is sent as `multipart/form-data`, and its file is chosen
    /// in `file`, the last of its fields.
    Bring {
        /// Where.
        to: &'static str,
        /// What the API takes.
        takes: Takes,
        /// The page that follows.
        then: Option<&'static str>,
    },
    /// Asks for its page with what was typed, which is personal and must not be in an address.
    Look,
    /// Asks the API what a part of it would come to, which changes nothing, and shows its page
    /// with what was typed and the `answer`.
    Work {
        /// Which part of what its fields say.
        part: &'static str,
        /// Where.
        to: &'static str,
    },
}

impl Form {
    /// A form that is sent to its page's own address.
    pub(crate) const fn new(on: &'static Page, does: Does) -> Self {
        Self { at: on.at, on, first: &[], does }
    }

    /// Something new is asked of the API.
    pub(crate) const fn post(on: &'static Page, to: &'static str, then: &'static str) -> Self {
        Self::new(on, Does::Send { method: Method::POST, to, then })
    }

    /// Something takes the place of what was there.
    pub(crate) const fn put(on: &'static Page, to: &'static str, then: &'static str) -> Self {
        Self::new(on, Does::Send { method: Method::PUT, to, then })
    }

    /// Something goes away.
    pub(crate) const fn delete(on: &'static Page, to: &'static str, then: &'static str) -> Self {
        Self::new(on, Does::Send { method: Method::DELETE, to, then })
    }

    /// Something is told once.
    pub(crate) const fn tell(on: &'static Page, method: Method, to: &'static str) -> Self {
        Self::new(on, Does::Tell { method, to })
    }

    /// Some parts of a draft are written.
    pub(crate) const fn fold(on: &'static Page, draft: Draft, then: &'static str) -> Self {
        Self::new(on, Does::Fold { draft, then })
    }

    /// Its page is asked for with what was typed.
    pub(crate) const fn look(on: &'static Page) -> Self {
        Self::new(on, Does::Look)
    }

    /// What a package would come to.
    pub(crate) const fn price(on: &'static Page) -> Self {
        Self::new(on, Does::Work { part: "package", to: "/packages/price" })
    }

    /// The same, sent to an address of its own: its page has several forms.
    pub(crate) const fn at(mut self, at: &'static str) -> Self {
        self.at = at;
        self
    }

    /// The same, once its sender has typed or ticked each of these: it cannot be taken back.
    pub(crate) const fn sure(mut self, first: &'static [(&'static str, &'static str)]) -> Self {
        self.first = first;
        self
    }

    /// What file comes with it.
    const fn takes(&self) -> Option<Takes> {
        match self.does {
            Does::Bring { takes, .. } => Some(takes),
            Does::Send { .. }
            | Does::Fold { .. }
            | Does::Tell { .. }
            | Does::Look
            | Does::Work { .. } => None,
        }
    }
}
