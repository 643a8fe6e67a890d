//! The concrete tree of a file: every statement, part, word and sign with its place.
//!
//! Built once from the parser's output, then the parser generator is forgotten. It never fails:
//! lines that are no statement and things that are missing are nodes. It deliberately knows nothing
//! about meaning. Space and comments are not nodes: they are the gaps between leaves.

use super::DEEPEST_NESTING;
use super::grammar::Rule;
use super::keywords::{self, Keyword};
use super::origin::Origin;
use crate::text::Span;
use pest::Token;
use pest::iterators::Tokens;

/// Most levels of a tree: a bracket makes nine of them, a block three, and so many of each may lie inside each other.
const DEEPEST_TREE: usize = 800;

/// A node of the concrete tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub(super) rule: Rule,
    /// Bytes of the source file.
    pub span: Span,
    /// Bytes of the composed text, which differ from `span` only in a file with decomposed letters.
    pub(super) place: Span,
    /// What it consists of, in order.
    pub children: Vec<Node>,
}

/// What a node is, as far as an editor or a test needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A complete statement, with its block if it has one.
    Statement,
    /// A keyword.
    Keyword(&'static Keyword),
    /// A text in quotation marks, with or without formulas.
    Label,
    /// A name, a printed code or a path.
    Name,
    /// A number, date or time.
    Literal,
    /// A sign.
    Sign,
    /// A line or block that is no statement.
    Stray,
    /// Something that should stand here and does not; an empty node.
    Missing,
    /// A part of a statement.
    Part,
}

impl Node {
    /// The tree of what the parser found: one pass over the beginnings and ends of its rules. A tree that is too deep, whatever made it so, is not built: everything that walks
    /// over a tree goes down its levels. The error is the place where it becomes too deep.
    pub(super) fn build(tokens: Tokens<'_, Rule>, origin: &Origin) -> Result<Node, u32> {
        // Finished nodes; those from the second number of the innermost open rule on are its own.
        let mut finished: Vec<Node> = Vec::new();
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut conditionals: u32 = 0;
        for token in tokens {
            let (rule, end) = match token {
                Token::Start { rule, pos } => {
                    open.push((pos.pos(), finished.len()));
                    conditionals += u32::from(rule == Rule::conditional);
                    if open.len() > DEEPEST_TREE || conditionals > DEEPEST_NESTING {
                        return Err(Span::from_offsets(pos.pos(), pos.pos()).start);
                    }
                    continue;
                }
                Token::End { rule, pos } => (rule, pos.pos()),
            };
            conditionals -= u32::from(rule == Rule::conditional);
            let Some((start, first)) = open.pop() else {
                continue;
            };
            let passes = matches!(
                rule,
                Rule::conjunction
                    | Rule::negation
                    | Rule::comparison
                    | Rule::product
                    | Rule::factor
            );
            // A level of precedence without an operator says nothing.
            if passes && finished.len() == first + 1 || matches!(rule, Rule::EOI | Rule::line_end) {
                continue;
            }
            let place = Span::from_offsets(start, end);
            let children = finished.split_off(first);
            finished.push(Node {
                rule,
                span: origin.span(place),
                place,
                children,
            });
        }
        finished.pop().ok_or(0)
    }

    /// What the node is.
    pub fn kind(&self) -> Kind {
        if let Some(keyword) = keywords::of_rule(self.rule) {
            return Kind::Keyword(keyword);
        }
        match self.rule {
            rule if is_statement(rule) => Kind::Statement,
            Rule::label | Rule::template => Kind::Label,
            Rule::name
            | Rule::who_name
            | Rule::cell_name
            | Rule::listed_name
            | Rule::path
            | Rule::name_path
            | Rule::cell_path
            | Rule::row_form
            | Rule::switched_rule
            | Rule::own_rule_name
            | Rule::rule_number
            | Rule::printed
            | Rule::braced
            | Rule::place => Kind::Name,
            Rule::integer
            | Rule::number
            | Rule::full_date
            | Rule::day_month
            | Rule::part_of_year
            | Rule::year_span
            | Rule::clock
            | Rule::thousands
            | Rule::decimal_comma => Kind::Literal,
            Rule::comma
            | Rule::colon
            | Rule::equals
            | Rule::dots
            | Rule::open_brace
            | Rule::close_brace
            | Rule::open_paren
            | Rule::close_paren
            | Rule::open_bracket
            | Rule::close_bracket
            | Rule::star
            | Rule::slash
            | Rule::arrow
            | Rule::minus
            | Rule::value_sign
            | Rule::sum_sign
            | Rule::product_sign
            | Rule::comparison_sign => Kind::Sign,
            Rule::lost_line
            | Rule::lost_block
            | Rule::lost_head
            | Rule::given_stray
            | Rule::stray_close
            | Rule::bad_head
            | Rule::bad_interpolation => Kind::Stray,
            Rule::missing_open | Rule::missing_close | Rule::missing_quote | Rule::missing_end => {
                Kind::Missing
            }
            _ => Kind::Part,
        }
    }

