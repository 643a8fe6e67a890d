//! Outlines in words: what is written under which heading, what is generated, where tables stand.
//!
//! It does not know figures; a figure of a generated sentence is named in angle quotes. An outline without parts is left out.

use super::{Chapter, limits};
use crate::plan::applicability::Applicability;
use crate::plan::describe::{self, Place, both};
use crate::plan::outline::OutlinePart;
use crate::plan::validation::{Template, TemplatePart};
use crate::plan::{Bilingual, CompiledRegime};

/// One chapter for each outline.
pub(super) fn chapters(plan: &CompiledRegime) -> Vec<Chapter> {
    plan.outlines
        .iter()
        .map(|outline| {
            let limits = limits(plan, Place::default(), &outline.applicability);
            let mut sentences = Vec::new();
            parts(plan, &outline.parts, &mut sentences);
            Chapter {
                title: both(
                    format!("Đề cương{}", limits.vi),
                    format!("Outline{}", limits.en),
                ),
                sentences,
            }
        })
        .collect()
}

/// The parser bounds how deep sections are nested.
fn parts(plan: &CompiledRegime, found: &[OutlinePart], sentences: &mut Vec<Bilingual>) {
    for part in found {
        match part {
            OutlinePart::Section {
                code,
                label,
                applicability,
                parts: inside,
            } => {
                let code = code
                    .as_ref()
                    .map_or(String::new(), |code| format!("{code} "));
                sentences.push(limited(
                    plan,
                    applicability,
                    both(
                        format!("Mục {code}“{label}”"),
                        format!("Section {code}“{label}”"),
                    ),
                ));
                parts(plan, inside, sentences);
            }
            OutlinePart::Narrative(narrative) => {
                let label = narrative
                    .label
                    .as_ref()
                    .map_or(String::new(), |label| format!(": {label}"));
                let (next_vi, next_en) = if narrative.about_next {
                    (" về kỳ sau", " about the next period")
                } else {
                    ("", "")
                };
                let (free_vi, free_en) = if narrative.required {
                    ("", "")
                } else {
                    (" (không bắt buộc)", " (optional)")
                };
                sentences.push(limited(
                    plan,
                    &narrative.applicability,
                    both(
                        format!("Đơn vị viết nội dung{next_vi}{label}{free_vi}"),
                        format!("Text written by the unit{next_en}{label}{free_en}"),
                    ),
                ));
            }
            OutlinePart::Sentence {
                template: words,
                applicability,
            } => {
                let told = template(plan, words);
                sentences.push(limited(
                    plan,
                    applicability,
                    both(
                        format!("Câu tự sinh: “{}”", told.vi),
                        format!("Generated sentence: “{}”", told.en),
                    ),
                ));
            }
            OutlinePart::Table(index) => {
                if let Some(form) = plan.form_definition.form(*index) {
                    sentences.push(both(
                        format!("Bảng {} “{}”.", form.sign, form.title),
                        format!("Table {} “{}”.", form.sign, form.title),
                    ));
                }
            }
        }
    }
}

fn limited(plan: &CompiledRegime, applicability: &Applicability, text: Bilingual) -> Bilingual {
    let limits = limits(plan, Place::default(), applicability);
    both(
        format!("{}{}.", text.vi, limits.vi),
        format!("{}{}.", text.en, limits.en),
    )
}

fn template(plan: &CompiledRegime, template: &Template) -> Bilingual {
    let mut told = both("", "");
    for part in &template.parts {
        let part = match part {
            TemplatePart::Text(words) => both(words.clone(), words.clone()),
            TemplatePart::Figure(id) => {
                let figure = describe::expression(plan, Place::default(), *id);
                both(format!("‹{}›", figure.vi), format!("‹{}›", figure.en))
            }
            TemplatePart::Change(id) => {
                let figure = describe::expression(plan, Place::default(), *id);
                both(
                    format!("‹tăng, giảm hoặc không đổi: {}›", figure.vi),
                    format!("‹rises, falls or unchanged: {}›", figure.en),
                )
            }
        };
        told = both(told.vi + &part.vi, told.en + &part.en);
    }
    told
}
