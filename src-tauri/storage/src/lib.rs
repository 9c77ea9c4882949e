//! The window's encrypted database: the only SQL of the client
