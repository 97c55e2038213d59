//! A team's shifts from an iCalendar file: the months that it has something about are set
//! anew, others stay. Overrides, absences and swaps of a month stay too.

use super::{Became, EntriesPlan, EntryChange, Fault, Place, difference, text};
use crate::rota_ics;
use domain::desk::{Desk, DeskCommand, DeskRefusal};
use domain::ids::{AccountId, TeamId};
use domain::rota::{Layer, Month, RotaCommand, RotaRefusal};

/// Reads a calendar and says what would change of a team's rota; of one month, if one is named.
#[must_use]
pub fn plan(bytes: &[u8], team: &TeamId, month: Option<Month>, desk: &Desk) -> EntriesPlan {
    let read = || {
        let known = desk.rotas.get(team).is_some_and(|rota| rota.team().is_some());
        if !known {
            return Err(vec![Fault::file(format!("there is no team “{team}” to set it for"))]);
        }
        let text = text::decode(bytes).map_err(|fault| vec![fault])?;
        let said = |fault: rota_ics::IcsFault| Fault::new(Place::Event(fault.uid), fault.detail);
        rota_ics::layers(&text, |name| account(name, desk))
            .map_err(|faults| faults.into_iter().map(said).collect())
    };
    let mut months = match read() {
        Ok(months) => months,
        Err(faults) => return EntriesPlan::refused(faults),
    };
    months.retain(|found, _| month.is_none_or(|month| month == *found));
    if months.is_empty() {
        return EntriesPlan::refused(vec![Fault::file("it has no shift of that time in it")]);
    }
    let mut plan = EntriesPlan::default();
    for (month, layers) in months {
        let command = RotaCommand::SetLayers(layers.clone());
        let command = DeskCommand::ChangeRota(team.clone(), month, command);
        match desk.decide(command.clone()) {
            Err(no) => plan.faults.extend(refused(month, &layers, no)),
            Ok(None) => plan.unchanged += layers.len(),
            Ok(Some(_)) => {
                let rota = desk.rotas.get(team).and_then(|rota| rota.month(month));
                compare(month, rota.map_or(&[], |rota| &rota.layers), &layers, &mut plan);
                plan.commands.push(command);
            }
        }
    }
    if plan.faults.is_empty() { plan } else { EntriesPlan::refused(plan.faults) }
}

/// Whose account a calendar means: by its name, by that of its holder, or by what stands
/// before the @ of an address.
fn account(said: &str, desk: &Desk) -> Option<AccountId> {
    let said = said.trim().trim_start_matches("mailto:");
    let local = said.split('@').next().unwrap_or(said).to_ascii_lowercase().replace('.', "-");
    let mut accounts = desk.accounts.values();
    let by_id = |id: &str| id.parse().ok().filter(|id: &AccountId| desk.accounts.contains_key(id));
    by_id(said).or_else(|| by_id(&local)).or_else(|| {
        let called = accounts.find(|account| account.name.to_lowercase() == said.to_lowercase());
        called.map(|account| account.id.clone())
    })
}

fn refused(month: Month, layers: &[Layer], no: DeskRefusal) -> Vec<Fault> {
    let DeskRefusal::Rota(RotaRefusal::FaultyLayers(faults)) = no else {
        return vec![Fault::file(format!("{month}: {no}"))];
    };
    let named = |place: usize| layers.get(place).map_or_else(String::new, |it| it.id.to_string());
    let fault = |place, detail| Fault::new(Place::Event(named(place)), detail);
    faults.into_iter().map(|it| fault(it.place, format!("{month}: {}", it.detail))).collect()
}

fn compare(month: Month, from: &[Layer], to: &[Layer], plan: &mut EntriesPlan) {
    let change = |layer: &Layer, became, fields| EntryChange {
        entry: format!("{month} {}", layer.id),
        name: format!("{}–{}", layer.from.strftime("%H:%M"), layer.to.strftime("%H:%M")),
        became,
        fields,
    };
    for layer in to {
        match from.iter().find(|known| known.id == layer.id) {
            None => plan.changes.push(change(layer, Became::Added, vec![])),
            Some(known) if known == layer => plan.unchanged += 1,
            Some(known) => {
                let fields = difference::between(known, layer);
                plan.changes.push(change(layer, Became::Changed, fields));
            }
        }
    }
    let gone = from.iter().filter(|known| !to.iter().any(|layer| layer.id == known.id));
    plan.changes.extend(gone.map(|layer| change(layer, Became::Removed, vec![])));
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::account::{Account, Role};
    use domain::team::{Member, Team};

    const FEED: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n\
        BEGIN:VEVENT\r\nUID:early\r\nDTSTAMP:20261101T000000Z\r\n\
        DTSTART;TZID=Europe/London:20261207T090000\r\nDTEND;TZID=Europe/London:20261207T130000\r\n\
        RRULE:FREQ=WEEKLY;COUNT=6\r\nSUMMARY:Amara Osei\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    fn desk() -> Desk {
        let (id, team): (AccountId, TeamId) = ("amara".parse().unwrap(), TeamId::front_door());
        let account = Account {
            id: id.clone(),
            name: "Amara Osei".to_owned(),
            role: Role::Adviser,
            school: None,
            service: None,
        };
        let members = vec![Member { account: id.clone(), skills: vec![] }];
        let name = "Front door".to_owned();
        let mut desk = Desk::default();
        for command in [
            DeskCommand::OpenAccount(account),
            DeskCommand::FormTeam(Team { id: team, name, manager: id, members }),
        ] {
            let event = desk.decide(command).unwrap().unwrap();
            desk.apply(&event, 1);
        }
        desk
    }

    fn planned(feed: &str, month: Option<&str>, desk: &Desk) -> EntriesPlan {
        let month = month.map(|month| month.parse().unwrap());
        plan(feed.as_bytes(), &TeamId::front_door(), month, desk)
    }

    #[test]
    fn a_rota_is_imported_month_by_month_and_once() {
        let mut desk = desk();
        let plan = planned(FEED, None, &desk);
        assert_eq!((plan.faults.len(), plan.commands.len()), (0, 2), "{plan:?}");
        assert!(plan.changes.iter().all(|change| change.became == Became::Added));
        assert_eq!(planned(FEED, Some("2027-01"), &desk).commands.len(), 1);
        for command in plan.commands {
            let event = desk.decide(command).unwrap().unwrap();
            desk.apply(&event, 2);
        }
        let again = planned(FEED, None, &desk);
        assert_eq!((again.changes.len(), again.commands.len(), again.unchanged), (0, 0, 2));
    }

    #[test]
    fn what_cannot_be_is_told_by_its_event_and_changes_nothing() {
        let stranger = FEED.replace("Amara Osei", "Nobody");
        let forever = FEED.replace(";COUNT=6", "");
        for (feed, month, says) in [
            (stranger.as_str(), None, "event “early”"),
            (&forever, None, "for ever"),
            ("BEGIN:VCARD", None, "event “"),
            (FEED, Some("2030-01"), "no shift of that time"),
        ] {
            let plan = planned(feed, month, &desk());
            let said: Vec<_> = plan.faults.iter().map(ToString::to_string).collect();
            assert!(said.iter().any(|fault| fault.contains(says)), "{said:?}");
            assert!(plan.commands.is_empty());
        }
        let nobody = plan(FEED.as_bytes(), &"other".parse().unwrap(), None, &desk());
        assert!(nobody.faults[0].to_string().contains("no team"), "{nobody:?}");
    }
}
