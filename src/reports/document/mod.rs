//! The consolidated document (bản tổng hợp): what a body adds to the sum of the reports it received, what is frozen when it is proposed, and who owes one.
//!
//! A document is a [`crate::reports::report::Report`] of kind [`crate::reports::key::ReportKind::Consolidated`]: it goes the same way through the same steps, so that nothing about
//! approving, sending and returning exists twice. The room does not know forms or sums; figures reach it as texts. Broken input: refused in [`crate::reports::step`].

pub mod additions;
pub mod owed;
pub mod whole;
