//! The names that may stand at a place, with their labels.
//!
//! It deliberately does not know which of them fits what has been written so far. Of a project with mistakes it gives what could be read.

use crate::analysis::model::form::{Column, Form, Rows};
use crate::analysis::model::{Model, Regime};
use crate::analysis::outline_model::narratives;
use crate::calendar::PeriodKind;
use crate::diagnostic::Label;
use crate::diagnostic::problem::meaning::NameKind;
use crate::text::FileId;
use crate::text::language::Language;

/// A name that may stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// What it names.
    pub kind: NameKind,
    /// What is written.
    pub written: String,
    /// What is printed.
    pub label: String,
    /// A further name by which it may be looked for: the printed number.
    pub also: Option<String>,
}

impl Name {
    pub(super) fn new(kind: NameKind, written: &str, label: &str) -> Name {
        Name {
            kind,
            written: written.to_owned(),
            label: label.to_owned(),
            also: None,
        }
    }
}

/// Where a name is being written.
#[derive(Clone, Copy, Debug)]
pub struct Site<'m> {
    /// Everything declared.
    pub model: &'m Model,
    /// The regime around the place.
    pub regime: Option<&'m Regime>,
    /// The form or list around the place.
    pub form: Option<&'m Form>,
    /// The language in which words of closed lists are told.
    pub language: Language,
}

impl<'m> Site<'m> {
    /// The site at an offset.
    pub fn at(model: &'m Model, file: FileId, offset: u32, language: Language) -> Site<'m> {
        let around = |label: Label| {
            label.file == file && label.span.start < offset && offset <= label.span.end
        };
        let regimes = model.regimes.iter().map(AsRef::as_ref);
        // A regime whose end is missing reaches to the end of the file.
        let regime = regimes
            .filter(|regime| regime.place.label.file == file)
            .filter(|regime| regime.place.label.span.start < offset)
            .max_by_key(|regime| regime.place.label.span.start);
        let form = regime.and_then(|regime| {
            let mut forms = regime.forms.iter();
            forms.find(|form| around(form.place.label))
        });
        Site {
            model,
            regime,
            form,
            language,
        }
    }

    /// The names that may stand behind a keyword, by the rules of the keyword.
    pub fn behind(&self, rules: &[&str]) -> Vec<Name> {
        let mut found = Vec::new();
        for rule in rules {
            found.extend(self.of_rule(rule));
        }
        found.dedup();
        found
    }

    fn of_rule(&self, rule: &str) -> Vec<Name> {
        match rule {
            "kw_measure" | "kw_own_measure" => self.measures(),
            "kw_indicator" => self.indicators(),
            "kw_rows_from"
            | "kw_rows_chosen_from"
            | "kw_by_catalog"
            | "kw_choice"
            | "kw_each"
            | "kw_grouped_by" => self.catalogs(),
            "kw_broken_down_by" => {
                let mut found = self.catalogs();
                found.extend(self.traits());
                found
            }
            "kw_of_which" => self.traits(),
            "kw_route" | "kw_deadline" | "kw_due" | "kw_reporters" | "kw_recipient"
            | "kw_filled_by" | "kw_owner" | "kw_only_for" | "kw_suspend" | "kw_given_to"
            | "kw_opened_by" | "kw_closed_by" => self.parties(),
            "kw_with" => self.tags(),
            "kw_level" | "kw_of" => self.levels(),
            "kw_plan_attribute" | "kw_given_plan" => self.targets(),
            "kw_table" | "kw_for_forms" | "kw_given" | "kw_given_previous" => self.forms(),
            "kw_channel" => self.closed(NameKind::Channel, &CHANNELS),
            "kw_sign_by" => self.closed(NameKind::Role, &ROLES),
            "kw_key" | "kw_rows_grouped_by" => self.columns(self.form),
            "kw_period" | "kw_only_in" | "kw_derived_from" | "kw_checked_against" | "kw_in" => {
                self.period_kinds()
            }
            "kw_daily_of" | "kw_end_of" | "kw_given_event" => self.events(),
            "kw_fails" | "kw_warns" | "kw_undecided" | "kw_holds" | "kw_inapplicable" => {
                self.rules()
            }
            "kw_given_narrative" => self.narratives(),
            "kw_rule" => self.published_rules(),
            _ => Vec::new(),
        }
    }

    /// Measures.
    pub fn measures(&self) -> Vec<Name> {
        let known = self.model.words.measures.iter();
        named(NameKind::Measure, known.map(|one| (&one.name, &one.label)))
    }

    /// Indicators.
    pub fn indicators(&self) -> Vec<Name> {
        let known = self.model.words.indicators.iter();
        named(
            NameKind::Indicator,
            known.map(|one| (&one.name, &one.label)),
        )
    }

    pub(super) fn catalogs(&self) -> Vec<Name> {
        let known = self.model.words.catalogs.iter();
        named(NameKind::Catalog, known.map(|one| (&one.name, &one.label)))
    }

    fn traits(&self) -> Vec<Name> {
        let known = self.model.words.traits.iter();
        named(NameKind::Trait, known.map(|one| (&one.name, &one.label)))
    }

    fn levels(&self) -> Vec<Name> {
        let known = self.model.words.levels.iter();
        named(NameKind::Level, known.map(|one| (&one.name, &one.label)))
    }

    /// Levels and agencies: both can report.
    pub fn parties(&self) -> Vec<Name> {
        let agencies = self.model.words.agencies.iter();
        let mut found = self.levels();
        let agencies = agencies.map(|one| (&one.name, &one.label));
        found.extend(named(NameKind::Agency, agencies));
        found
    }

    fn tags(&self) -> Vec<Name> {
        let known = self.model.words.tags.iter();
        named(NameKind::Tag, known.map(|one| (&one.name, &one.label)))
    }

    /// Sets of plan values.
    pub fn targets(&self) -> Vec<Name> {
        let known = self.model.words.targets.iter();
        named(NameKind::Target, known.map(|one| (&one.name, &one.label)))
    }

    /// Kinds of period that the project declares.
    pub fn period_kinds(&self) -> Vec<Name> {
        let known = self.model.words.period_kinds.iter();
        known
            .filter_map(|one| match &one.kind {
                PeriodKind::Named(name) | PeriodKind::Campaign(name) => {
                    Some(Name::new(NameKind::PeriodKind, name.as_str(), &one.label))
                }
                _ => None,
            })
            .collect()
    }

    /// The forms of the regime around the place; of all regimes, with the regime before them, where it stands in none.
    pub fn forms(&self) -> Vec<Name> {
        let of = |regime: &Regime| -> Vec<Name> {
            let forms = regime.forms.iter().filter(|form| !form.name.is_empty());
            named(NameKind::Form, forms.map(|form| (&form.name, &form.title)))
        };
        match self.regime {
            Some(regime) => of(regime),
            None => {
                let regimes = self.model.regimes.iter();
                regimes
                    .flat_map(|regime| {
                        of(regime).into_iter().map(|mut name| {
                            name.written = format!("{}.{}", regime.name, name.written);
                            name
                        })
                    })
                    .collect()
            }
        }
    }

    /// The form of a path: of this regime, or of another that stands before it.
    pub fn form(&self, path: &str) -> Option<&'m Form> {
        let of =
            |regime: &'m Regime, name: &str| regime.forms.iter().find(|form| form.name == name);
        match path.rsplit_once('.') {
            Some((regime, form)) => of(self.model.regime(regime)?, form),
            None => of(self.regime?, path),
        }
    }

