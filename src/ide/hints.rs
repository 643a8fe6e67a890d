//! What stands between the lines: how many cells a table has, on which day a deadline falls next, what a formula gives in the nearest test.
//!
//! The day of today is an argument. It deliberately shows nothing it is not sure of: a regime with mistakes has sizes and no days and no figures.

use super::around::{Around, columns};
use crate::analysis::model::form::{Form, Rows};
use crate::analysis::model::words::Words;
use crate::analysis::model::{PeriodRule, Regime};
use crate::calendar::dates::show_date;
use crate::calendar::{Date, DateRange, Due, DueRule, Period, WorkingCalendar, due};
use crate::diagnostic::wording::Text;
use crate::number::Number;
use crate::plan::CompiledRegime;
use crate::plan::address::Row;
use crate::plan::describe;
use crate::syntax::ast::form::{Form as WrittenForm, FormMember};
use crate::syntax::ast::header::{Regime as WrittenRegime, RegimeMember};
use crate::syntax::ast::time::PeriodMember;
use crate::syntax::ast::{File, Item};
use crate::text::{FileId, Span};
use crate::workspace::Snapshot;
use crate::workspace::trial::sample::{Computed, computed};
use std::collections::BTreeMap;

/// Something shown behind a place of the text that is not part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Behind which byte.
    pub offset: u32,
    /// What is shown.
    pub words: Text,
    /// What it says more fully, if anything.
    pub more: Option<Text>,
}

/// How far ahead the next period is looked for, in years.
const YEARS_AHEAD: i16 = 1;

/// What stands between the lines of a range of a file.
pub fn hints(snapshot: &Snapshot, file: FileId, range: Span, today: Date) -> Vec<Hint> {
    let Some(source) = snapshot.source(file) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for item in &source.tree.items {
        if let Item::Regime(written) = item
            && let Some(regime) = of_model(snapshot, file, written)
        {
            let hints = Hints {
                snapshot,
                file,
                regime,
                today,
            };
            hints.sizes(written, &mut found);
            hints.days(written, &mut found);
            hints.figures(written, range, &source.tree, &mut found);
        }
    }
    found.retain(|hint| range.start <= hint.offset && hint.offset <= range.end);
    found.sort_by_key(|hint| hint.offset);
    found
}

fn of_model<'s>(
    snapshot: &'s Snapshot,
    file: FileId,
    written: &WrittenRegime,
) -> Option<&'s Regime> {
    let mut regimes = snapshot.model().regimes.iter();
    regimes
        .find(|regime| {
            let label = regime.place.label;
            label.file == file && written.span.contains(label.span)
        })
        .map(AsRef::as_ref)
}

struct Hints<'s> {
    snapshot: &'s Snapshot,
    file: FileId,
    regime: &'s Regime,
    today: Date,
}

