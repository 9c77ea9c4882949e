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
}