    /// The forms of the regime of a name.
    pub fn forms_of(&self, regime: &str) -> Vec<Name> {
        let site = Site {
            regime: self.model.regime(regime),
            ..*self
        };
        match site.regime {
            Some(_) => site.forms(),
            None => Vec::new(),
        }
    }

    /// Columns by name, or by printed number where they have none.
    pub fn columns(&self, form: Option<&Form>) -> Vec<Name> {
        let columns = form.map_or(&[][..], |form| &form.columns);
        let name = |column: &Column| {
            let written = column.name.as_ref().or(column.code.as_ref())?;
            Some(Name {
                also: column.code.clone().filter(|code| code != written),
                ..Name::new(NameKind::Column, written, &column.label)
            })
        };
        columns.iter().filter_map(name).collect()
    }

    /// Written rows by name, or by printed number; the entries of the catalog from which the rows come.
    pub fn rows(&self, form: Option<&Form>) -> Vec<Name> {
        let Some(form) = form else { return Vec::new() };
        match form.rows {
            Rows::From(catalog) | Rows::ChosenFrom(catalog) => self.entries(catalog),
            _ => {
                let rows = form.written.iter().filter(|row| !row.heading);
                rows.filter_map(|row| {
                    let written = row.name.as_ref().or(row.code.as_ref())?;
                    Some(Name {
                        also: row.code.clone().filter(|code| code != written),
                        ..Name::new(NameKind::Row, written, &row.label)
                    })
                })
                .collect()
            }
        }
    }