impl Hints<'_> {
    fn sizes(&self, written: &WrittenRegime, found: &mut Vec<Hint>) {
        for form in forms(written) {
            let of_model = self.regime.forms.iter().find(|known| {
                known.place.label.file == self.file && form.span.contains(known.place.label.span)
            });
            if let Some(words) = of_model.and_then(|known| size(known, self.snapshot.words())) {
                found.push(Hint {
                    offset: form.head.end,
                    words,
                    more: None,
                });
            }
        }
    }

    /// The plan of the regime; only of a sound one.
    fn plan(&self) -> Option<&CompiledRegime> {
        let mut regimes = self.snapshot.regimes();
        let place = |plan: &CompiledRegime| {
            plan.header.name == self.regime.name && plan.header.version == self.regime.version
        };
        regimes.find_map(|regime| regime.plan().filter(|plan| place(plan)))
    }

    fn days(&self, written: &WrittenRegime, found: &mut Vec<Hint>) {
        let Some(plan) = self.plan() else { return };
        let calendar = self.snapshot.working_calendar(plan);
        let statements = deadlines(written);
        // One statement may serve several kinds of period: the earliest of its days is shown.
        let mut earliest: BTreeMap<u32, (Due, Period)> = BTreeMap::new();
        for rule in &self.regime.periods {
            for deadline in &rule.deadlines {
                let place = deadline.label;
                let statement = statements.iter().find(|span| span.contains(place.span));
                let Some(statement) = statement.filter(|_| place.file == self.file) else {
                    continue;
                };
                let next = self.next_due(rule, &deadline.rule, &calendar);
                let Some((period, due)) = next else { continue };
                let known = earliest.entry(statement.end).or_insert((due, period));
                *known = (*known).min((due, period));
            }
        }
        for (offset, (due, period)) in earliest {
            let words = due_words(due);
            let name = self.period_words(&period);
            found.push(Hint {
                offset,
                words: Text::new(format!("→ {words}"), format!("→ {words}")),
                more: Some(Text::new(
                    format!("hạn gửi tới, của {}", name.vi),
                    format!("the next deadline, of {}", name.en),
                )),
            });
        }
        self.window(written, found);
    }

    /// The window of the period whose cut-off is next, behind the statement that says it.
    fn window(&self, written: &WrittenRegime, found: &mut Vec<Hint>) {
        let statement = written.members.iter().find_map(|member| match member {
            RegimeMember::Window(window) => Some(window.span),
            _ => None,
        });
        let next = self.regime.periods.iter().filter_map(|rule| {
            let periods = self.periods(rule).into_iter();
            let windows = periods.filter_map(|period| Some((rule.window_of(&period)?, period)));
            windows
                .filter(|(window, _)| window.to >= self.today)
                .min_by_key(|(window, _)| window.to)
        });
        let next = next.min_by_key(|(window, _)| window.to);
        if let Some((span, (window, period))) = statement.zip(next) {
            let days = range_words(window);
            let name = self.period_words(&period);
            found.push(Hint {
                offset: span.end,
                words: Text::new(
                    format!("→ {}: {days}", name.vi),
                    format!("→ {}: {days}", name.en),
                ),
                more: None,
            });
        }
    }

    /// A period by the label of its kind where the project declares it.
    fn period_words(&self, period: &Period) -> Text {
        let mut kinds = self.snapshot.words().period_kinds.iter();
        match kinds.find(|kind| kind.kind == period.kind()) {
            Some(kind) => {
                let years = period
                    .year()
                    .map_or(String::new(), |_| period.shown_years());
                let name = format!("{} {years}", kind.label);
                Text::new(name.trim_end(), name.trim_end())
            }
            None => Text::new(period.name_vi(), period.name_en()),
        }
    }

    fn periods(&self, rule: &PeriodRule) -> Vec<Period> {
        let year = self.today.year();
        let years = year.saturating_sub(1)..=year.saturating_add(YEARS_AHEAD);
        years
            .flat_map(|year| rule.days.periods(rule.choice, year))
            .collect()
    }

    fn next_due(
        &self,
        rule: &PeriodRule,
        deadline: &DueRule,
        calendar: &WorkingCalendar,
    ) -> Option<(Period, Due)> {
        let periods = self.periods(rule).into_iter();
        let dues = periods.filter_map(|period| {
            let days = rule.days.days(&period, None)?;
            let window = rule.window.window(&days);
            Some((period, due(deadline, &days, window, calendar, None).ok()?))
        });
        dues.filter(|(_, due)| due.date >= self.today)
            .min_by_key(|(_, due)| *due)
    }

    /// The computed figures of the first test of the regime that has any, behind the columns they belong to: of the only row or the total, else of the first row that has one.
    fn figures(&self, written: &WrittenRegime, range: Span, tree: &File, found: &mut Vec<Hint>) {
        let wanted = Around::at(tree, range.start).regime.is_some() || range.contains(written.head);
        let mut sources = self.snapshot.regimes();
        let source = sources.find(|source| {
            source.name() == self.regime.name && source.version() == self.regime.version
        });
        let Some(source) = source.filter(|_| wanted) else {
            return;
        };
        let Some(plan) = source.plan() else { return };
        let shown = source.tests().iter().find_map(|case| {
            let figures = computed(self.snapshot, &source, case);
            (!figures.is_empty()).then_some((case, figures))
        });
        let Some((case, figures)) = shown else { return };
        for form in forms(written) {
            let name = form.name.as_ref().map_or("", |name| name.value.as_str());
            for cells in columns(form)
                .into_iter()
                .filter(|cells| cells.formula.is_some())
            {
                let key = cells.code.as_ref().or(cells.name.as_ref());
                let column = plan
                    .form_definition
                    .find_form(name)
                    .zip(key)
                    .and_then(|((_, form), key)| form.find_column(&key.value));
                let figure = column.and_then(|(column, _)| {
                    let of_column =
                        |figure: &&Computed| figure.form == name && figure.column == column;
                    let whole = |figure: &&Computed| matches!(figure.row, Row::Own | Row::Total);
                    let own = || figures.iter().filter(of_column);
                    own().find(whole).or_else(|| {
                        // A cell that is closed or blank shows nothing of the formula.
                        own().find(|figure| {
                            figure.shown.contains(|sign: char| sign.is_ascii_digit())
                        })
                    })
                });
                if let Some(figure) = figure {
                    let shown = &figure.shown;
                    let title = &case.title;
                    let more = match &figure.row {
                        Row::Entry(key) => {
                            let form = plan.form_definition.find_form(name);
                            let row = form.map(|(_, form)| describe::row(plan, form, key));
                            let row = row.unwrap_or_else(|| describe::both("", ""));
                            Text::new(
                                format!("{}, theo ca kiểm thử “{title}”", row.vi),
                                format!("{}, in the test “{title}”", row.en),
                            )
                        }
                        Row::Own | Row::Total => Text::new(
                            format!("theo ca kiểm thử “{title}”"),
                            format!("in the test “{title}”"),
                        ),
                    };
                    found.push(Hint {
                        offset: cells.span.end,
                        words: Text::new(format!("= {shown}"), format!("= {shown}")),
                        more: Some(more),
                    });
                }
            }
        }
    }
}

