//! The attributes of one column, row, field or indicator against one another.
//!
//! It deliberately does not know what the attributes of a row and those of a column make together. Of attributes that may stand once, the types report
//! the second; here are those that they do not keep.

use super::Judge;
use crate::analysis::cells::fixed;
use crate::diagnostic::problem::meaning::foregone::ForegoneProblem;
use crate::diagnostic::problem::meaning::form::FormProblem;
use crate::diagnostic::problem::meaning::place::PlaceProblem;
use crate::diagnostic::problem::meaning::said::SaidProblem;
use crate::diagnostic::problem::meaning::types::TypeProblem;
use crate::diagnostic::{Diagnostic, Note};
use crate::syntax::ast::Spanned;
use crate::syntax::ast::expression::{Expr, ExprKind};
use crate::syntax::ast::form::{Attribute, Bound, FilledBy, Formula, Nature};
use crate::syntax::ast::indicator::Indicator;
use crate::syntax::ast::time::Only;
use crate::syntax::ast::words::Code;
use crate::text::Span;

/// What attributes say of a cell that others contradict.
#[derive(Clone, Copy, PartialEq)]
enum Claim {
    Optional,
    RequiredWhen,
    Plan,
    Planned,
    ForPrevious,
    CarryFrom,
    FromRegistry,
    Vintages,
}

/// Claims of which each excludes the other.
const EXCLUDING: [(Claim, Claim); 9] = [
    (Claim::Optional, Claim::RequiredWhen),
    (Claim::Plan, Claim::Planned),
    (Claim::Plan, Claim::ForPrevious),
    (Claim::Plan, Claim::FromRegistry),
    (Claim::Planned, Claim::ForPrevious),
    (Claim::Planned, Claim::Vintages),
    (Claim::ForPrevious, Claim::CarryFrom),
    (Claim::ForPrevious, Claim::FromRegistry),
    (Claim::CarryFrom, Claim::FromRegistry),
];

fn claim(attribute: &Attribute) -> Option<Claim> {
    Some(match attribute {
        Attribute::Optional => Claim::Optional,
        Attribute::RequiredWhen(_) => Claim::RequiredWhen,
        Attribute::Plan(_) => Claim::Plan,
        Attribute::Planned => Claim::Planned,
        Attribute::ForPrevious => Claim::ForPrevious,
        Attribute::CarryFrom(_) => Claim::CarryFrom,
        Attribute::FromRegistry => Claim::FromRegistry,
        Attribute::Vintages(_) => Claim::Vintages,
        _ => return None,
    })
}

/// Attributes that may stand once and that the types do not keep, told apart by a number.
fn singular(attribute: &Attribute) -> Option<u8> {
    Some(match attribute {
        Attribute::FromRegistry => 0,
        Attribute::OfWhich(_) => 1,
        Attribute::Owner(_) => 2,
        Attribute::BrokenDownBy(_) => 3,
        Attribute::DefinedAs(_) => 4,
        Attribute::Code(_) => 5,
        _ => return None,
    })
}

impl Judge<'_, '_> {
    /// The attributes of one statement, with the formula beside them.
    pub(super) fn attributes(
        &mut self,
        attributes: &[Spanned<Attribute>],
        formula: Option<&Formula>,
    ) {
        self.contradictions(attributes, formula);
        let mut singular_before: Vec<(u8, Span)> = Vec::new();
        for attribute in attributes {
            self.one(attribute);
            let Some(kind) = singular(&attribute.value) else {
                continue;
            };
            match singular_before.iter().find(|(known, _)| *known == kind) {
                Some((_, first)) => {
                    let text = self.context.shown(self.file, attribute.span);
                    let problem = TypeProblem::RepeatedAttribute { attribute: text };
                    self.context
                        .push(Diagnostic::new(problem, self.file, attribute.span).noting(
                            Note::FirstHere,
                            self.file,
                            *first,
                        ));
                }
                None => singular_before.push((kind, attribute.span)),
            }
        }
        let several = attributes.iter().filter(|attribute| {
            matches!(
                attribute.value,
                Attribute::Within(_) | Attribute::ClosedWhen(_)
            )
        });
        let several: Vec<Span> = several.map(|attribute| attribute.span).collect();
        self.spans(&several);
        let conditions: Vec<&Only> = attributes
            .iter()
            .filter_map(|attribute| match &attribute.value {
                Attribute::Only(only) => Some(only),
                _ => None,
            })
            .collect();
        self.together(&conditions);
        if let Some(formula) = formula {
            formula.sides.iter().for_each(|side| self.entries(side));
            let sides: Vec<Span> = formula.sides.iter().map(|side| side.span).collect();
            self.spans(&sides);
        }
    }

