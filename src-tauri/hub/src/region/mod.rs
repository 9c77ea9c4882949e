//! Out to the regional platform (上级政务服务平台): the five exchange tables 受理, 过程, 特别程序, 材料,
//! 结果, and what applicants say of the service, made from the logs and told once each.
//!
//! Nothing is kept to be sent: how far each log was told is a cursor, and what a record says is made
//! from its event. A record's id follows from its event, so that a platform that was told twice can
//! tell. What can't be made (a code that the platform's tables don't have) or was refused goes to a
//! list that somebody looks through; nothing waits behind it. See docs/regional-platform.md.

pub mod codes;
pub mod dead;
pub mod export;
pub mod link;
pub mod post;
mod records;
mod source;
mod tables;

pub use codes::Codes;
pub use link::{Link, Platform};
pub use post::Poster;
pub use records::{Record, Unmade, records};
pub use tables::{Operation, Table};
