//! From the header tree of a form to the rows of a printed table header: merged cells, the row of printed numbers, the row of formulas.
//!
//! It knows the shape only, neither figures nor words of its own. A form without a label column gets one in front, so that every row of figures has a heading
//! a screen reader can say. A column index that names nothing is left out.

use crate::plan::form::{ColumnIndex, Form, HeaderNode, Stub};
use serde::Serialize;

/// A table header ready to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeaderLayout {
    /// Header rows from the top.
    pub rows: Vec<Vec<HeaderCell>>,
    /// Printed numbers, one per leaf (empty where a leaf has none); none when no leaf has one.
    pub numbers: Option<Vec<UnderHeader>>,
    /// Formula row, one per leaf; none when no column has a formula.
    pub formulas: Option<Vec<UnderHeader>>,
    /// What stands under the header, from the left.
    #[serde(skip)]
    pub leaves: Vec<Leaf>,
    /// How many leaves there are, for rows that span all of them.
    pub width: usize,
    /// Name of the form, where its columns carry their addresses in markup; empty elsewhere.
    pub form: String,
}

/// One merged header cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeaderCell {
    /// Printed label.
    pub label: String,
    /// Columns it spans.
    pub colspan: usize,
    /// Rows it spans.
    pub rowspan: usize,
    /// `colgroup` over others, `col` over one column.
    pub scope: &'static str,
    /// Style class of a stub, which stays in sight when the table scrolls; empty for others.
    pub class: &'static str,
    /// Key of the column it stands over; empty where it stands over several or none.
    pub column: String,
}

/// A printed number or formula under the header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnderHeader {
    /// As printed.
    pub text: String,
    /// Style class of a stub; empty for others.
    pub class: &'static str,
}

/// A column of the table as it stands on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// What it shows.
    pub shows: LeafKind,
    /// The labels above it and its own, with its printed number: `Số hồ sơ tiếp nhận › Trong đó › Trực tuyến (4)`.
    pub path: String,
}

/// What a column of the table shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeafKind {
    /// Never a figure.
    Stub(Stub),
    /// A figure column.
    Column(ColumnIndex),
}

/// The layout of a form's header; `label_heading` is used when the form prints no label column itself.
pub fn layout(form: &Form, label_heading: &str) -> HeaderLayout {
    let height = depth(&form.header).max(1);
    let mut builder = Builder {
        form,
        rows: vec![Vec::new(); height],
        numbers: Vec::new(),
        formulas: Vec::new(),
        leaves: Vec::new(),
    };
    if !has_label(&form.header) {
        builder.leaf(label_heading, 0, "", "", LeafKind::Stub(Stub::Label), &[]);
    }
    for node in &form.header {
        builder.node(node, 0, &mut Vec::new());
    }
    let Builder {
        rows,
        numbers,
        formulas,
        leaves,
        ..
    } = builder;
    let row_of = |cells: Vec<UnderHeader>| {
        cells
            .iter()
            .any(|cell| !cell.text.is_empty())
            .then_some(cells)
    };
    HeaderLayout {
        rows,
        numbers: row_of(numbers),
        formulas: row_of(formulas),
        width: leaves.len(),
        leaves,
        form: String::new(),
    }
}

struct Builder<'a> {
    form: &'a Form,
    rows: Vec<Vec<HeaderCell>>,
    numbers: Vec<UnderHeader>,
    formulas: Vec<UnderHeader>,
    leaves: Vec<Leaf>,
}