    fn contradictions(&mut self, attributes: &[Spanned<Attribute>], formula: Option<&Formula>) {
        let claims: Vec<(Claim, Span)> = attributes
            .iter()
            .filter_map(|one| Some((claim(&one.value)?, one.span)))
            .collect();
        for (position, (second, at)) in claims.iter().enumerate() {
            let before = claims.iter().take(position);
            let against = before.clone().find(|(first, _)| {
                EXCLUDING.contains(&(*first, *second)) || EXCLUDING.contains(&(*second, *first))
            });
            if let Some((_, first)) = against {
                self.contradiction(*first, *at);
            }
        }
        if let Some(formula) = formula {
            let typed = claims
                .iter()
                .find(|(claim, _)| matches!(claim, Claim::ForPrevious | Claim::FromRegistry));
            if let Some((_, at)) = typed {
                self.contradiction((*at).min(formula.span), (*at).max(formula.span));
            }
        }
    }

    pub(super) fn contradiction(&mut self, first: Span, second: Span) {
        let problem = SaidProblem::Contradiction {
            first: self.context.shown(self.file, first),
            second: self.context.shown(self.file, second),
        };
        self.context
            .push(Diagnostic::new(problem, self.file, second).noting(
                Note::DisagreesHere,
                self.file,
                first,
            ));
    }

    fn one(&mut self, attribute: &Spanned<Attribute>) {
        let mut reads = |expr: &Expr| {
            if !reads_something(expr) {
                let text = self.context.shown(self.file, attribute.span);
                let problem = SaidProblem::ReadsNothing { attribute: text };
                self.context.report(problem, self.file, attribute.span);
            }
        };
        match &attribute.value {
            Attribute::CarryFrom(expr)
            | Attribute::Within(expr)
            | Attribute::RequiredWhen(expr)
            | Attribute::ClosedWhen(expr)
            | Attribute::Nature(Nature::AverageBy(expr)) => {
                reads(expr);
                self.entries(expr);
            }
            Attribute::Nature(Nature::SinceEvent) if !self.events => {
                let problem = ForegoneProblem::SinceNoEvent;
                self.context.report(problem, self.file, attribute.span);
            }
            Attribute::Only(only) => self.only(only),
            Attribute::Vintages(vintages) => {
                let all = vintages.iter().map(|vintage| (*vintage, attribute.span));
                self.once(all);
            }
            Attribute::FilledBy(FilledBy::Who(who)) => self.parties(who),
            Attribute::BrokenDownBy(names) => self.names(names),
            Attribute::OfWhich(traits) => traits.iter().for_each(|together| self.names(together)),
            Attribute::PrintedAs(text) | Attribute::DefinedAs(text) | Attribute::Matching(text) => {
                self.text(text)
            }
            Attribute::Code(Code::Text(text)) => self.text(text),
            _ => {}
        }
    }

    /// An indicator stands in no form: what names cells of one, or says who fills them, belongs where it is asked for.
    pub(super) fn indicator(&mut self, written: &Indicator) {
        for attribute in &written.attributes {
            match &attribute.value {
                Attribute::Range(low, high) => {
                    let (Some(least), Some(most)) = (fixed(low), fixed(high)) else {
                        self.means_nothing(attribute.span);
                        continue;
                    };
                    if most < least {
                        let (low, high) = (least.to_plain(None), most.to_plain(None));
                        let problem = FormProblem::EmptyRange { low, high };
                        self.context.report(problem, self.file, attribute.span);
                    }
                }
                Attribute::Code(Code::Printed(_))
                | Attribute::OwnMeasure(_)
                | Attribute::RequiredWhen(_)
                | Attribute::ClosedWhen(_)
                | Attribute::Only(_)
                | Attribute::Entered(_)
                | Attribute::Closed(_)
                | Attribute::OnlyCell(..)
                | Attribute::CarryFrom(_)
                | Attribute::Within(_)
                | Attribute::PrintedAs(_)
                | Attribute::SameFor(_)
                | Attribute::Shows(_)
                | Attribute::Plan(_)
                | Attribute::ForPrevious
                | Attribute::FilledBy(_)
                | Attribute::FromRegistry => self.means_nothing(attribute.span),
                _ => {}
            }
        }
        self.attributes(&written.attributes, written.formula.as_ref());
    }

    /// Reports what would be read by nobody where it stands.
    pub(super) fn means_nothing(&mut self, span: Span) {
        let words = self.context.shown(self.file, span);
        let attribute = match words.is_empty() {
            true => self.context.text(self.file, span),
            false => words,
        };
        let problem = PlaceProblem::AttributeHere { attribute };
        self.context.report(problem, self.file, span);
    }
}

/// The numbers between which an indicator lies, wherever it is asked for.
pub(in crate::analysis) fn range_of(written: &Indicator) -> Option<(&Bound, &Bound)> {
    written.attributes.iter().find_map(|attribute| {
        let Attribute::Range(low, high) = &attribute.value else {
            return None;
        };
        let (least, most) = (fixed(low)?, fixed(high)?);
        (least <= most).then_some((low, high))
    })
}

/// Whether an expression reads anything at all: a cell, a row, a name, a figure over a list.
fn reads_something(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Row(_)
        | ExprKind::Cell(_)
        | ExprKind::ThisRow
        | ExprKind::ThisCell
        | ExprKind::Path(_)
        | ExprKind::Call(_)
        | ExprKind::In { .. } => true,
        _ => {
            let mut found = false;
            expr.for_each_part(&mut |part| found = found || reads_something(part));
            found
        }
    }
}
