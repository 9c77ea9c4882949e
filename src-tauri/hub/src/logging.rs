//! The log of the server, on standard error: for programs a line of JSON each, for a terminal text.
//!
//! Nothing of a person belongs there: places, codes, device logs and counts do. Values of statements
//! show only their kind ([`crate::store`]), so that the database's driver, which tells at the level
//! of `debug` what it sends, has nothing to tell.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

/// Begins to log, as much as `RUST_LOG` says.
pub(crate) fn begin() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // An error means that a log is set up already.
    let _ = if std::io::stderr().is_terminal() {
        log.try_init()
    } else {
        log.json().flatten_event(true).with_current_span(false).with_span_list(false).try_init()
    };
}
