//! Attempts: beginning one, what is said in it, and its score.

use jiff::civil::Date;
use yichuang_domain::beijing;
use yichuang_domain::case::Case;
use yichuang_domain::clerk::ClerkRole;
use yichuang_domain::condition::Answers;
use yichuang_domain::named::Named as _;
use yichuang_domain::training::{
    Course, CourtesyWord, Performance, RoleCard, TrainingMark, TrainingStep, score, truth,
};
use yichuang_storage::{NewAttempt, StoredAttempt};

use super::{NO_ATTEMPT, read_card, write_json};
use crate::desk::Desk;
use crate::error::DeskError;
use crate::guide::Guide;
use crate::view::{
    AttemptResult, AttemptView, DraftView, RoleDocument, RoleReply, RoleView, Step, WordView,
};

/// The step that is timed.
pub(crate) fn timed(step: Step) -> TrainingStep {
    match step {
        Step::Questions => TrainingStep::Questions,
        Step::Applicant => TrainingStep::Applicant,
        Step::Materials => TrainingStep::Materials,
        Step::Determination => TrainingStep::Determination,
    }
}

fn word_view(word: CourtesyWord, said: bool) -> WordView {
    WordView {
        word,
        title: word.word().to_owned(),
        sample: word.sample().to_owned(),
        source: word.source().to_owned(),
        said,
    }
}

fn performance(case: &Case) -> Performance {
    Performance {
        filed_on: case.filed_on,
        applicant: case.applicant.clone(),
        agent: case.agent.clone(),
        answers: case.answers.clone(),
        materials: case.materials.clone(),
        stopped: case.stopped.clone(),
        told_later: case.stopped.is_none() && !case.listed.is_empty() && case.notice_on.is_none(),
    }
}

/// A card as the trainee sees it, on the day of play.
fn role(guide: &Guide, card: &RoleCard, on: Date) -> RoleView {
    let matter = guide.matter(&card.matter).ok();
    let mut replies = Vec::new();
    for reply in &card.replies {
        let question = matter.and_then(|m| m.question(&reply.question));
        let choice = question.and_then(|q| q.choices.iter().find(|c| c.id == reply.choice));
        let plain = choice.map(|c| c.text.clone()).unwrap_or_default();
        let says = if reply.says.trim().is_empty() { plain } else { reply.says.clone() };
        replies
            .push(RoleReply { asked: question.map(|q| q.text.clone()).unwrap_or_default(), says });
    }
    let phone = |who: &str, phone: &Option<String>| RoleReply {
        asked: format!("{who}的联系电话？"),
        says: phone.clone().unwrap_or_else(|| "没有电话。".to_owned()),
    };
    replies.push(phone(&card.applicant.party.name, &card.applicant.party.phone));
    if let Some(agent) = &card.agent {
        replies.push(phone(&agent.name, &agent.phone));
    }
    let documents = card
        .documents
        .iter()
        .map(|document| {
            let (issued, valid) = document.days(on);
            RoleDocument {
                title: document.title.clone(),
                picture: document.picture,
                how: document.how,
                facts: document.facts.clone(),
                issued_on: issued.map(|day| day.to_string()),
                valid_until: valid.map(|day| day.to_string()),
            }
        })
        .collect();
    RoleView {
        title: card.title.clone(),
        level: card.level,
        matter_name: matter.map(|m| m.name.clone()).unwrap_or_default(),
        minutes: card.minutes,
        persona: card.persona.clone(),
        story: card.story.clone(),
        replies,
        documents,
    }
}

impl Desk {
    /// Begins an attempt: the trainee gets a draft of the card's matter, as from the search.
    ///
    /// # Errors
    /// [`DeskError::NotTraining`]; `not-now` while another is under way; [`DeskError::CardFaulty`]
    /// where the guide was switched since it was written; what
    /// [`Self::start_draft`] refuses.
    pub fn start_training(&self, card: &str) -> Result<DraftView, DeskError> {
        let trainee = self.trainee()?;
        if self.open_attempt(&trainee.id)?.is_some() {
            return Err(DeskError::not_now("还有一次训练没有结束，请先交卷或放弃"));
        }
        let card = self.card_of(card)?;
        self.refuse_faulty(&card)?;
        let view = self.start_draft(&card.matter, &Answers::new())?;
        let (text, at) = (write_json(&card)?, self.clock.now());
        let id = uuid::Uuid::now_v7().to_string();
        let new = NewAttempt {
            id: &id,
            card: &text,
            clerk: &trainee.id,
            clerk_name: &trainee.name,
            draft: &view.draft.id,
        };
        self.store.write(|tx| {
            tx.add_training_attempt(&new, at)?;
            tx.mark_training_step(&view.draft.id, TrainingStep::Questions, at)
        })?;
        Ok(view)
    }

    /// The attempt of a trainee that is under way.
    pub(super) fn open_attempt(&self, clerk: &str) -> Result<Option<AttemptView>, DeskError> {
        let all = self.store.training_attempts(Some(clerk))?;
        let open = |one: &StoredAttempt| {
            !one.over && one.result.is_none() && (one.case.is_some() || one.draft_there)
        };
        all.into_iter().find(open).map(|one| self.attempt_view(one)).transpose()
    }

    /// What whoever is signed in has under way.
    ///
    /// # Errors
    /// [`DeskError::NotTraining`], [`DeskError::NotSignedIn`].
    pub fn current_attempt(&self) -> Result<Option<AttemptView>, DeskError> {
        let trainee = self.trainee()?;
        self.open_attempt(&trainee.id)
    }

