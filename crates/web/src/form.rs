//! Reading what was sent, so that every fault is found at once, each with its pointer.
//!
//! A typed deserializer stops at the first thing it dislikes. Here a body is read member by
//! member; what is wrong is noted and reading goes on, down to the last unknown field.

mod readers;

pub(crate) use readers::{
    code, date, decimal, flag, instant, list, money, number, text, text_block, via,
};

use crate::problem::{Fault, Problem};
use serde_json::{Map, Value};

/// The faults found so far.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn say(&mut self, pointer: &str, detail: impl Into<String>) {
        self.0.push(Fault { pointer: pointer.to_owned(), detail: detail.into() });
    }

    /// The faults themselves, where they are no reason to refuse.
    pub(crate) fn into_inner(self) -> Vec<Fault> {
        self.0
    }

    /// What was read, if nothing was wrong with it.
    pub(crate) fn or<T>(self, read: Option<T>) -> Result<T, Problem> {
        match read {
            Some(read) if self.0.is_empty() => Ok(read),
            _ => Err(Problem::invalid(self.0)),
        }
    }
}

/// An object being read: which members were asked for, and so which are unknown.
pub(crate) struct Form<'a> {
    members: &'a Map<String, Value>,
    pointer: String,
    asked: Vec<&'static str>,
}

impl<'a> Form<'a> {
    /// An object at this pointer; anything else is a fault.
    pub(crate) fn of(value: &'a Value, pointer: &str, faults: &mut Faults) -> Option<Self> {
        let Value::Object(members) = value else {
            faults.say(pointer, "an object, in braces");
            return None;
        };
        Some(Self { members, pointer: pointer.to_owned(), asked: Vec::new() })
    }

    /// The pointer of a member.
    pub(crate) fn at(&self, name: &str) -> String {
        format!("{}/{name}", self.pointer)
    }

    /// A member that may be left out (or be null).
    pub(crate) fn optional<T>(
        &mut self,
        name: &'static str,
        faults: &mut Faults,
        read: impl FnOnce(&'a Value, &str, &mut Faults) -> Option<T>,
    ) -> Option<T> {
        self.asked.push(name);
        let value = self.members.get(name).filter(|value| !value.is_null())?;
        read(value, &self.at(name), faults)
    }

    /// A member that must be there.
    pub(crate) fn required<T>(
        &mut self,
        name: &'static str,
        faults: &mut Faults,
        read: impl FnOnce(&'a Value, &str, &mut Faults) -> Option<T>,
    ) -> Option<T> {
        if self.members.get(name).is_none_or(Value::is_null) {
            faults.say(&self.at(name), "this is required");
        }
        self.optional(name, faults, read)
    }

    /// A list that may be left out, which is the same as an empty one.
    pub(crate) fn list<T>(
        &mut self,
        name: &'static str,
        most: usize,
        faults: &mut Faults,
        read: impl Fn(&'a Value, &str, &mut Faults) -> Option<T>,
    ) -> Vec<T> {
        self.optional(name, faults, list(most, read)).unwrap_or_default()
    }

    /// Whether the member is there at all.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.members.get(name).is_some_and(|value| !value.is_null())
    }

    /// Ends the reading: whatever was not asked for is unknown.
    pub(crate) fn done(self, faults: &mut Faults) {
        for name in self.members.keys().filter(|name| !self.asked.contains(&name.as_str())) {
            let shown: String = name.chars().take(60).collect();
            let known = self.asked.join(", ");
            let pointer = self.at(&shown.replace('~', "~0").replace('/', "~1"));
            faults.say(&pointer, format!("there is no such field here; there are: {known}"));
        }
    }
}
