//! DfE Sign-in: for which organisation somebody signs in, and in which roles they may.
//!
//! <https://github.com/DFE-Digital/login.dfe.public-api>: the ID token names the organisation; the
//! roles at our service come from an API, which is asked with a token (RFC 7519, HS256) whose
//! issuer is our client id.

use super::provider::{Fetch, Unreachable};
use axum::http::{Method, Request, StatusCode, header};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::account::Role;
use hmac::{Hmac, Mac as _};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};
use sha2::Sha256;
use std::collections::{BTreeMap, BTreeSet};

/// The category of an establishment, which is a school.
const ESTABLISHMENT: &str = "001";
/// How long a token for the API is good.
const GOOD_FOR: SignedDuration = SignedDuration::from_mins(5);

/// Our roles by the codes of DfE Sign-in.
pub type DfeRoles = BTreeMap<String, Role>;

/// What DfE Sign-in knows us as.
#[derive(Clone, Debug)]
pub struct Dfe {
    /// Where its API is.
    pub api_url: String,
    /// The service that we are to it.
    pub service_id: String,
    /// Our client id, the issuer of tokens for the API.
    pub client_id: String,
    /// What tokens for the API are signed with.
    pub api_secret: String,
    /// What its roles are here; a role that is not here is none.
    pub roles: DfeRoles,
}

/// For whom somebody signs in.
pub(super) struct Organisation {
    id: String,
    category: String,
    urn: Option<String>,
}

impl Organisation {
    /// The `organisation` claim. Its ids go into an address, so they are of letters, digits and
    /// hyphens.
    pub(super) fn of(claims: &Map<String, Value>) -> Option<Self> {
        let claim = claims.get("organisation")?;
        let text = |value: &Value| value.as_str().map(ToOwned::to_owned);
        let id = text(claim.get("id")?).filter(|id| is_plain(id))?;
        let category = text(claim.get("category")?.get("id")?)?;
        Some(Self { id, category, urn: claim.get("urn").and_then(text) })
    }

    pub(super) fn is_a_school(&self) -> bool {
        self.category == ESTABLISHMENT
    }

    pub(super) fn urn(&self) -> Option<&str> {
        self.urn.as_deref()
    }
}

impl Dfe {
    /// What somebody is here, by what they are there. Who has no access there is nothing.
    pub(super) async fn roles(
        &self,
        fetch: &Fetch,
        organisation: &Organisation,
        subject: &str,
        at: Timestamp,
    ) -> Result<BTreeSet<Role>, Unreachable> {
        if !is_plain(subject) {
            return Ok(BTreeSet::new());
        }
        let (base, service) = (self.api_url.trim_end_matches('/'), &self.service_id);
        let organisation = &organisation.id;
        let address =
            format!("{base}/services/{service}/organisations/{organisation}/users/{subject}");
        let token = self.token(at).ok_or_else(|| unfit("no token can be signed"))?;
        let request = Request::builder()
            .method(Method::GET)
            .uri(address)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Vec::new())
            .map_err(|_| unfit("its API has no such address"))?;
        let answer = fetch(request).await?;
        match answer.status() {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND => return Ok(BTreeSet::new()),
            status => return Err(unfit(&format!("its API answers {status}"))),
        }
        let body: Value = serde_json::from_slice(answer.body())
            .map_err(|_| unfit("its API answers what is no JSON"))?;
        let roles = body.get("roles").and_then(Value::as_array).into_iter().flatten();
        let codes = roles.filter_map(|role| role.get("code")?.as_str());
        Ok(codes.filter_map(|code| self.roles.get(code).copied()).collect())
    }

    fn token(&self, at: Timestamp) -> Option<String> {
        let part = |value: Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let header = part(json!({"alg": "HS256", "typ": "JWT"}));
        let until = at.checked_add(GOOD_FOR).ok()?;
        let claims = part(json!({"iss": self.client_id, "aud": "signin.education.gov.uk",
            "iat": at.as_second(), "exp": until.as_second()}));
        let signed = Hmac::<Sha256>::new_from_slice(self.api_secret.as_bytes()).ok()?;
        let signed = signed.chain_update(format!("{header}.{claims}")).finalize().into_bytes();
        Some(format!("{header}.{claims}.{}", BASE64_URL_SAFE_NO_PAD.encode(signed)))
    }
}

fn is_plain(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    plain && (1..=100).contains(&text.len())
}

fn unfit(why: &str) -> Unreachable {
    Unreachable(why.to_owned())
}
