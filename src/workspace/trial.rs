//! Running the `test` blocks of a regime, and naming the rules that no test exercises.
//!
//! Pure: a snapshot in, outcomes out. It deliberately does not know how outcomes are shown. A test of a regime with mistakes is not run; the mistakes come first.

mod elsewhere;
mod figures;
mod mismatch;
pub mod mutation;
mod outcome;
pub mod sample;
mod time;

pub use mismatch::Mismatch;

use super::{RegimeSource, Snapshot};
use crate::analysis::tests_model::{Expectation, ExpectationKind, TestCase, TestCell, TestValue};
use crate::calendar::WorkingCalendar;
use crate::diagnostic::Label;
use crate::eval::attached::AttachedFile;
use crate::eval::cell::{Basis, BlankReason, Cell};
use crate::eval::consolidate::{Group, Member, figure};
use crate::eval::describe::describe;
use crate::eval::finding::{Finding, FindingKind, Verdict};
use crate::eval::judged::{Judged, Standpoint, judged};
use crate::eval::together::History;
use crate::eval::{display, naming};
use crate::organisation::{Unit, UnitId};
use crate::plan::address::{CellAddress, Row};
use crate::plan::cell::{CellDefinition, ValueType};
use crate::plan::validation::{RuleIndex, RuleKind, Severity};
use crate::plan::{Bilingual, CompiledRegime};
use figures::Suppositions;
use std::collections::BTreeSet;

/// All tests of one regime version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegimeTrial {
    /// The tests in the author's order.
    pub cases: Vec<CaseTrial>,
    /// Rules not exercised both ways, in the plan's order.
    pub unexercised: Vec<Unexercised>,
}

/// One test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseTrial {
    /// What it shows.
    pub title: String,
    /// Line of its beginning, from 1.
    pub line: u32,
    /// Expectations that were not met; empty when the test passes.
    pub failures: Vec<Failure>,
}

/// An expectation that was not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Where the expectation is written.
    pub label: Label,
    /// What is otherwise.
    pub mismatch: Mismatch,
}

/// A rule that the tests do not show from both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unexercised {
    /// Key of the rule.
    pub key: String,
    /// Line of the rule, from 1.
    pub line: u32,
    /// No test has it hold.
    pub never_held: bool,
    /// No test expects it to fail.
    pub never_failed: bool,
}

impl RegimeTrial {
    /// Whether every test passes.
    pub fn passed(&self) -> bool {
        self.cases.iter().all(|case| case.failures.is_empty())
    }
}

/// Runs the tests of a regime; `None` while it has mistakes.
pub fn run(snapshot: &Snapshot, regime: &RegimeSource) -> Option<RegimeTrial> {
    let plan = regime.plan()?;
    let calendar = snapshot.working_calendar(plan);
    let mut seen = Exercised::default();
    let cases = regime
        .tests()
        .iter()
        .map(|case| tried(snapshot, plan, &calendar, case, &mut seen))
        .collect();
    Some(RegimeTrial {
        cases,
        unexercised: seen.missing(plan),
    })
}

/// Runs one test of a regime; `None` while the regime has mistakes.
pub fn one(snapshot: &Snapshot, regime: &RegimeSource, case: &TestCase) -> Option<CaseTrial> {
    let plan = regime.plan()?;
    let calendar = snapshot.working_calendar(plan);
    let mut seen = Exercised::default();
    Some(tried(snapshot, plan, &calendar, case, &mut seen))
}

/// Runs one test against a plan.
fn tried(
    snapshot: &Snapshot,
    plan: &CompiledRegime,
    calendar: &WorkingCalendar,
    case: &TestCase,
    seen: &mut Exercised,
) -> CaseTrial {
    let unit = time::reporter(snapshot, plan, case);
    let others = elsewhere::other_regimes(snapshot, case, &unit);
    let other_unit = |name: &str| time::other(snapshot, plan, case, name);
    let suppositions = Suppositions::of(plan, case, &unit, &other_unit, &others);
    let mut runner = Runner {
        plan,
        calendar,
        case,
        unit: &unit,
        suppositions: &suppositions,
        judged: None,
    };
    runner.judged = runner.judge();
    let failures = case
        .expectations
        .iter()
        .filter_map(|expectation| runner.unmet(expectation, seen))
        .collect();
    if let Some(judged) = &runner.judged {
        seen.held.extend(
            judged
                .tallies
                .iter()
                .filter(|(_, tally)| tally.passed > 0)
                .map(|(rule, _)| *rule),
        );
    }
    CaseTrial {
        title: case.title.clone(),
        line: case.line,
        failures,
    }
}

