//! Migrations from an earlier version.
//!
//! From the rough tree to the typed one; a line that is no step becomes a stray.

use super::Lower;
use crate::syntax::ast::migrate::{Migration, MigrationStep, StepKind};
use crate::syntax::grammar::Rule;
use crate::syntax::tree::Node;

impl Lower<'_> {
    pub(super) fn migration(&self, node: &Node) -> Option<Migration> {
        Some(Migration {
            version: self.integer(node)?,
            steps: node
                .children
                .iter()
                .filter_map(|child| {
                    Some(MigrationStep {
                        kind: self.step(child)?,
                        span: child.span,
                    })
                })
                .collect(),
            strays: self.strays(node),
            head: self.head(node),
            span: node.span,
        })
    }

    fn step(&self, node: &Node) -> Option<StepKind> {
        let mut cells: Vec<_> = node
            .all(Rule::cell)
            .map(|cell| self.cell_of(cell))
            .collect();
        Some(match node.rule {
            Rule::same => StepKind::Same(cells.pop()?),
            Rule::r#move => {
                let to = cells.pop()?;
                StepKind::Move {
                    from: cells.pop()?,
                    to,
                }
            }
            Rule::merge => {
                let to = cells.pop()?;
                StepKind::Merge { from: cells, to }
            }
            Rule::drop => StepKind::Drop {
                cell: cells.pop()?,
                reason: self.label(node)?,
            },
            _ => return None,
        })
    }
}
