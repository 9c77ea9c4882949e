//! Where each kind of paper goes: printer, tray, copies, sides.

use yichuang_domain::document::DocumentKind;
use yichuang_storage::PrintRule;

use super::PrintRuleView;
use crate::desk::Desk;
use crate::error::DeskError;

/// The sheet of an enquiry (一次性告知单), which is no paper of a case.
pub(super) const GUIDE_SHEET: &str = "guide-sheet";
/// More copies at once are a slip of the finger: the parts (联) are in the paper already.
const MOST_COPIES: u32 = 9;

/// Every kind that can be set, with its title.
fn kinds() -> Vec<(&'static str, &'static str)> {
    let papers = DocumentKind::ALL.iter().map(|kind| (kind.as_str(), kind.title()));
    papers.chain([(GUIDE_SHEET, "一次性告知单")]).collect()
}

/// The title of a kind as the journal names it.
pub(super) fn title_of(kind: &str) -> String {
    kinds().into_iter().find(|(name, _)| *name == kind).map_or(kind, |(_, title)| title).to_owned()
}

impl Desk {
    /// Where a kind goes; the system's default printer where nothing was set.
    pub(super) fn print_rule(&self, kind: &str) -> Result<PrintRule, DeskError> {
        let set = self.store.print_rules()?.into_iter().find(|rule| rule.kind == kind);
        Ok(set.unwrap_or_else(|| PrintRule {
            kind: kind.to_owned(),
            printer: None,
            tray: None,
            copies: 1,
            both_sides: false,
            slip: false,
        }))
    }

    /// Where every kind goes.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`].
    pub fn print_rules(&self) -> Result<Vec<PrintRuleView>, DeskError> {
        self.actor()?;
        kinds()
            .into_iter()
            .map(|(kind, title)| {
                let rule = self.print_rule(kind)?;
                Ok(PrintRuleView {
                    kind: rule.kind,
                    title: title.to_owned(),
                    printer: rule.printer,
                    tray: rule.tray,
                    copies: rule.copies,
                    both_sides: rule.both_sides,
                    slip: rule.slip,
                })
            })
            .collect()
    }

    /// Sets where a kind goes; the title given does not matter.
    ///
    /// # Errors
    /// [`DeskError::BadPrintRule`], [`DeskError::NotSignedIn`].
    pub fn set_print_rule(&self, rule: PrintRuleView) -> Result<Vec<PrintRuleView>, DeskError> {
        self.actor()?;
        if !kinds().iter().any(|(kind, _)| *kind == rule.kind) {
            return Err(DeskError::BadPrintRule { field: "kind", message: "没有这种文书" });
        }
        if !(1..=MOST_COPIES).contains(&rule.copies) {
            return Err(DeskError::BadPrintRule { field: "copies", message: "份数应为1至9" });
        }
        if rule.slip && rule.kind == GUIDE_SHEET {
            let message = "一次性告知单附有样表，不能打印成小票";
            return Err(DeskError::BadPrintRule { field: "slip", message });
        }
        let named = |name: Option<String>| name.filter(|name| !name.trim().is_empty());
        let rule = PrintRule {
            kind: rule.kind,
            printer: named(rule.printer),
            tray: named(rule.tray),
            copies: rule.copies,
            both_sides: rule.both_sides,
            slip: rule.slip,
        };
        self.store.write(|tx| tx.set_print_rule(&rule))?;
        self.print_rules()
    }
}
