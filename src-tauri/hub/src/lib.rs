//! The hub: receives every window's log, answers with signed acknowledgements
