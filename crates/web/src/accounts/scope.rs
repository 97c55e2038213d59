//! How the scope of a key is described: it is told and shown as one of three shapes.

use utoipa::ToSchema;

/// How much of what the account's role may do: `everything`, `reading`, or
/// `{"operations": […]}`, operations by their names in this description.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "this type describes, it is never made")]
pub(crate) enum ScopeBody {
    Everything,
    Reading,
    Operations(Vec<String>),
}
