//! The life of a report (báo cáo): from the first saved cell to acceptance by the recipient, as a pure state machine.
//!
//! Every change goes through [`step::step`]: state + command + facts + moment + actor give events or a refusal, and a state is never anything but
//! its events applied in order. The room also says who may do what ([`permission`]), what happens to accounts and what is lent ([`people`]), what is owed when ([`obligation`]) and how a report stands
//! against its deadline ([`standing`]), form by form where a form is due by itself ([`form_due`]).
//! It deliberately does not know HTTP, SQL, forms or rules: keys of cells are texts, and whether figures may be sent is a fact handed in.
//! Broken input: a command that cannot be done is a [`refusal::Refusal`] and changes nothing; applying an event never fails.

pub mod board;
pub mod command;
pub mod dispatch;
pub mod document;
pub mod event;
pub mod form_due;
pub mod icalendar;
pub mod key;
mod merge;
pub mod obligation;
pub mod opened;
pub mod people;
pub mod permission;
pub mod refusal;
pub mod reminder;
pub mod report;
pub mod rights;
pub mod ruling;
pub mod standing;
pub mod step;
pub mod work;

#[cfg(test)]
mod tests;
