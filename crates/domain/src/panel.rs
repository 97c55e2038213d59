//! Panels: who decides what no single service can.

use crate::ids::PanelId;
use crate::need::Area;
use serde::{Deserialize, Serialize};

/// A panel, as far as its queue needs to know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    /// Its name in addresses.
    pub id: PanelId,
    /// Its name.
    pub name: String,
    /// The area of need it decides for.
    pub area: Area,
}