impl Builder<'_> {
    fn place(
        &mut self,
        label: &str,
        level: usize,
        colspan: usize,
        rowspan: usize,
        scope: &'static str,
        class: &'static str,
    ) {
        if let Some(row) = self.rows.get_mut(level) {
            row.push(HeaderCell {
                label: label.to_string(),
                colspan,
                rowspan,
                scope,
                class,
                column: String::new(),
            });
        }
    }

    fn leaf(
        &mut self,
        label: &str,
        level: usize,
        code: &str,
        formula: &str,
        shows: LeafKind,
        above: &[String],
    ) {
        let class = match shows {
            LeafKind::Stub(Stub::Label) => "stub stub-label",
            LeafKind::Stub(_) => "stub stub-ordinal",
            LeafKind::Column(_) => "",
        };
        let rowspan = self.rows.len().saturating_sub(level).max(1);
        self.place(label, level, 1, rowspan, "col", class);
        if let LeafKind::Column(index) = shows
            && let Some(column) = self.form.column(index)
            && let Some(cell) = self.rows.get_mut(level).and_then(|row| row.last_mut())
        {
            cell.column = column.key(index);
        }
        let number = if code.is_empty() {
            String::new()
        } else {
            format!("({code})")
        };
        let mut path: Vec<&str> = above.iter().map(String::as_str).collect();
        path.push(label);
        let path = path.join(" › ");
        let path = if number.is_empty() {
            path
        } else {
            format!("{path} {number}")
        };
        self.numbers.push(UnderHeader {
            text: number,
            class,
        });
        self.formulas.push(UnderHeader {
            text: formula.to_string(),
            class,
        });
        self.leaves.push(Leaf { shows, path });
    }

    fn node(&mut self, node: &HeaderNode, level: usize, above: &mut Vec<String>) {
        match node {
            HeaderNode::Group { label, children } => {
                let spanned: usize = children.iter().map(leaf_count).sum();
                if spanned == 0 {
                    return;
                }
                self.place(label, level, spanned, 1, "colgroup", "");
                above.push(label.clone());
                for child in children {
                    self.node(child, level + 1, above);
                }
                above.pop();
            }
            HeaderNode::Stub { code, label, shows } => {
                self.leaf(
                    label,
                    level,
                    code.as_deref().unwrap_or_default(),
                    "",
                    LeafKind::Stub(*shows),
                    above,
                );
            }
            HeaderNode::Column(index) => {
                let form = self.form;
                if let Some(column) = form.column(*index) {
                    let (code, formula) = (column.code.as_deref(), column.formula_row.as_deref());
                    let shows = LeafKind::Column(*index);
                    self.leaf(
                        &column.label,
                        level,
                        code.unwrap_or_default(),
                        formula.unwrap_or_default(),
                        shows,
                        above,
                    );
                }
            }
        }
    }
}

fn depth(nodes: &[HeaderNode]) -> usize {
    nodes
        .iter()
        .map(|node| match node {
            HeaderNode::Group { children, .. } => 1 + depth(children),
            HeaderNode::Stub { .. } | HeaderNode::Column(_) => 1,
        })
        .max()
        .unwrap_or(0)
}

fn leaf_count(node: &HeaderNode) -> usize {
    match node {
        HeaderNode::Group { children, .. } => children.iter().map(leaf_count).sum(),
        HeaderNode::Stub { .. } | HeaderNode::Column(_) => 1,
    }
}

