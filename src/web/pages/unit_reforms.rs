//! *Sắp xếp đơn vị*: a reform said in a form, what it would do, and back to the form with every reason why it cannot be.
//!
//! The page knows no rule of reforms; it reads what was typed into a command. Broken input: the form again, with what was typed.

use crate::calendar::Date;
use crate::calendar::dates::{days_after, iso_date, show_date};
use crate::number::Number;
use crate::organisation::UnitId;
use crate::organisation::codes::CodeSystem;
use crate::organisation::reform::{Heir, NewUnit, Reform, ReformStep};
use crate::service::problem::ServiceError;
use crate::service::unit_changes::UnitsFault;
use crate::service::unit_words::{Names, reform_fault};
use crate::service::units::LevelOfUnits;
use crate::text::normal::without_marks;
use crate::web::chrome::{Area, Choice, Chrome, chrome};
use crate::web::form_data::{Fields, field};
use crate::web::office::Office;
use crate::web::pages::collections::vietnamese_order;
use crate::web::pages::unit_import::{crumbs, respond};
use crate::web::pages::units::typed_day;
use crate::web::problem::{Problem, html};
use crate::web::templates::render;
use crate::web::texts::{Language, plain, worded};
use crate::web::visitor::{SignedIn, query_value};
use crate::web::words::pick;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

/// The address of the editor.
pub const PATH: &str = "/quan-tri/don-vi/sap-xep";

/// The steps, by their names in a post.
const STEPS: [(&str, &str); 6] = [
    ("nhap", "reform-merge"),
    ("tach", "reform-split"),
    ("chuyen", "reform-transfer"),
    ("doi-ten", "reform-rename"),
    ("ma", "reform-recode"),
    ("bo-cap", "reform-abolish"),
];

/// How many units can be merged at once; the reform of 2025 merged at most nine.
const MOST_MERGED: usize = 12;

/// How many of them the form shows at once.
const MERGED_SHOWN: usize = 4;

/// How many parts of a division the form shows at once.
const PARTS_SHOWN: usize = 2;

/// Among how many a unit can be divided at once.
const MOST_PARTS: usize = 4;

#[derive(Serialize)]
struct ReformPage {
    chrome: Chrome,
    step: String,
    step_name: String,
    steps: Vec<Choice>,
    problems: Vec<String>,
    units: Vec<String>,
    fields: Vec<FieldView>,
}

/// One field of the form.
#[derive(Serialize)]
struct FieldView {
    name: String,
    label: String,
    /// `day`, `unit`, `text` or `choice`.
    kind: &'static str,
    value: String,
    required: bool,
    /// Stands in the part of the form that opens when it is needed.
    folded: bool,
    options: Vec<Choice>,
}

/// What can be named: identity, name, level.
type Nameable = Vec<(UnitId, String, String)>;

/// `GET /quan-tri/don-vi/sap-xep`
pub async fn show(State(office): State<Office>, person: SignedIn) -> Result<Response, Problem> {
    let step = query_value(&person.visitor.query, "viec").unwrap_or_default();
    let fields: Fields = vec![("viec".to_owned(), step)];
    form(&office, &person, StatusCode::OK, Vec::new(), &fields).await
}

/// `POST /quan-tri/don-vi/sap-xep`: what the reform would do.
pub async fn submit(
    State(office): State<Office>,
    person: SignedIn,
    Form(fields): Form<Fields>,
) -> Result<Response, Problem> {
    let language = person.language();
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let Some(date) = typed_day(field(&fields, "ngay")) else {
        let problems = vec![plain(language, "reform-no-day")];
        return form(&office, &person, unprocessable, problems, &fields).await;
    };
    let eve = days_after(date, -1);
    let nameable = nameable(&office, &person, &[eve, date]).await?;
    let step = match step(&fields, &nameable) {
        Ok(step) => step,
        Err(key) => {
            let problems = vec![plain(language, key)];
            return form(&office, &person, unprocessable, problems, &fields).await;
        }
    };
    let reform = Reform {
        date,
        basis: field(&fields, "can_cu").trim().to_string(),
        step,
    };
    let source = source(language, &fields, date);
    let reason = reform.basis.clone();
    let (actor, today) = (person.actor.clone(), office.now().date());
    let outcome = office
        .run(move |service| service.preview_reform(&actor, &reform, &source, today))
        .await;
    match outcome {
        Ok((proposed, preview)) => {
            let status = if preview.is_sound() {
                StatusCode::OK
            } else {
                unprocessable
            };
            let shown = (&proposed, &preview);
            respond(&office, &person, status, None, shown, &reason)
        }
        Err(problem) => {
            let problems = faults(language, &problem, &nameable).ok_or(problem)?;
            form(&office, &person, unprocessable, problems, &fields).await
        }
    }
}