    /// The first child of a rule.
    pub(super) fn child(&self, rule: Rule) -> Option<&Node> {
        self.children.iter().find(|child| child.rule == rule)
    }

    /// All children of a rule.
    pub(super) fn all(&self, rule: Rule) -> impl Iterator<Item = &Node> {
        self.children.iter().filter(move |child| child.rule == rule)
    }

    /// Whether the last child is of a rule; what is missing at the end of a block or text stands there.
    pub(super) fn ends_with(&self, rule: Rule) -> bool {
        self.children.last().is_some_and(|last| last.rule == rule)
    }

    /// Whether a child of the rule exists.
    pub(super) fn has(&self, rule: Rule) -> bool {
        self.child(rule).is_some()
    }

    /// The text of the node.
    pub(super) fn text<'t>(&self, composed: &'t str) -> &'t str {
        self.place.of(composed)
    }

    /// Calls `visit` on this node and all below it, from the front; stops going down where it
    /// answers `false`.
    pub fn walk<'n>(&'n self, visit: &mut impl FnMut(&'n Node) -> bool) {
        if visit(self) {
            for child in &self.children {
                child.walk(visit);
            }
        }
    }
}

/// Whether the rule is a statement: something that stands on a line of its own.
pub(super) fn is_statement(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::regime
            | Rule::period_kind
            | Rule::units
            | Rule::links
            | Rule::successors
            | Rule::catalog
            | Rule::measure
            | Rule::level
            | Rule::tag
            | Rule::r#trait
            | Rule::agency
            | Rule::target
            | Rule::indicator
            | Rule::calendar
            | Rule::export
            | Rule::campaign
            | Rule::rule_switch
            | Rule::form
            | Rule::list
            | Rule::test
            | Rule::entry
            | Rule::holiday
            | Rule::lunar_table
            | Rule::decisions_table
            | Rule::export_period
            | Rule::basis
            | Rule::issuer
            | Rule::track
            | Rule::reporters
            | Rule::recipient
            | Rule::channel
            | Rule::sign_by
            | Rule::suspend
            | Rule::route
            | Rule::window
            | Rule::covers
            | Rule::period
            | Rule::deadline
            | Rule::event
            | Rule::figures
            | Rule::outline
            | Rule::migrate
            | Rule::waived
            | Rule::opened_by
            | Rule::closed_by
            | Rule::only_statement
            | Rule::default
            | Rule::rows_statement
            | Rule::consolidated
            | Rule::total_row
            | Rule::total_group
            | Rule::column
            | Rule::group
            | Rule::row
            | Rule::field
            | Rule::key
            | Rule::rows_grouped
            | Rule::balance
            | Rule::check
            | Rule::warn
            | Rule::when
            | Rule::section
            | Rule::narrative
            | Rule::sentence
            | Rule::table
            | Rule::same
            | Rule::r#move
            | Rule::merge
            | Rule::drop
            | Rule::test_reporter
            | Rule::test_period
            | Rule::given_succession
            | Rule::given_event
            | Rule::event_moment
            | Rule::given_plan
            | Rule::given_registry
            | Rule::given_narrative
            | Rule::given
            | Rule::given_table
            | Rule::table_row
            | Rule::given_row
            | Rule::pair
            | Rule::expect
    )
}
