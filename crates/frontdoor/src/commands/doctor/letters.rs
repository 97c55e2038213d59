//! Whether messages get where people chose to have them: a letter that nobody can deliver is
//! missed by nobody, since nobody knows of it.

use super::Finding;
use super::Verdict::{Fail, Ok as Fine, Warn};
use crate::post::PostOptions;
use domain::desk::Desk;
use domain::notice::NoticeChannel;
use engine::Engine;
use std::collections::BTreeMap;
use std::path::Path;
use views::{NoticeState, Views};

/// Every channel that somebody chose should be one that this front door sends by.
pub(super) fn channels(desk: &Desk, post: &PostOptions) -> Finding {
    const CHECK: &str = "messages";
    let mut chosen: BTreeMap<NoticeChannel, usize> = BTreeMap::new();
    for updates in desk.updates.values() {
        *chosen.entry(updates.channel).or_default() += 1;
    }
    let missing: Vec<String> = chosen
        .iter()
        .filter_map(|(channel, people)| {
            let options = post.missing(*channel)?;
            Some(format!("{people} chose to be told {}, which needs {options}", channel.says()))
        })
        .collect();
    if missing.is_empty() {
        let says = format!("every channel is there that was chosen, by {}", desk.updates.len());
        return Finding::new(CHECK, Fine, says);
    }
    let says = format!("{}; until then the messages wait, and are given up", missing.join("; "));
    Finding::new(CHECK, Warn, says)
}

/// How many letters are dead, for a person to look at.
pub(super) async fn dead(place: &Path, engine: &Engine) -> Finding {
    const CHECK: &str = "dead letters";
    let counted = async {
        let views = Views::open(place, engine.clone(), &|_| {}).await?;
        let dead = views.count_notices(NoticeState::GivenUp).await;
        views.close().await;
        dead
    };
    match counted.await {
        Ok(0) => Finding::new(CHECK, Fine, "no message was given up"),
        Ok(dead) => {
            let says = format!(
                "{dead} messages were given up; see why with GET /notices?state=given_up, and \
                 send them again with POST /notices/{{id}}/retry"
            );
            Finding::new(CHECK, Warn, says)
        }
        Err(error) => Finding::new(CHECK, Fail, super::checks::whole(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::notice::{Recipient, Updates};
    use uuid::Uuid;

    #[test]
    fn a_channel_that_was_chosen_and_cannot_be_used_is_warned_about() {
        let mut desk = Desk::default();
        let mut post = PostOptions::default();
        assert_eq!(channels(&desk, &post).verdict, Fine);
        let to = Recipient::Account("mira".parse().unwrap());
        let updates = |channel| Updates { channel, subject: Uuid::from_u128(1), version: 1 };
        desk.updates.insert(to.clone(), updates(NoticeChannel::Webhook));
        assert_eq!(channels(&desk, &post).verdict, Fine);
        desk.updates.insert(to, updates(NoticeChannel::Email));
        let found = channels(&desk, &post);
        assert_eq!(found.verdict, Warn);
        assert!(found.says.contains("--smtp-url"), "{}", found.says);
        post.smtp_url = Some("smtp://127.0.0.1".to_owned());
        assert_eq!(channels(&desk, &post).verdict, Fine);
    }
}