/// Every reason why a reform cannot be; none for another problem.
fn faults(language: Language, problem: &Problem, nameable: &Nameable) -> Option<Vec<String>> {
    let Problem::Service(error) = problem else {
        return None;
    };
    let ServiceError::Units(UnitsFault::Reform(faults)) = error.as_ref() else {
        return None;
    };
    let names: Names = nameable
        .iter()
        .map(|(unit, name, _)| (unit.clone(), name.clone()))
        .collect();
    let words = faults
        .iter()
        .map(|fault| pick(language, reform_fault(fault, &names)));
    Some(words.collect())
}

/// What the history says of where the tables come from.
fn source(language: Language, fields: &Fields, date: Date) -> String {
    let step = field(fields, "viec");
    let known = STEPS.iter().find(|(name, _)| *name == step);
    let name = known.map_or_else(String::new, |(_, key)| plain(language, key));
    format!("{name}, {}", show_date(date))
}

async fn nameable(office: &Office, person: &SignedIn, days: &[Date]) -> Result<Nameable, Problem> {
    let (actor, days) = (person.actor.clone(), days.to_vec());
    let mut found = office
        .run(move |service| {
            let mut found = Nameable::new();
            for day in days {
                found.extend(service.nameable(&actor, day)?);
            }
            Ok(found)
        })
        .await?;
    found.sort();
    found.dedup();
    if let Some(order) = vietnamese_order() {
        found.sort_by(|one, other| order.compare(&one.1, &other.1));
    }
    Ok(found)
}

/// The unit somebody means: `Xã Anh Sơn (C17329.2025)`, an identity, or a name that only one unit bears.
fn unit_of(typed: &str, nameable: &Nameable) -> UnitId {
    let typed = typed.trim();
    let inside = typed
        .rsplit_once('(')
        .and_then(|(_, rest)| rest.strip_suffix(')'));
    for candidate in [inside, Some(typed)].into_iter().flatten() {
        if nameable
            .iter()
            .any(|(unit, _, _)| unit.as_str() == candidate)
        {
            return UnitId::from(candidate);
        }
    }
    let sought = without_marks(typed);
    let mut named = nameable
        .iter()
        .filter(|(_, name, _)| without_marks(name) == sought);
    match (named.next(), named.next()) {
        (Some((unit, _, _)), None) => unit.clone(),
        _ => UnitId::from(typed),
    }
}

