//! Cases being taken in: saved with every change, so that a power cut loses nothing typed.

use yichuang_domain::applicant::PartyInput;
use yichuang_domain::case::event::sha256_hex;
use yichuang_domain::condition::Answers;
use yichuang_domain::enquiry::enquire;
use yichuang_domain::identity::IdType;
use yichuang_domain::intake::{Intake, parse_date, require_in_force};
use yichuang_domain::matter::{AGENT_QUESTION, Matter};
use yichuang_storage::StoredDraft;

use crate::assess;
use crate::bundle;
use crate::desk::Desk;
use crate::error::DeskError;
use crate::guide::{Guide, matter_view};
use crate::training::timed;
use crate::view::{BundleDraft, Draft, DraftRow, DraftView, ProfileMode, Step};

const UNREADABLE: DeskError = DeskError::NotFound { what: "这份登记的内容" };

pub(crate) fn encode(draft: &Draft) -> Result<String, DeskError> {
    serde_json::to_string(draft).map_err(|error| DeskError::BadScenario(error.to_string()))
}

/// What tells one state of a draft from another: two pages may have it open.
fn state_of(body: &str) -> String {
    sha256_hex(body.as_bytes())
}

impl Desk {
    /// Begins a case for a matter, with the answers that an enquiry about it already brought.
    ///
    /// # Errors
    /// `unknown-matter`; `not-in-force`; what [`enquire`] refuses of the answers;
    /// [`DeskError::NotSignedIn`].
    pub fn start_draft(&self, matter: &str, answers: &Answers) -> Result<DraftView, DeskError> {
        self.actor()?;
        let guide = self.guide()?;
        let matter = guide.matter(matter)?;
        let told = enquire(matter, answers)?.answers;
        self.start(&guide, matter, told, None)
    }

    /// Begins a draft with the answers that count, of one matter or of the bundle that it leads.
    pub(crate) fn start(
        &self,
        guide: &Guide,
        matter: &Matter,
        mut told: Answers,
        bundle: Option<BundleDraft>,
    ) -> Result<DraftView, DeskError> {
        let actor = self.actor()?;
        self.refuse_in_vain(matter)?;
        // A case answers this question by having an agent, whose name is still to be typed.
        let agent = told.shift_remove(AGENT_QUESTION).filter(|answer| answer == "yes");
        let draft = Draft {
            id: uuid::Uuid::now_v7().to_string(),
            step: Step::default(),
            intake: Intake {
                matter: matter.code.clone(),
                filed_on: self.clock.today().to_string(),
                answers: told,
                agent: agent.map(|_| PartyInput {
                    id_type: IdType::ResidentId.as_str().to_owned(),
                    ..PartyInput::default()
                }),
                ..Intake::default()
            },
            bundle,
        };
        let (body, at) = (encode(&draft)?, self.clock.now());
        self.store.write(|tx| tx.add_draft(&draft.id, &actor.id, &body, at))?;
        self.view(guide, draft, &body)
    }

    /// Opens a draft where it was left.
    ///
    /// # Errors
    /// [`DeskError::DraftGone`], [`DeskError::NotSignedIn`].
    pub fn open_draft(&self, id: &str) -> Result<DraftView, DeskError> {
        self.actor()?;
        let body = self.store.draft(id)?.ok_or(DeskError::DraftGone)?.body;
        let draft = serde_json::from_str(&body).map_err(|_| UNREADABLE)?;
        self.view(&*self.guide()?, draft, &body)
    }

    /// [`Self::save_draft_over`] whatever is there.
    ///
    /// # Errors
    /// As there.
    pub fn save_draft(&self, draft: Draft) -> Result<DraftView, DeskError> {
        self.save_draft_over(draft, None)
    }

