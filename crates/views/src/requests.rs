//! Questions about requests: a list of them, one of them, how many.

mod counts;
mod detail;
mod filter;
mod item;
mod list;
mod of_children;
mod of_service;
mod owed;
mod sort;

pub use counts::Counts;
pub use detail::Detail;
pub use filter::{Filter, Overdue, RouteKind};
pub use item::Item;
pub use of_service::{Load, Share, Work};
pub use owed::Owed;
pub use sort::{Sort, SortBy};

pub(crate) use counts::count;
pub(crate) use detail::detail;
pub(crate) use item::{ITEM, sealed_box};
pub(crate) use list::list;
pub(crate) use of_children::{of_children, same_child, without_open_request};
pub(crate) use of_service::{loads, of_service};