/// The command of a form; else the words for what is missing.
fn step(fields: &Fields, nameable: &Nameable) -> Result<ReformStep, &'static str> {
    let text = |name: &str| field(fields, name).trim().to_string();
    let unit = |name: &str| unit_of(&text(name), nameable);
    let share = |name: &str| -> Result<Option<Number>, &'static str> {
        match text(name).as_str() {
            "" => Ok(None),
            typed => Number::parse_vietnamese(typed)
                .map(Some)
                .map_err(|_| "reform-bad-share"),
        }
    };
    Ok(match text("viec").as_str() {
        "tach" => ReformStep::Split {
            old: unit("cu"),
            into: (0..MOST_PARTS)
                .map(|part| (format!("phan.{part}.co"), format!("phan.{part}."), part))
                .filter(|(existing, prefix, _)| {
                    !text(existing).is_empty() || !text(&format!("{prefix}ten")).is_empty()
                })
                .map(|(existing, prefix, _)| {
                    let heir = match text(&existing).as_str() {
                        "" => Heir::New(new_unit(fields, &prefix, nameable)),
                        _ => Heir::Existing(unit(&existing)),
                    };
                    Ok((heir, share(&format!("{prefix}ty_le"))?))
                })
                .collect::<Result<Vec<_>, &'static str>>()?,
        },
        "chuyen" => ReformStep::Transfer {
            from: unit("cu"),
            to: unit("co"),
            share: share("ty_le")?,
        },
        "doi-ten" => ReformStep::Rename {
            old: unit("cu"),
            new: new_unit(fields, "", nameable),
        },
        "ma" => ReformStep::Recode {
            unit: unit("cu"),
            system: CodeSystem::from_key(&text("he")).ok_or("reform-no-system")?,
            code: text("ma"),
        },
        "bo-cap" => ReformStep::AbolishLevel {
            level: text("cap"),
            children_to: Some(text("thuoc"))
                .filter(|typed| !typed.is_empty())
                .map(|_| unit("thuoc")),
        },
        _ => ReformStep::Merge {
            old: (0..MOST_MERGED)
                .map(|place| format!("cu.{place}"))
                .filter(|name| !text(name).is_empty())
                .map(|name| unit(&name))
                .collect(),
            into: match text("co").as_str() {
                "" => Heir::New(new_unit(fields, "", nameable)),
                _ => Heir::Existing(unit("co")),
            },
        },
    })
}

fn new_unit(fields: &Fields, prefix: &str, nameable: &Nameable) -> NewUnit {
    let text = |name: &str| {
        let typed = field(fields, &format!("{prefix}{name}")).trim();
        Some(typed.to_string()).filter(|typed| !typed.is_empty())
    };
    let kind = text("loai");
    let kind = kind.as_deref().and_then(|kind| kind.split_once('/'));
    NewUnit {
        name: text("ten").unwrap_or_default(),
        level: kind.map(|(level, _)| level.to_owned()),
        item: kind.map(|(_, item)| item.to_owned()),
        area_code: text("ma"),
        parent: text("thuoc").map(|typed| unit_of(&typed, nameable)),
    }
}

async fn form(
    office: &Office,
    person: &SignedIn,
    status: StatusCode,
    problems: Vec<String>,
    fields: &Fields,
) -> Result<Response, Problem> {
    let language = person.language();
    let today = office.now().date();
    let asked = field(fields, "viec");
    let known = STEPS.iter().find(|(name, _)| *name == asked);
    let (step, key) = known.copied().unwrap_or(STEPS[0]);
    let day = typed_day(field(fields, "ngay")).unwrap_or(today);
    let eve = days_after(day, -1);
    let units = nameable(office, person, &[eve, day]).await?;
    let levels = office.run(move |service| service.levels(today)).await?;
    let builder = Builder {
        language,
        fields,
        levels,
    };
    let view = ReformPage {
        chrome: chrome(
            office,
            &person.visitor,
            Area::Admin,
            crumbs(language, plain(language, "units-reform")),
        ),
        step: step.to_owned(),
        step_name: plain(language, key),
        steps: STEPS
            .iter()
            .map(|(name, key)| Choice {
                value: (*name).to_owned(),
                label: plain(language, key),
                selected: *name == step,
            })
            .collect(),
        problems,
        units: units
            .iter()
            .map(|(unit, name, _)| format!("{name} ({unit})"))
            .collect(),
        fields: builder.fields_of(step),
    };
    Ok(html(status, render("unit_reform.html", &view)?))
}

/// Makes the fields of a step, with what was typed.
struct Builder<'a> {
    language: Language,
    fields: &'a Fields,
    levels: Vec<LevelOfUnits>,
}

