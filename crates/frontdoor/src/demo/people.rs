//! Who works at the made-up county's front door, and who knocks.

use domain::account::{Account, Role};
use domain::ids::{AccountId, SchoolId, ServiceSlug};
use domain::school::School;

/// Advisers on the rota, by account. The first is who the demo key of an adviser lets in.
pub(super) const ADVISERS: [(&str, &str); 6] = [
    ("demo-adviser", "Rowan Ashby"),
    ("priya-nayar", "Priya Nayar"),
    ("gwen-tudor", "Gwen Tudor"),
    ("marcus-oyelaran", "Marcus Oyelaran"),
    ("tom-hadley", "Tom Hadley"),
    ("lena-fischer", "Lena Fischer"),
];

const OTHERS: [(&str, &str, Role); 6] = [
    ("demo-coordinator", "Bryony Sage", Role::Coordinator),
    ("demo-panel", "Hilary Stroud", Role::Panel),
    ("demo-commissioner", "Dev Chandra", Role::Commissioner),
    ("demo-auditor", "Morag Sinclair", Role::Auditor),
    ("demo-dpo", "Felix Amadi", Role::Dpo),
    ("demo-admin", "Jo Lister", Role::Admin),
];

/// Every account of the county.
pub(super) fn accounts<'a>(
    schools: impl IntoIterator<Item = &'a (SchoolId, School)>,
    services: impl IntoIterator<Item = &'a ServiceSlug>,
) -> anyhow::Result<Vec<Account>> {
    let mut accounts = Vec::new();
    for (id, name) in ADVISERS {
        accounts.push(staff(id, name, Role::Adviser)?);
    }
    for (id, name, role) in OTHERS {
        accounts.push(staff(id, name, role)?);
    }
    for slug in services {
        let account = staff(&format!("demo-service-{slug}"), slug.as_str(), Role::Service)?;
        accounts.push(Account { service: Some(slug.clone()), ..account });
    }
    for (id, school) in schools {
        let account = staff(&format!("demo-school-{}", school.urn), &school.name, Role::School)?;
        accounts.push(Account { school: Some(*id), ..account });
    }
    Ok(accounts)
}

fn staff(id: &str, name: &str, role: Role) -> anyhow::Result<Account> {
    let (id, name) = (AccountId::try_from(id.to_owned())?, name.to_owned());
    Ok(Account { id, name, role, school: None, service: None })
}
