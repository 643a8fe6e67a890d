//! People with accounts: what happens to an account, what follows from it, and rights lent for some days.
//!
//! An account is its events applied in order, as a report is; nothing of it is ever overwritten. Secrets (passwords, keys of a second factor) are never part of an event, so
//! that the history can be kept and shown for ever. The room knows no storage and no pages. Broken input: applying an event never fails.

pub mod account;
pub mod delegation;
pub mod token;
