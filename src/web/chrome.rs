//! What stands around every page: name of the province, navigation by role, unit switcher, language switch, way back.
//!
//! It shows the paths a person has; whether they may walk them is decided where they lead. Broken input: none.

use crate::reports::permission::{Action, may_somewhere};
use crate::web::assets;
use crate::web::office::Office;
use crate::web::problem::percent_encoded;
use crate::web::texts::{Language, plain};
use crate::web::visitor::{Visitor, query_value};
use crate::web::words;
use serde::Serialize;

/// The layout's view data, under the name `chrome` in every template.
#[derive(Debug, Clone, Serialize)]
pub struct Chrome {
    language: &'static str,
    other_language: &'static str,
    switch_href: String,
    province: String,
    account: Option<AccountLine>,
    navigation: Vec<Link>,
    units: Vec<Choice>,
    crumbs: Vec<Crumb>,
    notice: Option<String>,
    now: String,
    demo: bool,
    /// As of which moment everything on the page is known, where that is not now.
    known_at: Option<String>,
    /// The page itself, to come back to.
    here: String,
    width: &'static str,
    stylesheet: String,
    script: String,
    emblem: String,
}

#[derive(Debug, Clone, Serialize)]
struct AccountLine {
    name: String,
    unit: String,
}

/// A link, perhaps to the page one is on.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// Where to.
    pub href: String,
    /// The words.
    pub label: String,
    /// Whether it leads to this page.
    pub current: bool,
}

/// An option of a list to choose from.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen.
    pub selected: bool,
}

/// A step of the way to this page; the last has no address.
#[derive(Debug, Clone, Serialize)]
pub struct Crumb {
    href: Option<String>,
    label: String,
}

impl Crumb {
    /// A step that can be gone back to.
    pub fn to(href: impl Into<String>, label: impl Into<String>) -> Crumb {
        Crumb {
            href: Some(href.into()),
            label: label.into(),
        }
    }

    /// The page itself.
    pub fn here(label: impl Into<String>) -> Crumb {
        Crumb {
            href: None,
            label: label.into(),
        }
    }
}

/// Which service of the navigation a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// Việc cần làm.
    Work,
    /// Tổng hợp.
    Collections,
    /// Đầy đủ – đúng hạn.
    Boards,
    /// Nghĩa vụ báo cáo.
    Obligations,
    /// Chế độ báo cáo.
    Regimes,
    /// Soạn thảo.
    Studio,
    /// Quản trị.
    Admin,
    /// None of them.
    Outside,
}

/// What was done just before, said once after a redirect (`?xong=`). A closed list, so that an address cannot put words on a page.
const NOTICES: &[(&str, &str)] = &[
    ("luu", "notice-saved"),
    ("trinh", "notice-proposed"),
    ("duyet", "notice-approved"),
    ("gui", "notice-sent"),
    ("tra-lai", "notice-returned"),
    ("nhan", "notice-received"),
    ("tiep-nhan", "notice-accepted"),
    ("mo-lai", "notice-reopened"),
    ("thu-hoi", "notice-withdrawn"),
    ("quyet-dinh", "notice-ruled"),
    ("don-vi", "notice-units"),
    ("lich", "notice-calendars"),
    ("nhac", "notice-reminded"),
    ("lich-thoi", "notice-feed-ended"),
    ("thu", "notice-mails"),
    ("thu-dien-tu", "notice-email"),
    ("mo-dau-ky", "notice-opening"),
    ("khong-phat-sinh", "notice-nil"),
    ("da-xong", "notice-already"),
    ("dieu-chinh", "notice-adjusted"),
    ("thoi-dieu-chinh", "notice-adjustment-taken-back"),
    ("da-xem-lai", "notice-adjustment-reviewed"),
    ("ly-do-thieu", "notice-missing-explained"),
    ("chi-xem", "notice-only-looking"),
    ("luu-tep", "notice-draft-saved"),
    ("xoa-tep", "notice-draft-removed"),
    ("cong-bo", "notice-published"),
    ("uy-quyen", "notice-delegated"),
    ("het-uy-quyen", "notice-delegation-ended"),
    ("tai-khoan", "notice-account-changed"),
    ("mat-khau", "notice-password-changed"),
    ("het-phien", "notice-session-ended"),
    ("hai-lop", "notice-factor-demanded"),
    ("thu-hoi-khoa", "notice-token-revoked"),
];

