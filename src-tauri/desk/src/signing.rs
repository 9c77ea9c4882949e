//! 屏幕签名: having somebody sign for a result on a screen, before it is handed over.
//!
//! What is asked, and what was signed, lives in memory: it is a question across the counter. It goes
//! on record with the handover and not before, and only for exactly the handover that was shown to
//! whoever signed: another receiver, another count or another case, and they sign again.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;
use yichuang_domain::case::event::Actor;
use yichuang_domain::case::{Case, CaseId};
use yichuang_domain::handover::{self, HandoverFacts, HandoverInput};
use yichuang_domain::matter::Matter;
use yichuang_domain::signature::{HEIGHT, HandSignature, PenPoint, SigningScreen, Strokes, WIDTH};
use yichuang_domain::{Refusal, RefusalCode};

use crate::desk::Desk;
use crate::error::DeskError;
use crate::evaluation::fresh;
use crate::handover::facts_of;
use crate::view::{PadBox, SigningRequest, SigningState, SigningView};

/// How long somebody is asked, and how long what they signed waits for the handover. The next one
/// at the window must not sign for them, nor find their signature.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

/// What somebody is asked to sign, or has signed.
#[derive(Clone, Debug)]
pub(crate) struct Signing {
    token: String,
    case: CaseId,
    /// The clerk who asked, and who alone may use it.
    by: String,
    screen: SigningScreen,
    facts: HandoverFacts,
    on: Date,
    matter: String,
    result: String,
    answer: Answer,
    at: Timestamp,
}

#[derive(Clone, Debug)]
enum Answer {
    Waiting,
    Signed(HandSignature),
    /// 退出: whoever was asked would rather not.
    Left,
}

impl Signing {
    /// Whether somebody can still be meant.
    pub(crate) fn is_fresh(&self, now: Timestamp) -> bool {
        fresh(self.at, PATIENCE, now)
    }

    /// Whether another question must wait for this one.
    pub(crate) fn holds_screen(&self) -> bool {
        self.screen == SigningScreen::Applicant && matches!(self.answer, Answer::Waiting)
    }

    /// What the applicant's screen shows of it: nothing once it is answered, and nothing that is
    /// signed on the clerk's.
    pub(crate) fn shown_to_applicant(&self) -> Option<SigningRequest> {
        self.holds_screen().then(|| self.view())
    }

    /// It, as whoever asked and whoever signs see it.
    pub(crate) fn view(&self) -> SigningRequest {
        let signed = match &self.answer {
            Answer::Signed(signature) => Some(signature),
            Answer::Waiting | Answer::Left => None,
        };
        SigningRequest {
            token: self.token.clone(),
            case: self.case.to_string(),
            screen: self.screen,
            state: match self.answer {
                Answer::Waiting => SigningState::Waiting,
                Answer::Signed(_) => SigningState::Signed,
                Answer::Left => SigningState::Left,
            },
            signer: self.facts.receiver.name.clone(),
            papers: handover::papers(&self.facts).to_vec(),
            matter: self.matter.clone(),
            result: self.result.clone(),
            copies: self.facts.copies,
            on: self.on.to_string(),
            pad: PadBox { width: WIDTH, height: HEIGHT },
            strokes: signed.map(|s| s.strokes.lines().to_vec()).unwrap_or_default(),
        }
    }

    fn is_for(&self, (case, on, facts): (CaseId, Date, &HandoverFacts)) -> bool {
        (self.case, self.on, &self.facts) == (case, on, facts)
    }
}

impl Desk {
    /// Asks whoever receives a result to sign for it, on their screen or on the clerk's. Asking again
    /// forgets what was signed before.
    ///
    /// # Errors
    /// The first fault of what was typed, as at the handover itself; `not-allowed` where nobody
    /// receives it at the window; `not-now` where another question is on the applicant's screen.
    pub fn ask_signature(
        &self,
        id: &str,
        input: &HandoverInput,
        on: Option<&str>,
        screen: SigningScreen,
    ) -> Result<SigningView, DeskError> {
        let by = self.actor()?;
        let on = self.day(on)?;
        let case = self.store.case(id)?.ok_or(DeskError::NotFound { what: "这件办件" })?;
        let guide = self.pinned_guide(&case.guide)?;
        let matter = guide.matter(&case.matter.code)?;
        let event = handover::prepare(input, &case, matter, on)?;
        let facts = facts_of(&event)?.clone();
        handover::signable(&facts)?;
        let result = result_of(&case, matter);
        let signing = Signing {
            token: Uuid::new_v4().to_string(),
            case: case.id,
            by: by.id,
            screen,
            facts,
            on,
            matter: case.matter.name,
            result,
            answer: Answer::Waiting,
            at: self.clock.now(),
        };
        self.at_counter(|counter| {
            if counter.asks_evaluation() && screen == SigningScreen::Applicant {
                return Err(DeskError::not_now("申请人屏正在等待申请人评价，请先收回"));
            }
            counter.signing = Some(signing);
            Ok(counter.signing_view())
        })
    }