    /// Keeps what was typed, right or wrong, and says what the rules make of it. `over` is the
    /// state of the draft that it was typed over ([`DraftView::stored`]).
    ///
    /// # Errors
    /// [`DeskError::Overtaken`] if another page saved it since, with nothing kept;
    /// [`DeskError::DraftGone`] if the draft was filed or discarded meanwhile; `unknown-matter` if the
    /// guide has dropped the matter, with what was typed kept all the same.
    pub fn save_draft_over(
        &self,
        draft: Draft,
        over: Option<&str>,
    ) -> Result<DraftView, DeskError> {
        self.actor()?;
        let (body, at) = (encode(&draft)?, self.clock.now());
        let saved = self.store.write(|tx| {
            let there = tx.draft(&draft.id)?;
            if let (Some(over), Some(there)) = (over, &there)
                && state_of(&there.body) != over
            {
                return Err(DeskError::Overtaken);
            }
            let there = tx.save_draft(&draft.id, &body, at)?;
            // A save that comes after the filing is no step back.
            if there {
                tx.mark_training_step(&draft.id, timed(draft.step), at)?;
            }
            Ok::<_, DeskError>(there)
        })?;
        if !saved {
            return Err(DeskError::DraftGone);
        }
        self.view(&*self.guide()?, draft, &body)
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// [`DeskError::DraftGone`], [`DeskError::NotSignedIn`].
    pub fn discard_draft(&self, id: &str) -> Result<(), DeskError> {
        self.actor()?;
        let had_scans = !self.store.draft_attachments(id)?.is_empty();
        if !self.store.write(|tx| tx.remove_draft(id))? {
            return Err(DeskError::DraftGone);
        }
        if had_scans {
            self.drop_scans();
        }
        Ok(())
    }

    /// The drafts that are for whoever is signed in to go on with: all of the window, but in training
    /// none that is another's attempt.
    pub(crate) fn own_drafts(&self) -> Result<Vec<StoredDraft>, DeskError> {
        let mut drafts = self.store.drafts()?;
        let others = self.store.drafts_of_other_trainees(&self.actor()?.id)?;
        drafts.retain(|draft| !others.contains(&draft.id));
        Ok(drafts)
    }

    /// Every draft of this window, the latest first.
    ///
    /// # Errors
    /// [`DeskError::Storage`].
    pub fn drafts(&self) -> Result<Vec<DraftRow>, DeskError> {
        let guide = self.guide()?;
        let rows = self.own_drafts()?.into_iter().map(|stored| {
            let (matter_name, applicant) = match serde_json::from_str::<Draft>(&stored.body) {
                Ok(Draft { intake, bundle, .. }) => (
                    match bundle.and_then(|chosen| bundle::find(&guide, &chosen.id).ok()) {
                        Some(bundle) => bundle.name.clone(),
                        None => {
                            guide.matter(&intake.matter).map_or(intake.matter, |m| m.name.clone())
                        }
                    },
                    intake.applicant.party.name,
                ),
                Err(_) => ("内容无法读取的登记".to_owned(), String::new()),
            };
            DraftRow { id: stored.id, matter_name, applicant, updated_at: stored.updated_at }
        });
        Ok(rows.collect())
    }

    pub(crate) fn load_draft(&self, id: &str) -> Result<Draft, DeskError> {
        let stored = self.store.draft(id)?.ok_or(DeskError::DraftGone)?;
        serde_json::from_str(&stored.body).map_err(|_| UNREADABLE)
    }

    /// Refuses to begin what could not be filed. Real records are filed today; practice may choose
    /// its day later, so that there only what no day would mend is refused.
    fn refuse_in_vain(&self, matter: &Matter) -> Result<(), DeskError> {
        let today = self.clock.today();
        let mendable = matter.in_force(today).is_err_and(|why| why.is_dated());
        if mendable && self.mode()?.is_practice() {
            return Ok(());
        }
        Ok(require_in_force(matter, today)?)
    }

    /// What was typed, as of now: the day of a real filing is the day it happens, whenever the
    /// draft was begun. Only practice may choose another.
    pub(crate) fn as_of_now(&self, mut intake: Intake) -> Result<Intake, DeskError> {
        if self.mode()? == ProfileMode::Live {
            intake.filed_on = self.clock.today().to_string();
        }
        Ok(intake)
    }

    fn view(&self, guide: &Guide, mut draft: Draft, body: &str) -> Result<DraftView, DeskError> {
        draft.intake = self.as_of_now(draft.intake)?;
        if let Some(chosen) = draft.bundle.clone() {
            return self.bundle_view(guide, draft, &chosen, state_of(body));
        }
        let matter = guide.matter(&draft.intake.matter)?;
        // While the day is no day, today is as good.
        let on = parse_date(&draft.intake.filed_on, "filed_on");
        Ok(DraftView {
            matter: matter_view(guide, matter, on.unwrap_or_else(|_| self.clock.today()))?,
            assessment: assess::assess(guide, matter, &draft.intake)?,
            stored: state_of(body),
            bundle: None,
            draft,
        })
    }
}
