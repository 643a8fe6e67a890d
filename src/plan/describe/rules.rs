//! Rules in words, in parts: under which condition, about which cell, what is demanded of it.
//!
//! The parts let one sentence tell what is demanded of many cells alike. It deliberately does not know figures or verdicts. A rule about more than a cell has no subject.

use super::{Bilingual, Speaker, both, column, kinds, listed, row};
use crate::plan::CompiledRegime;
use crate::plan::address::RowScope;
use crate::plan::expression::{Expression, RowReference};
use crate::plan::form::ColumnIndex;
use crate::plan::validation::{Rule, RuleKind, Severity};

/// A cell of a form, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// “cột 6 (Số đơn)”.
    pub column: Bilingual,
    /// “dòng 1.1 (Số người chết)”; none where each row is meant.
    pub row: Option<Bilingual>,
}

/// A rule in words. Read one after another the parts are the whole sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Under which condition, with its colon; mostly empty.
    pub before: Bilingual,
    /// The cell that the demand begins with; none where it begins with something else.
    pub subject: Option<Subject>,
    /// What is demanded, with the periods in which it is.
    pub after: Bilingual,
}

impl Subject {
    /// “cột 6 (Số đơn), dòng 1.1 (Số người chết)”.
    pub fn text(&self) -> Bilingual {
        match &self.row {
            None => self.column.clone(),
            Some(row) => both(
                format!("{}, {}", self.column.vi, row.vi),
                format!("{}, {}", self.column.en, row.en),
            ),
        }
    }
}

impl Told {
    /// The whole sentence, without a full stop.
    pub fn text(&self) -> Bilingual {
        let subject = self.subject.as_ref().map(Subject::text);
        let subject = subject.unwrap_or_else(|| both("", ""));
        both(
            format!("{}{}{}", self.before.vi, subject.vi, self.after.vi),
            format!("{}{}{}", self.before.en, subject.en, self.after.en),
        )
    }
}

/// A rule in words, with its conditions and periods: “cột 6 (Số đơn) không lớn hơn cột 4 (Số đơn đã xử lý)”.
pub fn rule(plan: &CompiledRegime, rule: &Rule) -> Bilingual {
    told(plan, rule).text()
}

/// The same in parts.
pub fn told(plan: &CompiledRegime, rule: &Rule) -> Told {
    let speaker = Speaker {
        plan,
        form: rule.form,
        row: match &rule.rows {
            RowScope::Every => None,
            RowScope::One(key) => Some(key),
        },
        column: None,
    };
    let demand = speaker.demand(rule);
    let (subject, mut after) = speaker
        .subject(rule)
        .and_then(|subject| {
            let text = subject.text();
            let vi = demand.vi.strip_prefix(&text.vi)?.to_owned();
            let en = demand.en.strip_prefix(&text.en)?.to_owned();
            Some((Some(subject), both(vi, en)))
        })
        .unwrap_or((None, demand));
    if rule.rounded {
        after = both(
            format!("{}, cho phép lệch do làm tròn", after.vi),
            format!("{}, allowing for rounding", after.en),
        );
    }
    if !rule.applicability.only_in.is_empty() {
        let kinds: Vec<Bilingual> = rule
            .applicability
            .only_in
            .iter()
            .map(|choice| kinds::name(&plan.header, choice))
            .collect();
        let kinds = listed(&kinds, "và", "and");
        after = both(
            format!("{} (chỉ trong kỳ {})", after.vi, kinds.vi),
            format!("{} (only in {})", after.en, kinds.en),
        );
    }
    Told {
        before: speaker.conditions(rule),
        subject,
        after,
    }
}

/// What a rule's weight means: “bắt buộc”, “nếu không đúng thì phải giải trình”.
pub fn weight(severity: Severity) -> Bilingual {
    match severity {
        Severity::Error => both("bắt buộc", "must hold"),
        Severity::Explain => both(
            "nếu không đúng thì phải giải trình",
            "needs an explanation where it does not hold",
        ),
        Severity::Warning => both(
            "nếu không đúng thì nhắc",
            "gives a warning where it does not hold",
        ),
    }
}

impl Speaker<'_> {
    fn conditions(&self, rule: &Rule) -> Bilingual {
        let all = rule.conditions.iter();
        let all: Vec<Bilingual> = match rule.conditions.len() {
            0 => return both("", ""),
            1 => all.map(|id| self.tell(*id, 0)).collect(),
            _ => all.map(|id| self.clause(*id, 0)).collect(),
        };
        let condition = listed(&all, "và", "and");
        both(
            format!("khi {}: ", condition.vi),
            format!("when {}: ", condition.en),
        )
    }

    /// The cell that a demand is about: that of the rule, or the one its comparison begins with.
    fn subject(&self, rule: &Rule) -> Option<Subject> {
        let definition = &self.plan.form_definition;
        let form = definition.form(rule.form?)?;
        let named = |index: ColumnIndex, key: Option<&str>| {
            Some(Subject {
                column: column(form.column(index)?),
                row: key.map(|key| row(self.plan, form, key)),
            })
        };
        let own = match &rule.rows {
            RowScope::Every => None,
            RowScope::One(key) => Some(key.as_str()),
        };
        match &rule.kind {
            RuleKind::Within { .. } | RuleKind::Range { .. } | RuleKind::Chain { .. } => {
                named(rule.column?, own)
            }
            RuleKind::Condition { expression } => {
                let program = &self.plan.validation_program;
                let Expression::Compare(first, _) = program.expression(*expression)? else {
                    return None;
                };
                let Expression::Cell(cell) = program.expression(*first)? else {
                    return None;
                };
                let key = match &cell.row {
                    RowReference::Entry(key) if own != Some(key.as_str()) => Some(key.as_str()),
                    RowReference::Entry(_) | RowReference::Current => None,
                    _ => return None,
                };
                (Some(cell.form) == rule.form).then(|| named(cell.column, key))?
            }
            RuleKind::Balance { .. } | RuleKind::Bounds { .. } => None,
        }
    }
}