    /// What is being signed, as the clerk sees it.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`].
    pub fn signing(&self) -> Result<SigningView, DeskError> {
        let by = self.actor()?;
        Ok(self.at_counter(|counter| {
            // What another clerk asked is not this one's to see.
            let own = counter.signing.as_ref().is_some_and(|signing| signing.by == by.id);
            let view = counter.signing_view();
            if own { view } else { SigningView { request: None, ..view } }
        }))
    }

    /// Takes the question back, and forgets what was signed.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`].
    pub fn stop_signing(&self) -> Result<SigningView, DeskError> {
        self.actor()?;
        Ok(self.at_counter(|counter| {
            counter.signing = None;
            counter.signing_view()
        }))
    }

    /// The same where nobody is signed in any more.
    pub(crate) fn drop_signing(&self) {
        self.at_counter(|counter| counter.signing = None);
    }

    /// What somebody wrote. Nobody need be signed in where they write.
    ///
    /// # Errors
    /// `bad-signature` for what is none; `not-now` where it is not asked any more.
    pub fn sign(&self, token: &str, strokes: &[Vec<PenPoint>]) -> Result<(), DeskError> {
        let strokes = Strokes::written(strokes)?;
        let at = self.clock.now();
        self.answer_signing(token, |signing| {
            Answer::Signed(HandSignature {
                signer: signing.facts.receiver.name.clone(),
                papers: handover::papers(&signing.facts).to_vec(),
                at,
                screen: signing.screen,
                strokes,
            })
        })
    }

    /// 退出: whoever was asked would rather sign on paper.
    ///
    /// # Errors
    /// `not-now` where it is not asked any more.
    pub fn leave_signing(&self, token: &str) -> Result<(), DeskError> {
        self.answer_signing(token, |_| Answer::Left)
    }

    fn answer_signing(
        &self,
        token: &str,
        answer: impl FnOnce(&Signing) -> Answer,
    ) -> Result<(), DeskError> {
        self.at_counter(|counter| {
            let asked = counter.signing.as_mut().filter(|signing| {
                signing.token == token && matches!(signing.answer, Answer::Waiting)
            });
            let asked = asked.ok_or_else(|| DeskError::not_now("这次签名已经结束"))?;
            let answer = answer(asked);
            asked.answer = answer;
            Ok(())
        })
    }

    /// What was signed for a handover.
    ///
    /// # Errors
    /// `not-now` at `signature` where nothing was signed for exactly this one.
    pub(crate) fn signed_for(
        &self,
        token: &str,
        handover: (CaseId, Date, &HandoverFacts),
        by: &Actor,
    ) -> Result<HandSignature, DeskError> {
        let refuse =
            |message: &str| Err(Refusal::new(RefusalCode::NotNow, "signature", message).into());
        let asked = self.at_counter(|counter| counter.signing.clone());
        match asked.filter(|signing| signing.token == token && signing.by == by.id) {
            None => refuse("签名已经失效，请重新签名，或者改为纸上签名"),
            Some(signing) if !signing.is_for(handover) => {
                refuse("签名以后改过出件内容，请领取人重新签名")
            }
            Some(Signing { answer: Answer::Signed(signature), .. }) => Ok(signature),
            Some(_) => refuse("领取人还没有签名"),
        }
    }

    /// Lets go of what was asked for a case.
    pub(crate) fn forget_signing(&self, case: &str) {
        self.at_counter(|counter| {
            counter.signing.take_if(|signing| signing.case.to_string() == case);
        });
    }
}

/// The result as whoever receives it knows it: its name, and its number where there is one.
fn result_of(case: &Case, matter: &Matter) -> String {
    let name = handover::result_name(case, matter);
    let number = case.decision.as_ref().and_then(|decision| decision.result_number.as_deref());
    match number {
        Some(number) => format!("{name}（{number}）"),
        None => name,
    }
}