/// Rules that the tests have shown so far.
#[derive(Default)]
struct Exercised {
    held: BTreeSet<RuleIndex>,
    failed: BTreeSet<RuleIndex>,
}

impl Exercised {
    fn missing(&self, plan: &CompiledRegime) -> Vec<Unexercised> {
        let rules = plan.validation_program.rules.iter().zip(0u32..);
        rules
            // Bounds between overlapping parts are the compiler's own; nobody wrote them and nobody has to show them.
            .filter(|(rule, _)| !matches!(rule.kind, RuleKind::Bounds { .. }))
            .filter_map(|(rule, position)| {
                let never_held = !self.held.contains(&RuleIndex(position));
                let never_failed = !self.failed.contains(&RuleIndex(position));
                (never_held || never_failed).then(|| Unexercised {
                    key: rule.key.clone(),
                    line: rule.origin.line,
                    never_held,
                    never_failed,
                })
            })
            .collect()
    }
}

/// One test with everything it is judged by.
struct Runner<'r> {
    plan: &'r CompiledRegime,
    calendar: &'r WorkingCalendar,
    case: &'r TestCase,
    unit: &'r Unit,
    suppositions: &'r Suppositions<'r>,
    /// What the rules say of what is under test; none when the regime does not report the period.
    judged: Option<Judged>,
}

