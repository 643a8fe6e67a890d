//! Formulas of tests as text: a small tree of its own, so that the reference evaluator shares nothing with the compiled arena.

/// Which row a reference of a test formula means.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    Current,
    Entry(String),
    Total,
    Others,
}

/// A test formula.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// Numerator and denominator.
    Number(i128, i128),
    Cell {
        form: Option<String>,
        row: Place,
        column: String,
    },
    Sum(Vec<(bool, Node)>),
    Product(Box<Node>, Box<Node>),
    Quotient(Box<Node>, Box<Node>),
    Negate(Box<Node>),
    Call(String, Vec<Node>),
    Compare(Box<Node>, Vec<(String, Node)>),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
}

struct Parser<'t> {
    rest: &'t str,
}

/// Reads a formula; a test with a bad formula stops at once.
pub fn parse(text: &str) -> Node {
    let mut parser = Parser { rest: text.trim() };
    let node = parser.any();
    assert!(
        parser.rest.is_empty(),
        "formula `{text}` goes on with `{}`",
        parser.rest
    );
    node
}

impl Parser<'_> {
    fn eat(&mut self, token: &str) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn word(&mut self) -> String {
        self.rest = self.rest.trim_start();
        let end = self
            .rest
            .find(|character: char| !(character.is_alphanumeric() || "_.".contains(character)))
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word.to_string()
    }

    fn any(&mut self) -> Node {
        let mut parts = vec![self.all()];
        while self.eat("or ") {
            parts.push(self.all());
        }
        if parts.len() == 1 {
            parts.remove(0)
        } else {
            Node::Or(parts)
        }
    }

    fn all(&mut self) -> Node {
        let mut parts = vec![self.negation()];
        while self.eat("and ") {
            parts.push(self.negation());
        }
        if parts.len() == 1 {
            parts.remove(0)
        } else {
            Node::And(parts)
        }
    }

    fn negation(&mut self) -> Node {
        if self.eat("not ") {
            return Node::Not(Box::new(self.negation()));
        }
        let first = self.sum();
        let mut rest = Vec::new();
        while let Some(sign) = ["<=", ">=", "!=", "<", ">", "="]
            .into_iter()
            .find(|sign| self.eat(sign))
        {
            rest.push((sign.to_string(), self.sum()));
        }
        if rest.is_empty() {
            first
        } else {
            Node::Compare(Box::new(first), rest)
        }
    }

    fn sum(&mut self) -> Node {
        let mut terms = vec![(true, self.product())];
        loop {
            if self.eat("+") {
                terms.push((true, self.product()));
            } else if self.eat("-") {
                terms.push((false, self.product()));
            } else {
                return if terms.len() == 1 {
                    terms.remove(0).1
                } else {
                    Node::Sum(terms)
                };
            }
        }
    }

    fn product(&mut self) -> Node {
        let mut left = self.factor();
        loop {
            if self.eat("*") {
                left = Node::Product(Box::new(left), Box::new(self.factor()));
            } else if self.eat("/") {
                left = Node::Quotient(Box::new(left), Box::new(self.factor()));
            } else {
                return left;
            }
        }
    }

    fn factor(&mut self) -> Node {
        if self.eat("-") {
            return Node::Negate(Box::new(self.factor()));
        }
        if self.eat("(") {
            let inside = self.any();
            assert!(self.eat(")"), "missing ) before `{}`", self.rest);
            return inside;
        }
        if self.eat("[") {
            return self.reference(None);
        }
        let word = self.word();
        if word.starts_with(|first: char| first.is_ascii_digit()) {
            let (whole, fraction) = word.split_once('.').unwrap_or((&word, ""));
            let mut denominator = 10_i128.pow(fraction.len() as u32);
            if self.eat("%") {
                denominator *= 100;
            }
            let digits: i128 = format!("{whole}{fraction}").parse().expect("a number");
            return Node::Number(digits, denominator);
        }
        if self.eat("[") {
            return self.reference(Some(word));
        }
        assert!(self.eat("("), "`{word}` is no formula");
        let mut arguments = vec![self.any()];
        while self.eat(",") {
            arguments.push(self.any());
        }
        assert!(self.eat(")"), "missing ) before `{}`", self.rest);
        Node::Call(word, arguments)
    }

    fn reference(&mut self, form: Option<String>) -> Node {
        let first = if self.eat("*") {
            "*".to_string()
        } else {
            self.word()
        };
        let (row, column) = if self.eat(",") {
            (Some(first), self.word())
        } else {
            (None, first)
        };
        assert!(self.eat("]"), "missing ] before `{}`", self.rest);
        let row = match row.as_deref() {
            None => Place::Current,
            Some("*") => Place::Others,
            Some("total") => Place::Total,
            Some(name) => Place::Entry(name.to_string()),
        };
        Node::Cell { form, row, column }
    }
}

/// Every reference in a formula, with whether it stands inside `previous(…)`.
pub fn references(node: &Node, earlier: bool, found: &mut Vec<(Node, bool)>) {
    match node {
        Node::Number(..) => {}
        Node::Cell { .. } => found.push((node.clone(), earlier)),
        Node::Sum(terms) => terms
            .iter()
            .for_each(|(_, term)| references(term, earlier, found)),
        Node::Product(left, right) | Node::Quotient(left, right) => {
            references(left, earlier, found);
            references(right, earlier, found);
        }
        Node::Negate(inner) | Node::Not(inner) => references(inner, earlier, found),
        Node::Call(name, parts) => parts
            .iter()
            .for_each(|part| references(part, earlier || name == "previous", found)),
        Node::Compare(first, rest) => {
            references(first, earlier, found);
            rest.iter()
                .for_each(|(_, side)| references(side, earlier, found));
        }
        Node::And(parts) | Node::Or(parts) => parts
            .iter()
            .for_each(|part| references(part, earlier, found)),
    }
}
