//! How somebody wants to be told of news: chosen, sealed, and opened to send by.

use crate::engine::{Addition, Appended, Context, Engine, MOST_ATTEMPTS, Opened, SealedBox};
use crate::failure::Failure;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use domain::desk::DeskCommand;
use domain::event::Change;
use domain::notice::{NoticeChannel, Recipient, Updates, UpdatesChosen};
use domain::personal::{Address, Personal};
use vault::Subject;

/// What comes before the secret of a webhook, as Standard Webhooks write it.
const SECRET_PREFIX: &str = "whsec_";
/// How long a secret is that is made here.
const SECRET_BYTES: usize = 32;

/// The key in a webhook's secret: what is after `whsec_`, in base 64.
#[must_use]
pub fn webhook_key(secret: &str) -> Option<Vec<u8>> {
    BASE64_STANDARD.decode(secret.strip_prefix(SECRET_PREFIX)?).ok()
}

impl Engine {
    /// A new secret for a webhook's messages to be signed with.
    pub fn webhook_secret(&self) -> Result<String, Failure> {
        let mut key = [0; SECRET_BYTES];
        vault::entropy::fill(&mut key)?;
        Ok(format!("{SECRET_PREFIX}{}", BASE64_STANDARD.encode(key)))
    }

    /// Records how somebody wants to be told of news. The address is sealed with a key of
    /// the school's own; for an account, of the account's. Answers the position that
    /// knows, and whether it was chosen by an earlier try.
    pub async fn choose_updates(
        &self,
        context: &Context,
        to: Recipient,
        channel: NoticeChannel,
        address: Option<Address>,
    ) -> Result<(u64, bool), Failure> {
        self.writing(self.keep_choosing(context, to, channel, address)).await
    }

    async fn keep_choosing(
        &self,
        context: &Context,
        to: Recipient,
        channel: NoticeChannel,
        address: Option<Address>,
    ) -> Result<(u64, bool), Failure> {
        for _attempt in 0..MOST_ATTEMPTS {
            if let Some(receipt) = self.receipt(context).await? {
                return Ok((receipt.last.get(), true));
            }
            let at = self.moment(context)?;
            let known = self.known().await?;
            let subject = match (&to, known.desk.updates.get(&to)) {
                (_, Some(updates)) => updates.subject,
                (Recipient::School(school), None) => school.0,
                (Recipient::Account(_), None) => self.fresh_id()?,
            };
            let chosen = UpdatesChosen { to: to.clone(), channel, subject };
            let Some(event) = known.desk.decide(DeskCommand::ChooseUpdates(chosen))? else {
                return Ok((self.head(), false));
            };
            if address.is_some() {
                self.vault().create_key(Subject::new(subject)).await?;
            }
            let stream = event.stream();
            let expected = known.versions.get(&stream).copied().unwrap_or(0);
            if let Some(wanted) = context.expected_version.filter(|it| *it != expected) {
                return Err(Failure::Stale { expected: wanted, actual: expected });
            }
            let personal = address.clone().map(Personal::Address);
            let changes = vec![Change::of(event).with(personal)];
            let addition = Addition { stream, expected, changes, subject: Some(subject) };
            match self.append(context, at, &[addition]).await? {
                Appended::Now(written) => return Ok((written.receipt.last.get(), false)),
                Appended::Before(receipt) => return Ok((receipt.last.get(), true)),
                Appended::Conflict => {}
            }
        }
        Err(Failure::Contended)
    }

    /// Where messages to somebody go, opened for `who` in `role` and on record; `None` when
    /// nothing was chosen, or nothing that has an address.
    pub async fn address_of(
        &self,
        who: (&str, &str),
        doing: (&str, &str),
        to: &Recipient,
    ) -> Result<Option<Address>, Failure> {
        let desk = self.desk().await?;
        let Some(Updates { version, .. }) = desk.updates.get(to).copied() else { return Ok(None) };
        let history = self.stream(&to.stream()).await?;
        let chosen = history.into_iter().find(|each| each.version == version);
        let Some((event, sealed)) = chosen.and_then(|it| Some((it.id, it.sealed?))) else {
            return Ok(None);
        };
        let sealed = SealedBox { event, sealed };
        let opened = self.open(who, doing, &[sealed]).await?;
        Ok(opened.into_iter().find_map(|opened| match opened {
            Opened::Personal(Personal::Address(address)) => Some(address),
            Opened::Personal(_) | Opened::Erased => None,
        }))
    }
}
