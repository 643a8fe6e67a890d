//! Whether two formulas say the same when cells are called by the indicators they bear.
//!
//! Only sums and products of indicators and numbers are looked at; the order of terms and factors does not matter. It deliberately does not compute: a formula it cannot
//! name has no shape and is compared with nothing.

use crate::syntax::ast::expression::{Expr, ExprKind, ProductSign, SumSign};

/// A formula as one text that is the same for formulas that say the same; `name` calls what stands in it by its indicator.
pub(super) fn shape(expr: &Expr, name: &dyn Fn(&ExprKind) -> Option<String>) -> Option<String> {
    match &expr.kind {
        ExprKind::Sum { first, rest } => {
            let mut terms = vec![format!("+{}", shape(first, name)?)];
            for (sign, term) in rest {
                let sign = match sign.value {
                    SumSign::Plus => '+',
                    SumSign::Minus => '-',
                };
                terms.push(format!("{sign}{}", shape(term, name)?));
            }
            terms.sort();
            Some(format!("({})", terms.concat()))
        }
        ExprKind::Product { .. } => {
            let (mut above, mut below) = (Vec::new(), Vec::new());
            factors(expr, name, &mut above, &mut below)?;
            above.sort();
            below.sort();
            Some(format!("({}/{})", above.join("*"), below.join("*")))
        }
        ExprKind::Number(number) => {
            let sign = if number.percent { "%" } else { "" };
            Some(format!("{}{sign}", number.digits))
        }
        kind => name(kind),
    }
}

/// What stands above and below the line of a product, inner products written out.
fn factors(
    expr: &Expr,
    name: &dyn Fn(&ExprKind) -> Option<String>,
    above: &mut Vec<String>,
    below: &mut Vec<String>,
) -> Option<()> {
    let ExprKind::Product { first, rest } = &expr.kind else {
        above.push(shape(expr, name)?);
        return Some(());
    };
    factors(first, name, above, below)?;
    for (sign, factor) in rest {
        match sign.value {
            ProductSign::Times => factors(factor, name, above, below)?,
            ProductSign::Over => factors(factor, name, below, above)?,
        }
    }
    Some(())
}