impl Builder<'_> {
    fn one(&self, name: &str, label: String, kind: &'static str, required: bool) -> FieldView {
        FieldView {
            value: field(self.fields, name).to_string(),
            name: name.to_owned(),
            label,
            kind,
            required,
            folded: false,
            options: Vec::new(),
        }
    }

    fn choice(&self, name: &str, key: &str, options: Vec<(String, String)>) -> FieldView {
        let typed = field(self.fields, name);
        let options = options.into_iter().map(|(value, label)| Choice {
            selected: value == typed,
            value,
            label,
        });
        FieldView {
            options: options.collect(),
            ..self.one(name, plain(self.language, key), "choice", false)
        }
    }

    fn kinds(&self, name: &str) -> FieldView {
        let same = (String::new(), plain(self.language, "reform-same-kind"));
        let kinds = self.levels.iter().flat_map(|level| {
            let kinds = level.kinds.iter();
            kinds.map(|(item, label)| (format!("{}/{item}", level.name), label.clone()))
        });
        self.choice(
            name,
            "col-kind",
            std::iter::once(same).chain(kinds).collect(),
        )
    }

    fn fields_of(&self, step: &str) -> Vec<FieldView> {
        let say = |key: &str| plain(self.language, key);
        let numbered = |key: &str, number: usize| {
            worded(self.language, key, &[("number", (number + 1).into())])
        };
        let mut day = self.one("ngay", say("reform-day"), "day", true);
        if let Some(date) = typed_day(&day.value) {
            day.value = iso_date(date);
        }
        let mut all = vec![day, self.one("can_cu", say("reform-basis"), "text", true)];
        match step {
            "tach" => {
                all.push(self.one("cu", say("reform-divided"), "unit", true));
                for part in 0..MOST_PARTS {
                    let first = all.len();
                    let name = |name: &str| format!("phan.{part}.{name}");
                    all.push(self.one(
                        &name("ten"),
                        numbered("reform-part-name", part),
                        "text",
                        false,
                    ));
                    all.push(self.one(
                        &name("co"),
                        numbered("reform-part-existing", part),
                        "unit",
                        false,
                    ));
                    all.push(self.kinds(&name("loai")));
                    all.push(self.one(&name("ma"), say("reform-code"), "text", false));
                    all.push(self.one(
                        &name("ty_le"),
                        numbered("reform-part-share", part),
                        "text",
                        false,
                    ));
                    for field in all.iter_mut().skip(first) {
                        field.folded = part >= PARTS_SHOWN;
                    }
                }
            }
            "chuyen" => {
                all.push(self.one("cu", say("reform-gives"), "unit", true));
                all.push(self.one("co", say("reform-takes"), "unit", true));
                all.push(self.one("ty_le", say("reform-share"), "text", false));
            }
            "doi-ten" => {
                all.push(self.one("cu", say("col-unit"), "unit", true));
                all.push(self.one("ten", say("reform-name"), "text", true));
                all.push(self.kinds("loai"));
                all.push(self.one("ma", say("reform-code"), "text", false));
            }
            "ma" => {
                all.push(self.one("cu", say("col-unit"), "unit", true));
                let systems = CodeSystem::ALL.into_iter().map(|system| {
                    let label = pick(self.language, system.wording());
                    (system.key().to_owned(), label)
                });
                all.push(self.choice("he", "reform-system", systems.collect()));
                all.push(self.one("ma", say("reform-new-code"), "text", true));
            }
            "bo-cap" => {
                let levels = self
                    .levels
                    .iter()
                    .map(|level| (level.name.clone(), level.label.clone()));
                all.push(self.choice("cap", "reform-level", levels.collect()));
                all.push(self.one("thuoc", say("reform-children-to"), "unit", false));
            }
            _ => {
                for place in 0..MOST_MERGED {
                    let label = numbered("reform-merged", place);
                    all.push(FieldView {
                        folded: place >= MERGED_SHOWN,
                        ..self.one(&format!("cu.{place}"), label, "unit", place == 0)
                    });
                }
                all.push(self.one("co", say("reform-into-existing"), "unit", false));
                all.push(self.one("ten", say("reform-name"), "text", false));
                all.push(self.kinds("loai"));
                all.push(self.one("ma", say("reform-code"), "text", false));
                all.push(self.one("thuoc", say("reform-parent"), "unit", false));
            }
        }
        all
    }
}