fn has_label(nodes: &[HeaderNode]) -> bool {
    nodes.iter().any(|node| match node {
        HeaderNode::Group { children, .. } => has_label(children),
        HeaderNode::Stub { shows, .. } => *shows == Stub::Label,
        HeaderNode::Column(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::layout;
    use crate::plan::applicability::Applicability;
    use crate::plan::cell::{CellDefinition, Nature, ValueType};
    use crate::plan::form::{Column, ColumnIndex, Form, HeaderNode, Rows, Stub};

    fn column(code: &str, label: &str, formula: Option<&str>) -> Column {
        Column {
            code: Some(code.to_string()),
            name: None,
            label: label.to_string(),
            head: false,
            cell: CellDefinition::entered(
                ValueType::Number {
                    decimals: 0,
                    negative: false,
                    percent: false,
                },
                Nature::Flow,
                true,
            ),
            per_unit: false,
            formula_row: formula.map(str::to_string),
        }
    }

    fn group(label: &str, children: Vec<HeaderNode>) -> HeaderNode {
        HeaderNode::Group {
            label: label.to_string(),
            children,
        }
    }

    fn form(header: Vec<HeaderNode>) -> Form {
        Form {
            name: "TTHC06A".into(),
            sign: "II.06a".into(),
            title: "TÌNH HÌNH".into(),
            list: false,
            applicability: Applicability::default(),
            rows: Rows::EachReportingUnit,
            consolidated: None,
            grouped_by: None,
            time: Default::default(),
            version: None,
            total_row: None,
            total_group: None,
            exceptions: Vec::new(),
            header,
            columns: vec![
                column("3", "Tổng số", Some("3=4+5")),
                column("4", "Trực tuyến", None),
                column("5", "Trực tiếp", None),
                column("6", "Từ kỳ trước", None),
            ],
        }
    }

    /// Each header row as `label(colspan×rowspan)`, then numbers and formulas.
    fn shown(form: &Form) -> String {
        let layout = layout(form, "Đơn vị");
        let mut lines: Vec<String> = layout
            .rows
            .iter()
            .map(|row| {
                row.iter()
                    .map(|cell| format!("{}({}×{})", cell.label, cell.colspan, cell.rowspan))
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        let joined = |cells: Vec<super::UnderHeader>| {
            cells
                .into_iter()
                .map(|cell| cell.text)
                .collect::<Vec<_>>()
                .join("|")
        };
        lines.extend(layout.numbers.map(joined));
        lines.extend(layout.formulas.map(joined));
        lines.extend(layout.leaves.last().map(|leaf| leaf.path.clone()));
        lines.join("\n")
    }

    #[test]
    fn groups_merge_over_their_columns_and_leaves_reach_down_to_the_numbers() {
        let stub = |code: &str, label: &str, shows| HeaderNode::Stub {
            code: Some(code.into()),
            label: label.into(),
            shows,
        };
        let form = form(vec![
            stub("1", "TT", Stub::Ordinal),
            stub("2", "Lĩnh vực", Stub::Label),
            group(
                "Số hồ sơ tiếp nhận",
                vec![
                    HeaderNode::Column(ColumnIndex(0)),
                    group(
                        "Trong đó",
                        vec![
                            HeaderNode::Column(ColumnIndex(1)),
                            HeaderNode::Column(ColumnIndex(2)),
                        ],
                    ),
                    HeaderNode::Column(ColumnIndex(3)),
                ],
            ),
        ]);
        insta::assert_snapshot!(shown(&form), @r"
        TT(1×3) Lĩnh vực(1×3) Số hồ sơ tiếp nhận(4×1)
        Tổng số(1×2) Trong đó(2×1) Từ kỳ trước(1×2)
        Trực tuyến(1×1) Trực tiếp(1×1)
        (1)|(2)|(3)|(4)|(5)|(6)
        ||3=4+5|||
        Số hồ sơ tiếp nhận › Từ kỳ trước (6)
        ");
    }

    #[test]
    fn a_form_without_a_label_column_gets_one_in_front() {
        let form = form(vec![
            HeaderNode::Column(ColumnIndex(1)),
            group("Trong đó", vec![HeaderNode::Column(ColumnIndex(2))]),
        ]);
        insta::assert_snapshot!(shown(&form), @r"
        Đơn vị(1×2) Trực tuyến(1×2) Trong đó(1×1)
        Trực tiếp(1×1)
        |(4)|(5)
        Trong đó › Trực tiếp (5)
        ");
    }

    #[test]
    fn an_index_that_names_nothing_and_an_empty_group_are_left_out() {
        let form = form(vec![
            HeaderNode::Column(ColumnIndex(9)),
            group("Trống", Vec::new()),
            HeaderNode::Column(ColumnIndex(3)),
        ]);
        let layout = layout(&form, "Đơn vị");
        assert_eq!(layout.width, 2);
        assert_eq!(layout.rows.len(), 1);
    }
}
