//! From the concrete tree to the typed tree.
//!
//! Every function takes a node of one rule and gives the typed statement; `None` only where the
//! grammar would have to be wrong, and then that statement alone is left out. Nothing is reported
//! here: what is wrong with a tree is said by `recover`.

mod event;
mod expression;
mod form;
mod header;
mod indicator;
mod list;
mod migrate;
mod outline;
mod rule;
mod test;
mod time;
mod words;

use super::ast::{Clock, Date, Dated, DayMonth, File, Item, Spanned, Stray, Who};
use super::grammar::Rule;
use super::misplaced;
use super::recover;
use super::tree::Node;
use crate::text::Span;
use std::cell::Cell;

/// The typed tree of a file, which may hold declarations in blocks that do not take them: they are read as if they stood where they belong, so that what names them is no further mistake.
pub(super) fn file(tree: &Node, text: &str, misplaced: bool) -> File {
    let lower = Lower {
        text,
        strays: Cell::new(0),
        misplaced,
    };
    let mut file = File::default();
    for node in &tree.children {
        match lower.item(node) {
            Some(item) => file.items.push(item),
            None => file.strays.extend(lower.stray(node)),
        }
        let inside_regime = node.rule == Rule::regime;
        let others = lower.misplaced(node).into_iter();
        let others = others.filter(|one| !(inside_regime && misplaced::is_of_regime(one.rule)));
        file.items.extend(others.filter_map(|one| lower.item(one)));
    }
    file
}

/// The text the tree speaks about.
struct Lower<'t> {
    text: &'t str,
    /// How many lines that are no statement were seen.
    strays: Cell<usize>,
    /// Whether any declaration stands in a block that does not take it.
    misplaced: bool,
}

