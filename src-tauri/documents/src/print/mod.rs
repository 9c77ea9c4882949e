//! Print jobs.
