//! The days on which an entry is valid, inside those of what it belongs to.
//!
//! An entry exists only while its catalog entry or level above does: what it does not say of itself it has from above. It deliberately does not know
//! regimes. Days outside those above are reported and cut off, so that nothing else is said because of them.

use super::context::Context;
use crate::calendar::Date;
use crate::calendar::dates::show_date;
use crate::diagnostic::problem::meaning::declared::DeclaredProblem;
use crate::syntax::ast::words::Entry;
use crate::text::FileId;

/// First and last day, each only where there is one.
type Days = (Option<Date>, Option<Date>);

/// The days of an entry inside those of what is above it, given by name and days.
pub(super) fn inside(
    context: &mut Context,
    file: FileId,
    entry: &Entry,
    own: Days,
    (name, above): (&str, Days),
) -> Days {
    let (first, last) = above;
    let before = |day: Date| first.is_some_and(|first| day < first);
    let after = |day: Date| last.is_some_and(|last| day > last);
    let outside = |day: Option<Date>| day.is_some_and(|day| before(day) || after(day));
    if let Some(dated) = &entry.dated
        && (outside(own.0) || outside(own.1))
    {
        let shown = |day: Option<Date>| day.map_or(String::new(), show_date);
        let problem = DeclaredProblem::EntryOutlives {
            entry: entry.name.value.clone(),
            above: name.to_owned(),
            days: (shown(first), shown(last)),
        };
        context.report(problem, file, dated.span);
        return above;
    }
    (own.0.or(first), own.1.or(last))
}