impl<'t> Lower<'t> {
    /// The declarations in a block, or deeper, that stand where they cannot stand.
    fn misplaced<'n>(&self, node: &'n Node) -> Vec<&'n Node> {
        match self.misplaced {
            true => misplaced::of(node),
            false => Vec::new(),
        }
    }

    fn item(&self, node: &Node) -> Option<Item> {
        Some(match node.rule {
            Rule::measure => Item::Measure(self.measure(node)?),
            Rule::level => Item::Level(self.level(node)?),
            Rule::units | Rule::links | Rule::successors => Item::Facts(self.facts(node)?),
            Rule::tag => Item::Tag(self.tag(node)?),
            Rule::agency => Item::Agency(self.agency(node)?),
            Rule::catalog => Item::Catalog(self.catalog(node)?),
            Rule::calendar => Item::Calendar(self.calendar(node)?),
            Rule::period_kind => Item::PeriodKind(self.period_kind(node)?),
            Rule::regime => Item::Regime(Box::new(self.regime(node))),
            Rule::form => Item::Form(Box::new(self.form(node))),
            Rule::test => Item::Test(self.test(node)),
            Rule::r#trait => Item::Trait(self.trait_of(node)?),
            Rule::indicator => Item::Indicator(Box::new(self.indicator(node)?)),
            Rule::target => Item::Target(self.target(node)?),
            Rule::export => Item::Export(self.export(node)?),
            Rule::campaign => Item::Campaign(self.campaign(node)?),
            Rule::rule_switch => Item::RuleSwitch(self.rule_switch(node)?),
            Rule::list => Item::List(Box::new(self.list(node))),
            _ => return None,
        })
    }

    /// The text of a node.
    fn of(&self, node: &Node) -> &'t str {
        node.text(self.text)
    }

    /// The text of a node with its place.
    fn spanned(&self, node: &Node) -> Spanned<String> {
        Spanned::new(self.of(node).to_owned(), node.span)
    }

    /// The first child of a rule as text.
    fn child(&self, node: &Node, rule: Rule) -> Option<Spanned<String>> {
        node.child(rule).map(|child| self.spanned(child))
    }

    /// All children of a rule as texts.
    fn children(&self, node: &Node, rule: Rule) -> Vec<Spanned<String>> {
        node.all(rule).map(|child| self.spanned(child)).collect()
    }

    /// The name a statement declares or refers to.
    fn name(&self, node: &Node) -> Option<Spanned<String>> {
        self.child(node, Rule::name)
    }

    /// The words of a label, without its quotation marks.
    fn label_of(&self, node: &Node) -> Spanned<String> {
        let words = match (node.child(Rule::label_text), node.child(Rule::smart_text)) {
            (Some(words), _) => self.of(words),
            (None, Some(smart)) => self.of(smart).trim_matches(['“', '”', '„', '"']),
            (None, None) => "",
        };
        Spanned::new(words.to_owned(), node.span)
    }

    /// The first label among the children.
    fn label(&self, node: &Node) -> Option<Spanned<String>> {
        node.child(Rule::label).map(|label| self.label_of(label))
    }

    /// All labels among the children.
    fn labels(&self, node: &Node) -> Vec<Spanned<String>> {
        node.all(Rule::label)
            .map(|label| self.label_of(label))
            .collect()
    }

    /// The name after a keyword, as in `level so` or `of tinh`.
    fn name_after(&self, node: &Node, keyword: Rule) -> Option<Spanned<String>> {
        let at = node
            .children
            .iter()
            .position(|child| child.rule == keyword)?;
        let next = node.children.get(at + 1)?;
        (next.rule == Rule::name).then(|| self.spanned(next))
    }

    /// The label right after a keyword.
    fn label_after(&self, node: &Node, keyword: Rule) -> Option<Spanned<String>> {
        let at = node
            .children
            .iter()
            .position(|child| child.rule == keyword)?;
        let next = node.children.get(at + 1)?;
        (next.rule == Rule::label).then(|| self.label_of(next))
    }

    fn whole(&self, node: &Node) -> Spanned<u32> {
        // A number beyond the range of any count stays wrong: it is reported as out of range later.
        Spanned::new(self.of(node).parse().unwrap_or(u32::MAX), node.span)
    }

    fn integer(&self, node: &Node) -> Option<Spanned<u32>> {
        node.child(Rule::integer).map(|integer| self.whole(integer))
    }

    fn date_of(&self, node: &Node) -> Option<Spanned<Date>> {
        let mut parts = self.of(node).split('/');
        Some(Spanned::new(
            Date {
                day: parts.next()?.parse().ok()?,
                month: parts.next()?.parse().ok()?,
                year: parts.next()?.parse().ok()?,
            },
            node.span,
        ))
    }

    fn date(&self, node: &Node) -> Option<Spanned<Date>> {
        self.date_of(node.child(Rule::full_date)?)
    }

    fn day_month(&self, node: &Node) -> Option<Spanned<DayMonth>> {
        let node = node.child(Rule::day_month)?;
        let (day, month) = self.of(node).split_once('/')?;
        Some(Spanned::new(
            DayMonth {
                day: day.parse().ok()?,
                month: month.parse().ok()?,
            },
            node.span,
        ))
    }

    fn clock(&self, node: &Node) -> Option<Clock> {
        let (hour, minute) = self.of(node.child(Rule::clock)?).split_once(':')?;
        Some(Clock {
            hour: hour.parse().ok()?,
            minute: minute.parse().ok()?,
        })
    }

    fn dated(&self, node: &Node) -> Option<Dated> {
        let node = node.child(Rule::dated)?;
        let mut dates = node
            .all(Rule::full_date)
            .filter_map(|date| self.date_of(date));
        let from = if node.has(Rule::kw_from) {
            dates.next()
        } else {
            None
        };
        let until = if node.has(Rule::kw_until) {
            dates.next()
        } else {
            None
        };
        Some(Dated {
            from,
            until,
            span: node.span,
        })
    }

    fn who_of(&self, node: &Node) -> Option<Who> {
        Some(Who {
            name: self.child(node, Rule::who_name)?,
            tags: self.children(node, Rule::name),
            span: node.span,
        })
    }

    fn who_list(&self, node: &Node) -> Vec<Who> {
        node.all(Rule::who_list)
            .flat_map(|list| list.all(Rule::who))
            .filter_map(|who| self.who_of(who))
            .collect()
    }

    fn for_forms(&self, node: &Node) -> Vec<Spanned<String>> {
        node.child(Rule::for_forms)
            .map(|forms| self.children(forms, Rule::name))
            .unwrap_or_default()
    }

    /// The place of the head of a block: from its keyword up to its brace.
    fn head(&self, node: &Node) -> Span {
        let last = node
            .children
            .iter()
            .take_while(|child| !matches!(child.rule, Rule::open_brace | Rule::missing_open))
            .last();
        last.map_or(node.span, |last| Span::new(node.span.start, last.span.end))
    }

    fn stray(&self, node: &Node) -> Option<Stray> {
        matches!(
            node.rule,
            Rule::lost_line | Rule::lost_block | Rule::given_stray
        )
        .then(|| {
            let seen = self.strays.get();
            self.strays.set(seen + 1);
            recover::stray(node, self.text, seen)
        })
    }

    /// The strays of a block.
    fn strays(&self, node: &Node) -> Vec<Stray> {
        node.children
            .iter()
            .filter_map(|child| self.stray(child))
            .collect()
    }
}
