//! Nearest names, and the closed lists of the language: channels and roles.
//!
//! It deliberately does not know where a name stands.

use super::context::Context;
use super::model::{Channel, SigningRole};
use crate::diagnostic::problem::meaning::NameKind;
use crate::diagnostic::problem::meaning::name::NameProblem;
use crate::diagnostic::{Diagnostic, FixKind};
use crate::syntax::ast::Spanned;
use crate::text::FileId;
use crate::text::normal::without_marks;

/// The channels with their names in the language.
const CHANNELS: [(&str, Channel); 6] = [
    ("system", Channel::System),
    ("edoc", Channel::Edoc),
    ("mail", Channel::Mail),
    ("direct", Channel::Direct),
    ("fax", Channel::Fax),
    ("post", Channel::Post),
];

/// The roles with their names in the language.
const ROLES: [(&str, SigningRole); 3] = [
    ("leader", SigningRole::Leader),
    ("deputy", SigningRole::Deputy),
    ("head", SigningRole::Head),
];

/// The name nearest to a misspelt one, if any is near enough to be meant: people type without marks and capitals. Something of a short name has to be
/// right, or any one letter would be near to any other.
pub(super) fn nearest<'n>(name: &str, candidates: impl Iterator<Item = &'n str>) -> Option<String> {
    let bare = without_marks(name);
    // A printed number is a different number, never a misspelt one.
    if bare
        .chars()
        .all(|character| character.is_ascii_digit() || character == '.')
    {
        return None;
    }
    let letters = bare.chars().count();
    let allowed = (letters / 3).clamp(1, 3);
    candidates
        .filter(|candidate| *candidate != name)
        // Comparing letter by letter is dear, and what is much longer or shorter is never near.
        .filter(|candidate| candidate.chars().count().abs_diff(letters) <= allowed)
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&bare, &without_marks(candidate)),
                candidate,
            )
        })
        .filter(|(distance, _)| *distance <= allowed && *distance < letters)
        .min()
        .map(|(_, candidate)| candidate.to_owned())
}

/// The name of what bears a label that somebody wrote as a name: `tong_so` for `[1] "Tổng số"`.
pub(super) fn labelled<'n>(
    name: &str,
    candidates: impl Iterator<Item = (&'n str, &'n str)>,
) -> Option<String> {
    let letters = |text: &str| -> String {
        let bare = without_marks(text).to_lowercase();
        bare.chars().filter(|one| one.is_alphanumeric()).collect()
    };
    let wanted = letters(name);
    let mut found = candidates.filter(|(_, label)| letters(label) == wanted);
    let (first, _) = found.next()?;
    // Two that bear one label: which is meant cannot be told.
    found
        .all(|(other, _)| other == first)
        .then(|| first.to_owned())
}

/// The channel of a name; a name outside the list is reported.
pub(super) fn channel(
    context: &mut Context,
    file: FileId,
    name: &Spanned<String>,
) -> Option<Channel> {
    pick(context, file, name, NameKind::Channel, &CHANNELS)
}

/// The role of a name; a name outside the list is reported.
pub(super) fn role(
    context: &mut Context,
    file: FileId,
    name: &Spanned<String>,
) -> Option<SigningRole> {
    pick(context, file, name, NameKind::Role, &ROLES)
}

fn pick<T: Copy>(
    context: &mut Context,
    file: FileId,
    name: &Spanned<String>,
    kind: NameKind,
    list: &[(&'static str, T)],
) -> Option<T> {
    if let Some((_, found)) = list.iter().find(|(known, _)| *known == name.value) {
        return Some(*found);
    }
    let allowed: Vec<&'static str> = list.iter().map(|(known, _)| *known).collect();
    let nearest = nearest(&name.value, allowed.iter().copied());
    let mut diagnostic = Diagnostic::new(
        NameProblem::NotInClosedList {
            kind,
            name: name.value.clone(),
            nearest: nearest.clone(),
            allowed,
        },
        file,
        name.span,
    );
    if let Some(nearest) = nearest {
        diagnostic = diagnostic.fixed_by(FixKind::Likely, name.span, nearest);
    }
    context.push(diagnostic);
    None
}
