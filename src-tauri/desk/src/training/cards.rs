//! The cards: those written here, those that come with the program, and those made from a matter.

use std::collections::HashMap;

use yichuang_domain::checklist;
use yichuang_domain::clerk::ClerkRole;
use yichuang_domain::matter::Matter;
use yichuang_domain::training::{
    AUTO, CardFinding, RoleCard, cards_of, check_card, shipped, truth,
};

use super::{NO_CARD, read_card, write_json};
use crate::desk::Desk;
use crate::error::DeskError;
use crate::guide::Guide;
use crate::view::{CardMaterial, CardOrigin, CardReport, CardRow, CardsView};

/// From how many matters cards are made where nobody looks for one.
const OFFERED: usize = 8;
/// From how many of those that were found.
const FOUND: usize = 12;

/// What a trainee did with a card so far.
#[derive(Clone, Copy, Default)]
struct Done {
    finished: u32,
    best: Option<u32>,
}

impl Desk {
    /// The cards to choose from; with a text those of matters that fit it.
    ///
    /// # Errors
    /// [`DeskError::NotTraining`], [`DeskError::NotSignedIn`].
    pub fn role_cards(&self, text: &str) -> Result<CardsView, DeskError> {
        let trainee = self.trainee()?;
        let guide = self.guide()?;
        let text = text.trim();
        let done = self.done(&trainee.id)?;
        let mut rows = Vec::new();
        let mut add = |card: &RoleCard, origin| {
            let Ok(matter) = guide.matter(&card.matter) else { return };
            // One that does not fit the guide any more is for whoever can mend it.
            let mendable =
                trainee.roles.contains(&ClerkRole::Trainer) && origin == CardOrigin::Written;
            if !(mendable || self.plays(&guide, card)) {
                return;
            }
            let Done { finished, best } = done.get(&card.id).copied().unwrap_or_default();
            rows.push(CardRow {
                id: card.id.clone(),
                title: card.title.clone(),
                level: card.level,
                matter_name: matter.name.clone(),
                minutes: card.minutes,
                origin,
                finished,
                best,
            });
        };
        let fits = |card: &RoleCard| {
            let name = guide.matter(&card.matter).map(|m| m.name.as_str()).unwrap_or_default();
            text.is_empty() || card.title.contains(text) || name.contains(text)
        };
        for stored in self.store.training_cards()? {
            // One that a newer program wrote is left alone.
            if let Ok(card) = read_card(&stored.body)
                && fits(&card)
            {
                add(&card, CardOrigin::Written);
            }
        }
        for card in shipped().iter().filter(|card| fits(card)) {
            add(card, CardOrigin::Shipped);
        }
        for code in self.matters_to_offer(&guide, text)? {
            for card in guide.matter(&code).map(cards_of).unwrap_or_default() {
                add(&card, CardOrigin::Made);
            }
        }
        Ok(CardsView { rows, open: self.open_attempt(&trainee.id)? })
    }

    /// Whether a card can be played by the guide as it is.
    fn plays(&self, guide: &Guide, card: &RoleCard) -> bool {
        self.blocking(guide, card).is_empty()
    }

    /// What keeps a card from being played.
    fn blocking(&self, guide: &Guide, card: &RoleCard) -> Vec<CardFinding> {
        let matter = guide.matter(&card.matter).ok();
        let today = self.clock.today();
        let mut found = check_card(card, matter, &guide.package.calendar, today);
        found.retain(|one| one.blocks);
        found
    }

    /// Refuses a card that can't be played.
    ///
    /// # Errors
    /// [`DeskError::CardFaulty`].
    pub(super) fn refuse_faulty(&self, card: &RoleCard) -> Result<(), DeskError> {
        let faults = self.blocking(&*self.guide()?, card);
        if faults.is_empty() { Ok(()) } else { Err(DeskError::CardFaulty(faults)) }
    }

    /// Matters to make cards from: those found, or the first of each department.
    fn matters_to_offer(&self, guide: &Guide, text: &str) -> Result<Vec<String>, DeskError> {
        if !text.is_empty() {
            let hits = self.search(text, FOUND)?;
            return Ok(hits.into_iter().map(|hit| hit.code).collect());
        }
        let first = |code: &String| {
            let of = |m: &&Matter| m.department == *code && !m.materials.is_empty();
            guide.package.matters.iter().find(of).map(|m| m.code.clone())
        };
        let departments = guide.package.departments.iter().map(|d| &d.code);
        Ok(departments.filter_map(first).take(OFFERED).collect())
    }

