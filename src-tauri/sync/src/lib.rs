//! The window's side of synchronisation
