//! The templates that come with the program.

use std::collections::BTreeMap;

use serde::Deserialize;
use yichuang_domain::document::DocumentKind;

use super::{BlockTemplate, FORMAT, Template, TemplateSet, Words};

/// What every paper shares.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Common {
    header: Words,
    fragments: BTreeMap<String, Vec<BlockTemplate>>,
}

/// The text of a kind's template.
fn text(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::MaterialReceipt => include_str!("shipped/material-receipt.json"),
        DocumentKind::Acceptance => include_str!("shipped/acceptance.json"),
        DocumentKind::OneTimeNotice => include_str!("shipped/one-time-notice.json"),
        DocumentKind::Refusal => include_str!("shipped/refusal.json"),
        DocumentKind::NotRequiredNotice => include_str!("shipped/not-required-notice.json"),
        DocumentKind::Commitment => include_str!("shipped/commitment.json"),
        DocumentKind::DeferralCommitment => include_str!("shipped/deferral-commitment.json"),
        DocumentKind::SpecialProcedureNotice => {
            include_str!("shipped/special-procedure-notice.json")
        }
        DocumentKind::ExtensionNotice => include_str!("shipped/extension-notice.json"),
        DocumentKind::ReturnNotice => include_str!("shipped/return-notice.json"),
        DocumentKind::PowerOfAttorney => include_str!("shipped/power-of-attorney.json"),
        DocumentKind::DeliveryReceipt => include_str!("shipped/delivery-receipt.json"),
        DocumentKind::ResultSlip => include_str!("shipped/result-slip.json"),
        DocumentKind::WithdrawalRequest => include_str!("shipped/withdrawal-request.json"),
        DocumentKind::TransferSheet => include_str!("shipped/transfer-sheet.json"),
        DocumentKind::EvaluationForm => include_str!("shipped/evaluation-form.json"),
    }
}

/// The templates that come with the program, which [`super::check`] passes.
///
/// # Errors
/// None of this build: a test reads them all.
pub fn shipped() -> Result<TemplateSet, serde_json::Error> {
    let common: Common = serde_json::from_str(include_str!("shipped/common.json"))?;
    let paper = |&kind: &DocumentKind| Ok((kind, serde_json::from_str::<Template>(text(kind))?));
    Ok(TemplateSet {
        format: FORMAT.to_owned(),
        header: common.header,
        logo: None,
        numbering: None,
        fragments: common.fragments,
        papers: DocumentKind::ALL.iter().map(paper).collect::<Result<_, serde_json::Error>>()?,
    })
}