    fn done(&self, clerk: &str) -> Result<HashMap<String, Done>, DeskError> {
        let mut all: HashMap<String, Done> = HashMap::new();
        for attempt in self.store.training_attempts(Some(clerk))? {
            let Some(score) = super::board::score_of(&attempt) else { continue };
            let Ok(card) = read_card(&attempt.card) else { continue };
            let done = all.entry(card.id).or_default();
            done.finished += 1;
            done.best = done.best.max(Some(score.points));
        }
        Ok(all)
    }

    /// The card of that id, wherever it comes from.
    pub(super) fn card_of(&self, id: &str) -> Result<RoleCard, DeskError> {
        if let Some(stored) = self.store.training_card(id)? {
            return read_card(&stored.body);
        }
        if let Some(card) = shipped().into_iter().find(|card| card.id == id) {
            return Ok(card);
        }
        let mut parts = id.split(':');
        let (Some(AUTO), Some(code)) = (parts.next(), parts.next()) else { return Err(NO_CARD) };
        let guide = self.guide()?;
        let made = cards_of(guide.matter(code)?);
        made.into_iter().find(|card| card.id == id).ok_or(NO_CARD)
    }

    /// A card with what is right about it, to be edited. One that was not written here becomes one
    /// of its own when it is saved. Trainers only.
    ///
    /// # Errors
    /// [`DeskError::NotRole`], [`DeskError::NotFound`].
    pub fn edited_card(&self, id: &str) -> Result<RoleCard, DeskError> {
        self.trainer()?;
        self.card_of(id)
    }

    /// A card to begin with, for a matter. Trainers only.
    ///
    /// # Errors
    /// [`DeskError::NotRole`]; `unknown-matter`.
    pub fn new_card(&self, matter: &str) -> Result<RoleCard, DeskError> {
        self.trainer()?;
        let guide = self.guide()?;
        let mut made = cards_of(guide.matter(matter)?);
        // The second has faults, which is what cards are written for.
        let at = usize::from(made.len() > 1);
        let card = if made.is_empty() { RoleCard::default() } else { made.swap_remove(at) };
        Ok(RoleCard { id: String::new(), matter: matter.to_owned(), ..card })
    }

    /// What is to be said about a card, and what comes of it. Trainers only.
    ///
    /// # Errors
    /// [`DeskError::NotRole`].
    pub fn card_report(&self, card: &RoleCard) -> Result<CardReport, DeskError> {
        self.trainer()?;
        let guide = self.guide()?;
        Ok(self.report(&guide, card))
    }

    fn report(&self, guide: &Guide, card: &RoleCard) -> CardReport {
        let (matter, today) = (guide.matter(&card.matter).ok(), self.clock.today());
        let calendar = &guide.package.calendar;
        let mut report = CardReport {
            matter_name: matter.map(|m| m.name.clone()).unwrap_or_default(),
            findings: check_card(card, matter, calendar, today),
            questions: Vec::new(),
            materials: Vec::new(),
            outcome: None,
        };
        let Some(matter) = matter else { return report };
        let walk = checklist::walk(matter, &card.answers(), card.agent.is_some());
        report.questions = walk.visible.into_iter().cloned().collect();
        let plays = report.findings.iter().all(|one| !one.blocks);
        let truth = plays.then(|| truth(card, matter, calendar, today).ok()).flatten();
        let right = |id: &str| {
            let check = truth.as_ref()?.checks.iter().find(|one| one.material == id)?;
            let words: Vec<_> = check.accepted.iter().map(|one| one.label()).collect();
            Some(words.join("、"))
        };
        report.materials = matter
            .materials
            .iter()
            .map(|m| CardMaterial {
                id: m.id.clone(),
                name: m.name.clone(),
                necessity: m.necessity,
                standard: m.standard.clone(),
                right: right(&m.id),
            })
            .collect();
        report.outcome = truth.map(|truth| truth.examined.determination.outcome);
        report
    }

    /// Keeps a card that can be played. Trainers only.
    ///
    /// # Errors
    /// [`DeskError::NotRole`]; [`DeskError::CardFaulty`] with everything that keeps it from being
    /// played.
    pub fn save_card(&self, mut card: RoleCard) -> Result<RoleCard, DeskError> {
        let trainer = self.trainer()?;
        self.refuse_faulty(&card)?;
        if self.store.training_card(&card.id)?.is_none() {
            card.id = uuid::Uuid::now_v7().to_string();
        }
        let (body, at) = (write_json(&card)?, self.clock.now());
        self.store.write(|tx| tx.save_training_card((&card.id, &body), &trainer.name, at))?;
        Ok(card)
    }

    /// Removes a card that was written here. Trainers only.
    ///
    /// # Errors
    /// [`DeskError::NotRole`], [`DeskError::NotFound`].
    pub fn remove_card(&self, id: &str) -> Result<(), DeskError> {
        self.trainer()?;
        if self.store.write(|tx| tx.remove_training_card(id))? { Ok(()) } else { Err(NO_CARD) }
    }
}