/// How many cells a form has.
fn size(form: &Form, words: &Words) -> Option<Text> {
    let columns = form.columns.iter().filter(|column| !column.head).count();
    let rows = match form.rows {
        Rows::EachReportingUnit => Some(1),
        Rows::From(catalog) => Some(words.catalogs.get(catalog)?.entries.len()),
        Rows::Written => Some(form.written.iter().filter(|row| !row.heading).count()),
        Rows::ChosenFrom(_) | Rows::Listed | Rows::Unknown => None,
    };
    let shown = |count: usize| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        Number::from_i64(count).to_vietnamese(0)
    };
    Some(match rows {
        Some(rows) => {
            let cells = rows.saturating_mul(columns);
            Text::new(
                format!("{} dòng × {columns} cột = {} ô", shown(rows), shown(cells)),
                format!(
                    "{} {} × {} = {} {}",
                    shown(rows),
                    if rows == 1 { "row" } else { "rows" },
                    columns_in_english(columns),
                    shown(cells),
                    if cells == 1 { "cell" } else { "cells" },
                ),
            )
        }
        None if columns > 0 => Text::new(format!("{columns} cột"), columns_in_english(columns)),
        None => return None,
    })
}

fn columns_in_english(count: usize) -> String {
    match count {
        1 => "1 column".to_owned(),
        _ => format!("{count} columns"),
    }
}

fn forms(written: &WrittenRegime) -> impl Iterator<Item = &WrittenForm> {
    written.members.iter().filter_map(|member| match member {
        RegimeMember::Form(form) => Some(form.as_ref()),
        _ => None,
    })
}

fn due_words(due: Due) -> String {
    match due.clock {
        Some(clock) => format!("{} {clock}", show_date(due.date)),
        None => show_date(due.date),
    }
}

fn range_words(days: DateRange) -> String {
    format!("{} – {}", show_date(days.from), show_date(days.to))
}

/// The statements of deadlines of a regime, of its periods and of its forms.
fn deadlines(written: &WrittenRegime) -> Vec<Span> {
    let mut found = Vec::new();
    for member in &written.members {
        match member {
            RegimeMember::Deadline(deadline) => found.push(deadline.span),
            RegimeMember::Period(period) => {
                found.extend(period.members.iter().filter_map(|member| match member {
                    PeriodMember::Deadline(deadline) => Some(deadline.span),
                    _ => None,
                }));
            }
            RegimeMember::Form(form) => {
                found.extend(form.members.iter().filter_map(|member| match member {
                    FormMember::Deadline(deadline) => Some(deadline.span),
                    _ => None,
                }));
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::dates::day_of_month;
    use crate::text::line_index::LineIndex;
    use crate::workspace::load::load;
    use std::path::Path;

    fn shown(path: &str, today: Date) -> String {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("regimes");
        let snapshot = Snapshot::new(&load(&root).project);
        let file = snapshot.file_of(path).expect("the file is there");
        let text = &snapshot.source(file).expect("a source").file.text;
        let whole = Span::from_offsets(0, text.len());
        let lines = LineIndex::new(text);
        let told: Vec<String> = hints(&snapshot, file, whole, today)
            .iter()
            .map(|hint| {
                let line = lines.line_text(text, lines.line_of(hint.offset)).trim();
                let more = hint.more.as_ref().map_or("", |more| more.vi.as_str());
                format!("{line}  ⟦{}⟧ {more}", hint.words.vi)
            })
            .collect();
        told.join("\n")
    }

    #[test]
    fn sizes_days_and_figures_stand_between_the_lines() {
        let today = day_of_month(2026, 2, 1);
        let told = [
            shown("tthc_06a.regime", today),
            shown("ktxh.regime", today),
            shown("tkgd_th.regime", today),
        ];
        insta::assert_snapshot!(told.join("\n=====\n"));
    }
}
