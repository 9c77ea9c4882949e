//! What a paper of a case says: the values of its template's fields, from the case, the matter and
//! the department. Pure.
//!
//! The wording is in the templates ([`crate::template`]); what stands here is what follows from law
//! and record: which article applies, which day, which materials. [`guide_sheet`] and
//! [`joint_sheet`] write the sheet of an enquiry about a matter or a bundle, which has no case, no number and no copy in the archive, and so is no `DocumentKind`.

mod case;
mod head;
mod law;
mod materials;
mod particulars;
mod sheet;
mod signed;
mod stopped;
mod terms;

use yichuang_domain::document::DocumentKind;

use crate::error::DocumentError;
use crate::facts::PaperFacts;
use crate::paper::{Paper, Text};
use crate::template::{TemplateSet, Values};

pub use sheet::{guide_sheet, joint_sheet};

/// Writes the paper of that kind by its template.
///
/// # Errors
/// [`DocumentError::Template`] for a template set that was not checked.
pub fn compose(
    kind: DocumentKind,
    facts: &PaperFacts<'_>,
    templates: &TemplateSet,
) -> Result<Paper, DocumentError> {
    let mut filled = templates.fill(kind, &values(kind, facts))?;
    signed::sign(&mut filled.blocks, kind, facts.particulars);
    let number = facts.document_number.as_str();
    Ok(Paper {
        format: filled.sheet,
        typeface: filled.typeface,
        issuer: filled.header,
        title: filled.title,
        number: Text::of("文号：").hold("文号", facts.formal_number.unwrap_or(number)),
        running: Text::of("　办件编号：").hold("办件编号", facts.case.number.as_str()),
        warnings: head::warnings(facts.case.practice, facts.sample),
        practice: facts.case.practice,
        specimen: false,
        logo: templates.logo.clone(),
        blocks: filled.blocks,
        qr_text: facts.qr_text.to_owned(),
        qr_caption: filled.code_caption,
        guide: edition(facts),
        parts: filled.parts,
    })
}

/// What the names of the vocabulary say for this paper.
pub(crate) fn values(kind: DocumentKind, facts: &PaperFacts<'_>) -> Values {
    let mut values = Values::default();
    case::parties(facts, &mut values);
    case::desk(facts, &mut values);
    case::progress(kind, facts, &mut values);
    terms::terms(facts, &mut values);
    law::law(kind, facts, &mut values);
    materials::lists(facts, &mut values);
    stopped::stopped(facts, &mut values);
    particulars::particulars(facts, &mut values);
    values
}

/// The guide and the templates that the paper was written by, which a later look needs.
fn edition(facts: &PaperFacts<'_>) -> Text {
    let guide = head::release(facts.guide_release, facts.guide_issued_on);
    match facts.template_edition {
        0 => guide.say("·出厂模板"),
        version => guide.say(format!("·模板第{version}版")),
    }
}
