//! Names of things: newtypes, so that a child's id is never taken for a request's.

use crate::need::Area;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! uuid_ids {
    ($($(#[$meta:meta])* $name:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

uuid_ids! {
    /// A request for support.
    RequestId;
    /// A child known to the front door: a pseudonym, and the name of the key that seals
    /// everything personal about the child.
    ChildId;
    /// What a school has begun to write, and the name of the key that seals it.
    DraftId;
    /// A document that belongs to a request.
    DocumentId;
    /// A request for access to what is held about a child.
    SubjectAccessId;
    /// A school for as long as it exists, whatever URNs it has had.
    SchoolId;
    /// One event, whichever stream it is in.
    EventId;
    /// A stretch of time for which somebody on a rota is away.
    AbsenceId;
    /// A swap of turns on a rota.
    SwapId;
    /// An API key, as it may be named to everybody: not the key, and not its hash.
    KeyId;
    /// One sign-in, from its beginning to its end.
    SessionId;
    /// A hold on a child's record.
    HoldId;
}

/// Declares names that are text of a fixed shape, checked once, where they come in.
macro_rules! names {
    ($error:ident, $says:literal, $fits:expr; $($(#[$meta:meta])* $name:ident;)+) => {
        #[doc = concat!("The text is not what it should be: ", $says, ".")]
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
        #[error($says)]
        pub struct $error;
        $(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = $error;

            fn try_from(text: String) -> Result<Self, $error> {
                let fits: fn(&str) -> bool = $fits;
                if fits(&text) { Ok(Self(text)) } else { Err($error) }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, $error> {
                Self::try_from(text.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

fn digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}

names! { NotASlug, "a name here is 1 to 60 of the characters a to z, 0 to 9 and hyphen",
    |text| (1..=60).contains(&text.len())
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    /// A service of the directory, `sensory-support`.
    ServiceSlug;
    /// A panel, `semh`.
    PanelId;
    /// A meeting of a panel.
    MeetingId;
    /// A team with a rota, `front-door`.
    TeamId;
    /// A member of staff, or a system: the name of an account.
    AccountId;
    /// A layer of a month of a rota, `monday-1`.
    LayerId;
}

names! { NotANoticeId, "a message's name is 36 to 97 of the characters a to z, 0 to 9 and hyphen",
    |text| (36..=97).contains(&text.len())
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    /// A message about a request, `0193…-…` and, when it is to an account, that.
    NoticeId;
}

names! { NotAUrn, "a URN has six digits", |text| digits(text, 6);
    /// A school's unique reference number.
    Urn;
}

names! { NotAnAuthority, "an authority's number has three digits", |text| digits(text, 3);
    /// A local authority's number, `865`.
    Authority;
}

names! { NotAnEstablishment, "an establishment's number has four digits", |text| digits(text, 4);
    /// A school's number within its authority, `2034`.
    EstablishmentNumber;
}

impl PanelId {
    /// The panel that an area has until a council names another: one of the area's name.
    #[must_use]
    pub fn of_area(area: Area) -> Self {
        Self(area.code().replace('_', "-"))
    }
}

impl ServiceSlug {
    /// The service for EHC needs assessments, unless a rule set names another.
    #[must_use]
    pub fn statutory() -> Self {
        Self("statutory-sen".to_owned())
    }
}

impl AccountId {
    /// The account that a name suggests: “Asha Rao” is `asha-rao`.
    pub fn after(name: &str) -> Result<Self, NotASlug> {
        let words = name.split(|letter: char| !letter.is_ascii_alphanumeric());
        let words: Vec<_> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
        Self::try_from(words.join("-").chars().take(60).collect::<String>())
    }
}

impl LayerId {
    /// A name that was put together here, of letters, digits and hyphens.
    pub(crate) const fn made(name: String) -> Self {
        Self(name)
    }
}

impl TeamId {
    /// The team that is accountable for every request.
    #[must_use]
    pub fn front_door() -> Self {
        Self("front-door".to_owned())
    }
}

impl RequestId {
    /// The reference that people say on the telephone: `FD-`, five letters or digits, a
    /// hyphen, five more.
    ///
    /// It is read off the random bits of the id in Crockford's base 32, which has no I, L,
    /// O or U to be misheard: 50 bits, so that two of a million requests share one with a
    /// chance of one in two thousand.
    #[must_use]
    pub fn reference(self) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let mut bits = self.0.as_u128();
        let mut letters = String::from("FD-");
        for place in 0..10 {
            if place == 5 {
                letters.push('-');
            }
            let index = usize::try_from(bits & 31).unwrap_or_default();
            letters.push(char::from(ALPHABET[index]));
            bits >>= 5;
        }
        letters
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_short_enough_to_say() {
        let id = RequestId(Uuid::from_u128(0x0193_5f2c_0000_7000_8000_0123_4567_89ab));
        assert_eq!(id.reference(), "FD-BD2FP-2D410");
    }

    #[test]
    fn a_number_has_as_many_digits_as_it_has_to() {
        assert!("126512".parse::<Urn>().is_ok());
        assert!("865".parse::<Authority>().is_ok());
        for text in ["12651", "1265123", "12651a", "١٢٣٤٥٦", ""] {
            assert_eq!(text.parse::<Urn>(), Err(NotAUrn), "{text}");
        }
        assert_eq!("86 ".parse::<Authority>(), Err(NotAnAuthority));
    }

    #[test]
    fn a_name_is_checked_when_it_is_read_from_json_too() {
        assert!(serde_json::from_str::<ServiceSlug>(r#""sensory-support""#).is_ok());
        assert!(serde_json::from_str::<ServiceSlug>(r#""Sensory support""#).is_err());
        assert_eq!("a".repeat(61).parse::<PanelId>(), Err(NotASlug));
    }

    #[test]
    fn names_of_people_become_accounts() {
        let id = AccountId::after(" Zoë O'Neill (Admin)").unwrap();
        assert_eq!(id.as_str(), "zo-o-neill-admin");
        assert_eq!(AccountId::after("—"), Err(NotASlug));
        assert!(AccountId::after(&"Long ".repeat(40)).is_ok());
    }

    #[test]
    fn an_area_has_a_panel_of_its_name_until_it_is_given_another() {
        assert_eq!(PanelId::of_area(Area::SensoryPhysical).as_str(), "sensory-physical");
    }

    #[test]
    fn a_slug_is_never_a_path() {
        assert!("../etc".parse::<ServiceSlug>().is_err());
        assert!("sensory-support".parse::<ServiceSlug>().is_ok());
    }
}
