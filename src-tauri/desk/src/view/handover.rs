//! What can be handed over, and to whom.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use yichuang_domain::handover::ReceiverRole;
use yichuang_domain::matter::Delivery;

/// How the result of a case can be handed over now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OfferedHandover {
    /// Who may collect it at the window.
    pub roles: Vec<ReceiverRole>,
    /// The ways that the guide names for this result, in its order.
    pub deliveries: Vec<Delivery>,
    /// The last day to deliver it, `YYYY-MM-DD`.
    pub deliver_by: String,
    /// Whether that day has passed.
    pub late: bool,
    /// Cases that were filed together with it and whose results wait here, too.
    pub also: Vec<AlsoWaiting>,
}

/// A result that waits beside another one for the same person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AlsoWaiting {
    /// The case.
    pub id: String,
    /// 办件编号.
    pub number: String,
    /// 事项名称.
    pub matter_name: String,
}
