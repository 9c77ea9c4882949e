//! Step 1, hello: which versions, which hub, what time. Needs no identity and gives none away.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where it is sent: `POST`.
pub const PATH: &str = "/v1/hello";

/// A window says what it speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HelloRequest {
    /// The versions it speaks.
    pub versions: Vec<u32>,
    /// Its name and version, for the hub's log.
    pub program: String,
}

/// The hub says who it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HelloReply {
    /// The version to go on with.
    pub version: u32,
    /// The hub's id, the same for its whole life.
    pub hub: String,
    /// The hub's public key, base64. A window trusts the one of its enrolment, not this one.
    pub hub_key: String,
    /// Whether it takes practice cases only.
    pub trial: bool,
    /// The hub's clock.
    #[schema(value_type = String, format = DateTime)]
    pub server_time: Timestamp,
}
