//! Playing a scripted case through the same actions as the screens.

use std::path::Path;

use yichuang_domain::case::CaseState;
use yichuang_domain::condition::Answers;
use yichuang_domain::determination::Outcome;
use yichuang_domain::scenario::{self, PlayedDocument, Scenario, ScenarioResult};

use crate::desk::Desk;
use crate::error::DeskError;
use crate::view::{CaseView, Step};

/// Reads a scenario.
///
/// # Errors
/// [`DeskError::BadScenario`].
pub fn read(bytes: &[u8]) -> Result<Scenario, DeskError> {
    serde_json::from_slice(bytes).map_err(|error| DeskError::BadScenario(error.to_string()))
}

impl Desk {
    /// Takes a scripted case from the search to its last paper. The whole script is checked
    /// before anything of it is done.
    ///
    /// # Errors
    /// The first fault of the script; [`DeskError::RealRecords`] in a profile with real records.
    pub fn play(&self, scenario: &Scenario) -> Result<CaseView, DeskError> {
        let guide = self.guide()?;
        let find = |code: &str| guide.matter(code).ok();
        let script = scenario::examine(find, &guide.package.calendar, scenario)?;
        self.sign_in_practice_clerk()?;

        let mut draft = self.start_draft(&scenario.intake.matter, &Answers::new())?.draft;
        draft.intake = scenario.intake.clone();
        draft.step = Step::Determination;
        let id = draft.id.clone();
        self.save_draft(draft)?;
        let notice_later = script.notice_on > script.filing.filed_on;
        let filed = self.file_case(&id, &script.filing.determination, notice_later);
        if filed.is_err() {
            // A script that can't be filed leaves no half-typed case behind.
            self.discard_draft(&id)?;
        }
        let mut view = filed?;
        let id = view.case.id.to_string();
        if view.case.state == CaseState::Received {
            view = self.give_notice(&id, Some(&script.notice_on.to_string()))?;
        }
        for supplement in script.supplements.iter().filter(|s| !s.ids.is_empty()) {
            view =
                self.record_supplement(&id, Some(&supplement.on.to_string()), &supplement.ids)?;
        }
        if view.case.state == CaseState::Supplemented {
            let last = script.supplements.last().map(|s| s.on.to_string());
            view = self.accept(&id, last.as_deref())?;
        }
        Ok(view)
    }

    /// What `play` prints of a case; writes its papers into `out`.
    ///
    /// # Errors
    /// [`DeskError::File`].
    pub fn result(&self, view: &CaseView, out: &Path) -> Result<ScenarioResult, DeskError> {
        let case = &view.case;
        let mut documents = Vec::with_capacity(case.documents.len());
        for document in &case.documents {
            let path = self.save_paper(document.number.as_str(), out)?;
            documents
                .push(PlayedDocument { kind: document.kind, file: path.display().to_string() });
        }
        let waiting = view.outcome == Outcome::OneTimeNotice;
        Ok(ScenarioResult {
            case_number: case.number.to_string(),
            outcome: view.outcome,
            listed: case.listed.clone(),
            documents,
            accepted_on: case.accepted_on,
            due: case.due.as_ref().map(|d| d.on),
            due_estimated: case.due.as_ref().is_some_and(|d| d.estimated),
            notify_by: case.notify_by.as_ref().map(|d| d.on).filter(|_| waiting),
        })
    }
}