/// The layout for a visitor.
pub fn chrome(office: &Office, visitor: &Visitor, area: Area, crumbs: Vec<Crumb>) -> Chrome {
    let language = visitor.language;
    let notice = query_value(&visitor.query, "xong").and_then(|done| {
        NOTICES
            .iter()
            .find(|(name, _)| *name == done)
            .map(|(_, key)| plain(language, key))
    });
    Chrome {
        language: language.code(),
        other_language: language.other().code(),
        switch_href: with_language(visitor, language.other()),
        province: office.province(),
        account: account_line(office, visitor),
        navigation: navigation(visitor, area),
        units: units(office, visitor),
        crumbs,
        notice,
        now: words::moment(office.now()),
        demo: office.demo,
        known_at: office.known_at.map(words::moment),
        here: visitor.path.clone(),
        width: "width",
        stylesheet: assets::address("app.css"),
        script: assets::address("app.js"),
        emblem: assets::address("emblem.svg"),
    }
}

impl Chrome {
    /// The same for a page whose table needs the whole width of the screen.
    pub fn wide(self) -> Chrome {
        Chrome {
            width: "width-full",
            ..self
        }
    }
}

fn with_language(visitor: &Visitor, language: Language) -> String {
    let path = visitor.path.split('?').next().unwrap_or("/");
    let mut kept: Vec<String> = visitor
        .query
        .split('&')
        .filter(|part| !part.is_empty() && !part.starts_with("lang=") && !part.starts_with("xong="))
        .map(str::to_string)
        .collect();
    kept.push(format!("lang={}", percent_encoded(language.code())));
    format!("{path}?{}", kept.join("&"))
}

fn own_units(visitor: &Visitor) -> Vec<crate::organisation::UnitId> {
    let mut units = Vec::new();
    for held in visitor.actor.iter().flat_map(|actor| actor.held()) {
        if !units.contains(&held.grant.unit) {
            units.push(held.grant.unit.clone());
        }
    }
    units
}

fn account_line(office: &Office, visitor: &Visitor) -> Option<AccountLine> {
    let held_up = visitor.held_up.as_ref().map(|held_up| &held_up.actor);
    let actor = visitor.actor.as_ref().or(held_up)?;
    let ground = office.service().ground().ok();
    let names: Vec<String> = own_units(visitor)
        .iter()
        .take(2)
        .filter_map(|unit| ground.as_ref().map(|ground| ground.unit_name(unit)))
        .collect();
    Some(AccountLine {
        name: actor.name.clone(),
        unit: names.join(", "),
    })
}

fn units(office: &Office, visitor: &Visitor) -> Vec<Choice> {
    let Ok(ground) = office.service().ground() else {
        return Vec::new();
    };
    let choice = |unit: crate::organisation::UnitId| Choice {
        label: ground.unit_name(&unit),
        selected: visitor.unit.as_ref() == Some(&unit),
        value: unit.0,
    };
    own_units(visitor).into_iter().map(choice).collect()
}

fn navigation(visitor: &Visitor, area: Area) -> Vec<Link> {
    let Some(actor) = &visitor.actor else {
        return Vec::new();
    };
    let mut links = vec![(Area::Work, "/", "nav-work")];
    if may_somewhere(actor, Action::ViewConsolidated) {
        links.push((Area::Collections, "/tong-hop", "nav-collections"));
    }
    if may_somewhere(actor, Action::ViewStanding) {
        links.push((Area::Boards, "/dung-han", "boards"));
    }
    if may_somewhere(actor, Action::Rule) {
        links.push((Area::Obligations, "/nghia-vu", "obligations"));
    }
    links.push((Area::Regimes, "/che-do", "nav-regimes"));
    if may_somewhere(actor, Action::AuthorRegime) {
        links.push((Area::Studio, "/soan", "nav-studio"));
    }
    if may_somewhere(actor, Action::ViewRegimeProblems) || may_somewhere(actor, Action::Administer)
    {
        links.push((Area::Admin, "/quan-tri", "nav-admin"));
    }
    let link = |(of, href, key): (Area, &str, &str)| Link {
        href: href.to_string(),
        label: plain(visitor.language, key),
        current: of == area,
    };
    links.into_iter().map(link).collect()
}
