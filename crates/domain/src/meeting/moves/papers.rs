//! Packs: what members read before they decide, each version for ever.

use super::super::event::{Pack, PackOpened, PacksPublished};
use super::super::{Item, MeetingRefusal};
use super::{Decided, Step};
use crate::event::MeetingEvent as E;
use crate::ids::{AccountId, RequestId};

impl<'a> Step<'a> {
    /// A pack for every item that has none.
    pub(in crate::meeting) fn publish(mut self) -> Decided {
        let delegated = !self.around.desk.diary(&self.sitting.panel).delegated.is_empty();
        if self.sitting.items.is_empty() && !delegated {
            return Err(MeetingRefusal::NothingToPublish);
        }
        let without = self.sitting.items.iter().filter(|item| item.packs.is_empty());
        let packs: Vec<_> = without.filter_map(|item| self.pack(item)).collect();
        let first = self.sitting.phase == super::super::Phase::Planned;
        if first || !packs.is_empty() {
            self.happens(E::PacksPublished(PacksPublished { packs }));
        }
        Ok(self.upshot)
    }

    /// Another version, if anything has come in since the last.
    pub(in crate::meeting) fn renew_pack(mut self, request: RequestId) -> Decided {
        let item = self.open_item(request)?;
        let shown = item.pack().map(|pack| pack.request_version);
        let latest = self.around.requests.get(&request).map(|it| it.papers_version);
        let Some(pack) = self.pack(item).filter(|_| latest > shown) else {
            return Ok(self.upshot);
        };
        self.happens(E::PacksPublished(PacksPublished { packs: vec![pack] }));
        Ok(self.upshot)
    }

    fn pack(&self, item: &Item) -> Option<Pack> {
        let at_hand = self.around.requests.get(&item.request)?;
        Some(Pack {
            request: item.request,
            version: item.pack_version() + 1,
            request_version: at_hand.version,
            documents: at_hand.request.case()?.documents.clone(),
            late: self.at.recorded_at > self.sitting.papers_due_at,
        })
    }

    /// Who stands aside reads nothing.
    pub(in crate::meeting) fn open_pack(
        mut self,
        member: AccountId,
        request: RequestId,
    ) -> Decided {
        self.appointed(&member)?;
        let item = self.sitting.item(request).ok_or(MeetingRefusal::NotOnAgenda)?;
        if self.sitting.is_aside(&member, request) {
            return Err(MeetingRefusal::Aside(member));
        }
        let version = item.pack().ok_or(MeetingRefusal::NoPack)?.version;
        if !item.is_read_by(&member) {
            self.happens(E::PackOpened(PackOpened { request, version, member }));
        }
        Ok(self.upshot)
    }

    /// An item that is neither decided nor deferred.
    pub(super) fn open_item(&self, request: RequestId) -> Result<&'a Item, MeetingRefusal> {
        let item = self.sitting.item(request).ok_or(MeetingRefusal::NotOnAgenda)?;
        if item.outcome.is_some() { Err(MeetingRefusal::Settled) } else { Ok(item) }
    }
}
