//! How the settings of somebody are shown.

use domain::notice::NoticeChannel;
use domain::personal::Address;
use serde::Serialize;
use utoipa::ToSchema;

/// How somebody is told of news.
#[derive(Serialize, ToSchema)]
pub(crate) struct UpdatesBody {
    /// `email`, `notify` (GOV.UK Notify), `webhook` or `none`; null when nothing was chosen.
    #[schema(value_type = Option<String>, example = "webhook")]
    channel: Option<NoticeChannel>,
    /// Where e-mail goes.
    email: Option<String>,
    /// Where the webhook is.
    url: Option<String>,
    /// What the webhook's messages are signed with; shown when it is chosen, and never again.
    secret: Option<String>,
}

impl UpdatesBody {
    /// The settings; the secret only for whoever has just chosen it.
    pub(super) fn of(
        channel: Option<NoticeChannel>,
        address: Option<Address>,
        just_chosen: bool,
    ) -> Self {
        let (email, url, secret) = match address {
            Some(Address::Email(email)) => (Some(email), None, None),
            Some(Address::Webhook { url, secret }) => (None, Some(url), Some(secret)),
            None => (None, None, None),
        };
        Self { channel, email, url, secret: secret.filter(|_| just_chosen) }
    }
}

/// How somebody wants to be told of news.
#[derive(ToSchema)]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) struct ChooseBody {
    /// `email`, `notify` (GOV.UK Notify), `webhook` or `none`.
    #[schema(example = "webhook")]
    channel: String,
    /// For `email` and `notify`: one address.
    email: Option<String>,
    /// For `webhook`: an address that begins with `https://`.
    #[schema(example = "https://school.example/front-door")]
    url: Option<String>,
    /// For `webhook`: what messages are signed with, as Standard Webhooks write it. Left out, one
    /// is made and shown in the answer.
    secret: Option<String>,
}