    pub(super) fn entries(&self, catalog: usize) -> Vec<Name> {
        let catalog = self.model.words.catalogs.get(catalog);
        let entries = catalog.map_or(&[][..], |catalog| &catalog.entries);
        let entries = entries.iter().map(|one| (&one.name, &one.label));
        named(NameKind::Entry, entries)
    }

    fn events(&self) -> Vec<Name> {
        let events = self.regime.map_or(&[][..], |regime| &regime.events);
        let events = events.iter().map(|one| (&one.name, &one.label));
        named(NameKind::Event, events)
    }

    fn rules(&self) -> Vec<Name> {
        let rules = self.regime.map_or(&[][..], |regime| &regime.rules);
        let mut found: Vec<Name> = Vec::new();
        for rule in rules {
            if let Some(id) = &rule.id
                && !found.iter().any(|name| name.written == *id)
            {
                found.push(Name::new(NameKind::Rule, id, &rule.text));
            }
        }
        found
    }

    fn published_rules(&self) -> Vec<Name> {
        let regimes = self.model.regimes.iter();
        regimes
            .flat_map(|regime| {
                let site = Site {
                    regime: Some(regime),
                    ..*self
                };
                site.rules().into_iter().map(|mut name| {
                    name.written = format!("{}.{}", regime.name, name.written);
                    name
                })
            })
            .collect()
    }

    fn narratives(&self) -> Vec<Name> {
        let outlines = self.regime.map_or(&[][..], |regime| &regime.outlines);
        narratives(outlines)
            .into_iter()
            .filter(|one| !one.key.starts_with('#'))
            .map(|one| {
                let label = one.label.as_deref().unwrap_or("");
                Name::new(NameKind::Narrative, &one.key, label)
            })
            .collect()
    }

    /// The words of a closed list.
    fn closed(&self, kind: NameKind, list: &[(&str, &str, &str)]) -> Vec<Name> {
        let told = list.iter().map(|(name, vi, en)| match self.language {
            Language::Vietnamese => (*name, *vi),
            Language::English => (*name, *en),
        });
        named(kind, told)
    }

    /// The bodies that issue regimes of the project. `own` is the text that is being written and known from its own place already.
    pub fn issuers(&self, own: &str) -> Vec<String> {
        let regimes = self.model.regimes.iter();
        distinct(regimes.map(|regime| regime.issuer.clone()).collect(), own)
    }

    /// The legal acts that regimes of the project rest on. `own` is the text that is being written and known from its own place already.
    pub fn legal_acts(&self, own: &str) -> Vec<String> {
        let regimes = self.model.regimes.iter();
        let acts = regimes.flat_map(|regime| regime.basis.iter().cloned());
        let targets = self.model.words.targets.iter();
        let targets = targets.filter_map(|target| target.basis.clone());
        distinct(acts.chain(targets).collect(), own)
    }
}

/// Texts in order, each once; one that stands at the place of the question only is none of them.
fn distinct(mut found: Vec<String>, own: &str) -> Vec<String> {
    if let Some(at) = found.iter().position(|text| text == own) {
        found.swap_remove(at);
    }
    found.retain(|text| !text.is_empty());
    found.sort();
    found.dedup();
    found
}

/// The names of one kind, with their labels.
fn named<N: AsRef<str>, L: AsRef<str>>(
    kind: NameKind,
    known: impl Iterator<Item = (N, L)>,
) -> Vec<Name> {
    known
        .map(|(name, label)| Name::new(kind, name.as_ref(), label.as_ref()))
        .collect()
}

/// Ways of sending, with what they are called.
const CHANNELS: [(&str, &str, &str); 6] = [
    (
        "system",
        "hệ thống thông tin báo cáo",
        "the reporting system",
    ),
    ("edoc", "hệ thống quản lý văn bản", "the document system"),
    ("mail", "thư điện tử", "e-mail"),
    ("direct", "gửi trực tiếp", "by hand"),
    ("fax", "fax", "fax"),
    ("post", "bưu chính", "post"),
];

/// Who may sign, with what they are called.
const ROLES: [(&str, &str, &str); 3] = [
    ("leader", "thủ trưởng đơn vị", "head of the unit"),
    (
        "deputy",
        "cấp phó của thủ trưởng đơn vị",
        "deputy head of the unit",
    ),
    ("head", "trưởng phòng", "head of the division"),
];
