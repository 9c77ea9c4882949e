//! Tests of the whole without a window.

mod hub_program;
mod sync_exchange;
mod sync_faults;
mod sync_hostile;
mod sync_tls;
