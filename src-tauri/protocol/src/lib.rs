//! What travels between window and hub