    fn attempt_view(&self, stored: StoredAttempt) -> Result<AttemptView, DeskError> {
        let card = read_card(&stored.card)?;
        let course = Course::of(&self.store.training_marks(&stored.id)?);
        let began = stored.started_at.parse().map(beijing::day);
        let on = began.unwrap_or_else(|_: jiff::Error| self.clock.today());
        let words = CourtesyWord::ALL.iter();
        Ok(AttemptView {
            role: role(&*self.guide()?, &card, on),
            words: words.map(|word| word_view(*word, course.said.contains(word))).collect(),
            draft: stored.draft_there.then_some(stored.draft),
            case: stored.case,
            started_at: stored.started_at,
            id: stored.id,
        })
    }

    /// An attempt of whoever is signed in; a trainer sees anybody's.
    fn attempt_of(&self, id: &str, anybodys: bool) -> Result<StoredAttempt, DeskError> {
        let trainee = self.trainee()?;
        let found = self.store.training_attempt(id)?.ok_or(NO_ATTEMPT)?;
        let may = found.clerk == trainee.id
            || (anybodys && self.store.has_role(&trainee.id, ClerkRole::Trainer)?);
        // Whose it is is nobody else's business.
        if may { Ok(found) } else { Err(NO_ATTEMPT) }
    }

    /// Notes that something was said, or was not after all.
    ///
    /// # Errors
    /// [`DeskError::NotFound`]; `not-now` once it is scored.
    pub fn say_word(
        &self,
        attempt: &str,
        word: CourtesyWord,
        said: bool,
    ) -> Result<AttemptView, DeskError> {
        let found = self.attempt_of(attempt, false)?;
        if found.result.is_some() {
            return Err(DeskError::not_now("这次训练已经评分，不能再改"));
        }
        let (mark, at) = (TrainingMark::Said { word, said }, self.clock.now());
        self.store.write(|tx| tx.add_training_mark(&found.id, &mark, at))?;
        self.attempt_view(found)
    }

    /// Gives an attempt up: its draft is thrown away, and it counts as begun only. One that is filed
    /// can be given up too: where the guide was switched meanwhile, nothing could score it.
    ///
    /// # Errors
    /// [`DeskError::NotFound`]; `not-now` once it is over.
    pub fn drop_training(&self, attempt: &str) -> Result<(), DeskError> {
        let found = self.attempt_of(attempt, false)?;
        if found.over || found.result.is_some() {
            return Err(DeskError::not_now("这次训练已经结束"));
        }
        if found.draft_there {
            return self.discard_draft(&found.draft);
        }
        let (mark, at) = (TrainingMark::Finished, self.clock.now());
        Ok(self.store.write(|tx| tx.add_training_mark(&found.id, &mark, at))?)
    }

    /// Ends an attempt and scores it, once.
    ///
    /// # Errors
    /// [`DeskError::NotFound`]; `not-now` before it is filed.
    pub fn finish_training(&self, attempt: &str) -> Result<AttemptResult, DeskError> {
        let found = self.attempt_of(attempt, false)?;
        if found.over && found.result.is_none() {
            return Err(DeskError::not_now("这次训练已经放弃，不能评分"));
        }
        if found.result.is_none() {
            self.score_attempt(&found)?;
        }
        self.training_result(attempt)
    }

    fn score_attempt(&self, attempt: &StoredAttempt) -> Result<(), DeskError> {
        let Some(case) = &attempt.case else {
            return Err(DeskError::not_now("还没有收件，不能评分；请在结论这一步收件"));
        };
        let case = self.store.case(case)?.ok_or(NO_ATTEMPT)?;
        let guide = self.pinned_guide(&case.guide)?;
        let card = read_card(&attempt.card)?;
        let matter = guide.matter(&card.matter)?;
        let calendar = &guide.package.calendar;
        let truth = truth(&card, matter, calendar, case.filed_on)?;
        let at = self.clock.now();
        let mut marks = self.store.training_marks(&attempt.id)?;
        let end = TrainingMark::Finished;
        marks.push(yichuang_domain::training::TimedMark { at, mark: end.clone() });
        let course = Course::of(&marks);
        let score = score(&card, &truth, matter, calendar, &performance(&case), &course);
        let body = write_json(&score)?;
        self.store.write(|tx| {
            // Who was second finds it scored.
            if tx.add_training_result(&attempt.id, score.points, &body, at)? {
                tx.add_training_mark(&attempt.id, &end, at)?;
            }
            Ok(())
        })
    }

    /// The result of an attempt: one's own; a lead sees anybody's.
    ///
    /// # Errors
    /// [`DeskError::NotFound`]; `not-now` before it is scored.
    pub fn training_result(&self, attempt: &str) -> Result<AttemptResult, DeskError> {
        let found = self.attempt_of(attempt, true)?;
        let (Some(score), Some(result)) = (super::board::score_of(&found), &found.result) else {
            return Err(DeskError::not_now("这次训练还没有评分"));
        };
        let card = read_card(&found.card)?;
        let guide = self.guide()?;
        Ok(AttemptResult {
            matter_name: guide.matter(&card.matter).map(|m| m.name.clone()).unwrap_or_default(),
            words: score
                .owed
                .iter()
                .map(|word| word_view(*word, score.said.contains(word)))
                .collect(),
            at: result.at.clone(),
            id: found.id,
            title: card.title,
            card: card.id,
            level: card.level,
            trainee: found.clerk_name,
            case: found.case,
            score,
        })
    }
}