impl Runner<'_> {
    fn unmet(&self, expectation: &Expectation, seen: &mut Exercised) -> Option<Failure> {
        let mismatch = match &expectation.kind {
            ExpectationKind::Valid => self.valid(false),
            ExpectationKind::Complete => self.valid(true),
            ExpectationKind::Outcome(outcome, target) => self.outcome(*outcome, target, seen),
            ExpectationKind::Value {
                cell,
                value,
                reason,
                partial,
            } => self.value(cell, value, reason.as_deref(), *partial),
            ExpectationKind::Due {
                forms,
                party,
                date,
                clock,
            } => self.due(forms, party, *date, *clock),
            ExpectationKind::Window { forms, days } => self.days(forms, *days, |rule| {
                rule.window_of(&self.case.period, self.event_dates())
            }),
            ExpectationKind::Covers { forms, days } => self.days(forms, *days, |rule| {
                rule.covers_of(&self.case.period, self.event_dates())
            }),
            ExpectationKind::Route { form, next } => self.route(form, next.as_ref()),
            ExpectationKind::Prints { form, column, text } => {
                let definition = &self.plan.form_definition;
                let column = definition
                    .find_form(form)
                    .and_then(|(_, form)| form.find_column(column));
                let found = column.and_then(|(_, column)| column.formula_row.clone());
                (found.as_deref() != Some(text)).then_some(Mismatch::Prints { found })
            }
        };
        mismatch.map(|mismatch| Failure {
            label: expectation.label,
            mismatch,
        })
    }

    /// What the rules say of the report under test, or of the figures of several units where the test is about those.
    fn judge(&self) -> Option<Judged> {
        if !self.suppositions.is_consolidation() {
            return self.suppositions.own().map(|own| Judged {
                findings: own.findings.clone(),
                tallies: own.tallies.clone(),
                document: own.clone(),
            });
        }
        let at = Standpoint {
            cutoff: self.window()?.to,
            reporter: Some(self.unit),
            event: self.case.event.as_ref(),
            written: None,
        };
        Some(self.together(|members, history| judged(self.plan, members, history, at)))
    }

    /// The units whose figures become one in this test, with what the test supposes of other times.
    fn together<T>(&self, read: impl FnOnce(&[Member<'_>], &History<'_>) -> T) -> T {
        let members = self.members();
        let archives = self.suppositions.archives(self.plan);
        let history = History {
            period: self.case.period,
            units: members
                .iter()
                .filter_map(|member| {
                    Some((member.unit.clone(), archives.get(member.name.as_str())?))
                })
                .collect(),
            own: self.suppositions.assigned(),
            adjustments: Vec::new(),
        };
        read(&members, &history)
    }

    /// `complete`: also every narrative is written.
    fn valid(&self, complete: bool) -> Option<Mismatch> {
        let Some(judged) = &self.judged else {
            return Some(Mismatch::NoReport);
        };
        let findings: Vec<Bilingual> = judged
            .findings
            .iter()
            .filter(|finding| {
                finding.verdict == Verdict::Fails && finding.severity == Severity::Error
            })
            .filter(|finding| {
                complete || !matches!(finding.kind, FindingKind::NarrativeMissing { .. })
            })
            .map(|finding| self.told(finding))
            .chain(self.conflicts())
            .collect();
        (!findings.is_empty()).then_some(Mismatch::NotValid { findings })
    }

    fn value(
        &self,
        cell: &TestCell,
        expected: &TestValue,
        reason: Option<&str>,
        partial: Option<(u32, u32)>,
    ) -> Option<Mismatch> {
        let Some((address, definition)) = self.address(cell).and_then(|address| {
            let form = self.plan.form_definition.form(address.form)?;
            let definition = form.cell(address.row.key(), address.column)?;
            Some((address, definition))
        }) else {
            return Some(Mismatch::NoCell);
        };
        if let Some(unit) = &cell.unit {
            let found = self
                .suppositions
                .of_unit(unit)
                .and_then(|report| report.cells.get(&address));
            let Some(found) = found else {
                return Some(Mismatch::NoCell);
            };
            return self.compared(found, definition, expected, reason);
        }
        if !self.suppositions.is_consolidation() {
            let found = self
                .suppositions
                .own()
                .and_then(|own| own.cells.get(&address));
            let Some(found) = found else {
                return Some(Mismatch::NoCell);
            };
            return self
                .rests_on(found, partial)
                .or_else(|| self.compared(found, definition, expected, reason));
        }
        let found = self.together(|members, history| {
            figure(self.plan, members, &Group::Overall, &address, Some(history))
        });
        let Some(found) = found else {
            return Some(Mismatch::NoCell);
        };
        // What is missing in earlier periods shows in the figure itself.
        if let Cell::Partial(..) = found.cell
            && found.answered == found.due
        {
            return self
                .rests_on(&found.cell, partial)
                .or_else(|| self.compared(&found.cell, definition, expected, reason));
        }
        // A value without a word about completeness promises that nobody is missing.
        let (answered, due) = partial.unwrap_or((found.due, found.due));
        if (found.answered, found.due) != (answered, due) {
            return Some(Mismatch::Partial {
                answered: found.answered,
                due: found.due,
            });
        }
        self.compared(&found.cell, definition, expected, reason)
    }

    /// Whether a figure of one report rests on as many reports as a test says; without a word about it nothing may be missing.
    fn rests_on(&self, found: &Cell, expected: Option<(u32, u32)>) -> Option<Mismatch> {
        let basis = match (found, expected) {
            (Cell::Partial(_, basis), _) => *basis,
            (_, Some((_, due))) => Basis { answered: due, due },
            _ => return None,
        };
        (expected != Some((basis.answered, basis.due))).then_some(Mismatch::Partial {
            answered: basis.answered,
            due: basis.due,
        })
    }

    fn compared(
        &self,
        found: &Cell,
        definition: &CellDefinition,
        expected: &TestValue,
        reason: Option<&str>,
    ) -> Option<Mismatch> {
        let same = match (found, expected) {
            (Cell::Given(found) | Cell::Partial(found, _), TestValue::Number(expected)) => {
                match definition.value {
                    ValueType::Number {
                        decimals, percent, ..
                    } => {
                        let shown = if percent {
                            found.mul(&crate::number::Number::from_i64(100))
                        } else {
                            found.clone()
                        };
                        shown.round(decimals) == *expected
                    }
                    _ => false,
                }
            }
            (Cell::Text(found), TestValue::Text(expected)) => found == expected,
            (Cell::Day(found), TestValue::Day(expected)) => found == expected,
            (Cell::Truth(found), TestValue::Truth(expected)) => found == expected,
            (Cell::Entry(found), TestValue::Entry(expected)) => found.name == *expected,
            (Cell::File(found), TestValue::File(expected)) => {
                AttachedFile::named(expected).is_some_and(|expected| expected.name == found.name)
            }
            (Cell::Nil, TestValue::Nil) | (Cell::Closed, TestValue::Closed) => true,
            (Cell::Blank(why), TestValue::Blank) => {
                reason.is_none_or(|reason| self.says(why, reason))
            }
            _ => false,
        };
        (!same).then(|| Mismatch::Value {
            found: self.shown(found, definition),
        })
    }

    fn says(&self, why: &BlankReason, reason: &str) -> bool {
        let wording = naming::reason(self.plan, why);
        wording.vi == reason || wording.en == reason
    }

    /// A cell with the word for its state, because a table shows blank as nothing.
    fn shown(&self, cell: &Cell, definition: &CellDefinition) -> mismatch::Shown {
        match cell {
            Cell::Given(_)
            | Cell::Partial(..)
            | Cell::Text(_)
            | Cell::Day(_)
            | Cell::Truth(_)
            | Cell::Entry(_)
            | Cell::File(_) => mismatch::Shown::Value(display::display(cell, definition)),
            Cell::Nil => mismatch::Shown::Nil,
            Cell::Closed => mismatch::Shown::Closed,
            Cell::Blank(why) => mismatch::Shown::Blank(naming::reason(self.plan, why)),
        }
    }

    fn address(&self, cell: &TestCell) -> Option<CellAddress> {
        let (index, form) = self.plan.form_definition.find_form(&cell.form)?;
        let (column, _) = form.find_column(&cell.column)?;
        Some(CellAddress {
            form: index,
            row: Row::parse(&cell.row, form),
            column,
        })
    }

    /// The units a consolidating test names, with what is known of them.
    fn members(&self) -> Vec<Member<'_>> {
        self.suppositions
            .units()
            .map(|(name, report)| {
                let facts = self.suppositions.known(name);
                let told =
                    |of: fn(&Unit) -> &String| facts.map_or(String::new(), |unit| of(unit).clone());
                Member {
                    unit: facts.map_or_else(|| UnitId(name.to_owned()), |unit| unit.id.clone()),
                    name: name.to_owned(),
                    level: told(|unit| &unit.level),
                    item: told(|unit| &unit.item),
                    facts,
                    report,
                }
            })
            .collect()
    }

    /// A finding as the office would read it, behind the identifier that the author gave to the rule and the cell it points at.
    fn told(&self, finding: &Finding) -> Bilingual {
        let rule = match &finding.kind {
            FindingKind::Rule { rule, .. } => {
                self.plan.validation_program.rules.get(rule.0 as usize)
            }
            _ => None,
        };
        let at = finding.at.as_ref();
        let at = at.map(|at| at.text(&self.plan.form_definition));
        let named = rule.is_some_and(|rule| rule.identifier.is_some());
        let name = [named.then(|| finding.key.clone()), at];
        let name: Vec<String> = name.into_iter().flatten().collect();
        let name = match name.as_slice() {
            [] => String::new(),
            parts => format!("{}: ", parts.join(" ")),
        };
        let own = self.suppositions.own();
        let own = own.filter(|_| !self.suppositions.is_consolidation());
        let words = match (own, rule) {
            (Some(own), _) => describe(self.plan, own, finding),
            // Of the figures of several units the rule is told as it is written.
            (None, Some(rule)) => naming::same(&rule.text),
            (None, None) => naming::same(""),
        };
        let sign = match finding.verdict {
            Verdict::Fails => "✗",
            Verdict::Undecided => "?",
        };
        naming::both(
            format!("{sign} {name}{}", words.vi),
            format!("{sign} {name}{}", words.en),
        )
    }
}
