//! 好差评: asking the applicant on a screen of their own, and entering what was written on paper.
//!
//! What they said goes into the log and upstream; nothing here gives it back to a window. The
//! invitation lives in memory: it is a question asked across the counter, and gone with the one
//! who was asked.

use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;
use yichuang_domain::case::event::{Actor, EventBody};
use yichuang_domain::case::{Case, CaseId};
use yichuang_domain::evaluation::{Answered, Evaluation, EvaluationChannel};
use yichuang_domain::intake::parse_date;
use yichuang_domain::{Refusal, RefusalCode};
use yichuang_storage::Tx;

use crate::desk::Desk;
use crate::error::DeskError;
use crate::profile::mode_of;
use crate::signing::Signing;
use crate::view::{
    ApplicantScreen, AskedService, CaseView, EvaluationScreen, ServiceView, SigningView,
};

/// How long a question stays on the screen: whoever was asked has gone by then, and the next one
/// must not answer for them.
const PATIENCE: SignedDuration = SignedDuration::from_mins(5);
/// A screen that did not look in for this long is closed.
const GLANCE: SignedDuration = SignedDuration::from_secs(5);

/// A question on the applicant's screen.
#[derive(Clone, Debug)]
struct Invitation {
    token: String,
    case: CaseId,
    service: Date,
    matter: String,
    served_by: String,
    at: Timestamp,
}

/// The applicant's screen: what it asks, and when it last looked in.
#[derive(Debug, Default)]
pub(crate) struct Counter {
    invitation: Option<Invitation>,
    /// A result that somebody is asked to sign for.
    pub(crate) signing: Option<Signing>,
    seen: Option<Timestamp>,
}

/// Whether no more than `time` has passed. A clock that was put back counts as passed.
pub(crate) fn fresh(since: Timestamp, time: SignedDuration, now: Timestamp) -> bool {
    (SignedDuration::ZERO..time).contains(&now.duration_since(since))
}

impl Counter {
    /// Lets go of a question that nobody answered.
    fn settle(&mut self, now: Timestamp) {
        self.invitation.take_if(|invitation| !fresh(invitation.at, PATIENCE, now));
        self.signing.take_if(|signing| !signing.is_fresh(now));
        self.seen.take_if(|seen| !fresh(*seen, GLANCE, now));
    }

    /// Whether somebody is asked for their word on a service.
    pub(crate) fn asks_evaluation(&self) -> bool {
        self.invitation.is_some()
    }

    /// The signature that is asked for, as the clerk sees it.
    pub(crate) fn signing_view(&self) -> SigningView {
        SigningView { open: self.seen.is_some(), request: self.signing.as_ref().map(Signing::view) }
    }

    fn view(&self) -> EvaluationScreen {
        EvaluationScreen {
            open: self.seen.is_some(),
            waiting: self.invitation.as_ref().map(|asked| AskedService {
                case: asked.case.to_string(),
                service: asked.service.to_string(),
            }),
        }
    }
}

/// The services of a case, the oldest first.
pub(crate) fn services(case: &Case) -> Vec<ServiceView> {
    let view = |visit: &yichuang_domain::evaluation::Visit| ServiceView {
        on: visit.on.to_string(),
        occasion: visit.occasion,
        served_by: visit.served_by.name.clone(),
        answered: case.answered(visit.on),
    };
    case.visits.iter().map(view).collect()
}

impl Desk {
    pub(crate) fn at_counter<T>(&self, act: impl FnOnce(&mut Counter) -> T) -> T {
        let mut counter = self.counter.lock().unwrap_or_else(PoisonError::into_inner);
        counter.settle(self.clock.now());
        act(&mut counter)
    }

    /// Asks the applicant about a service of today, on their screen.
    ///
    /// # Errors
    /// `not-now` where that service was judged already, is of another day, or where another
    /// question is on the screen; [`DeskError::NotFound`], [`DeskError::NotSignedIn`].
    pub fn invite_evaluation(
        &self,
        id: &str,
        service: &str,
    ) -> Result<EvaluationScreen, DeskError> {
        self.actor()?;
        let case = self.store.case(id)?.ok_or(DeskError::NotFound { what: "这件办件" })?;
        let service = open_service(&case, service)?;
        if service != self.clock.today() {
            return Err(DeskError::not_now(
                "只有今天的服务可以请申请人在申请人屏上评价；以前的请录入书面评价表",
            ));
        }
        let visit = case.visits.iter().find(|visit| visit.on == service);
        let invitation = Invitation {
            token: Uuid::new_v4().to_string(),
            case: case.id,
            service,
            matter: match &case.bundle {
                Some(bundle) => bundle.name.clone(),
                None => case.matter.name.clone(),
            },
            served_by: visit.map_or_else(String::new, |visit| visit.served_by.name.clone()),
            at: self.clock.now(),
        };
        self.at_counter(|counter| match &counter.invitation {
            _ if counter.signing.as_ref().is_some_and(Signing::holds_screen) => {
                Err(DeskError::not_now("申请人屏正在等待领取人签名，请先收回"))
            }
            Some(other) if other.case != case.id => {
                Err(DeskError::not_now("申请人屏正在等待另一件办件的申请人评价，请先收回"))
            }
            _ => {
                counter.invitation = Some(invitation);
                Ok(counter.view())
            }
        })
    }

    /// Takes the question back: the applicant has left.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`].
    pub fn stop_evaluation(&self) -> Result<EvaluationScreen, DeskError> {
        self.actor()?;
        Ok(self.at_counter(|counter| {
            counter.invitation = None;
            counter.view()
        }))
    }

    /// The applicant's screen, as the clerk knows it.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`].
    pub fn evaluation_screen(&self) -> Result<EvaluationScreen, DeskError> {
        self.actor()?;
        Ok(self.at_counter(|counter| counter.view()))
    }

    /// What the applicant's screen shows. Nobody is signed in there.
    ///
    /// # Errors
    /// [`DeskError::Storage`].
    pub fn applicant_screen(&self) -> Result<ApplicantScreen, DeskError> {
        let enrolment = self.store.enrolment()?;
        let practice = mode_of(enrolment.as_ref()).is_practice();
        let (hall, window) = match enrolment {
            Some(enrolment) => (enrolment.hall, format!("{}号窗口", enrolment.window)),
            None => (self.profile()?.hall, "演练窗口".to_owned()),
        };
        let now = self.clock.now();
        let asked = self.at_counter(|counter| {
            counter.seen = Some(now);
            let signing = counter.signing.as_ref().and_then(Signing::shown_to_applicant);
            (signing, counter.invitation.clone())
        });
        if let (Some(request), _) = asked {
            return Ok(ApplicantScreen::Signing { hall, window, practice, request });
        }
        Ok(match asked.1 {
            None => ApplicantScreen::Idle { hall, window, practice },
            Some(Invitation { token, service, matter, served_by, .. }) => ApplicantScreen::Asking {
                hall,
                window,
                practice,
                token,
                on: service.to_string(),
                matter,
                served_by,
            },
        })
    }

    /// What the applicant says on their screen; none where they do not want to say.
    ///
    /// # Errors
    /// `not-now` where the question is not on the screen any more; the faults of what was entered.
    pub fn answer_evaluation(
        &self,
        token: &str,
        evaluation: Option<Evaluation>,
    ) -> Result<ApplicantScreen, DeskError> {
        let evaluation = evaluation.map(Evaluation::check).transpose()?;
        let asked = self.at_counter(|counter| counter.invitation.clone());
        let asked = asked.filter(|asked| asked.token == token);
        let asked = asked.ok_or_else(|| DeskError::not_now("这次评价已经结束，谢谢"))?;
        let said = Said {
            service: asked.service,
            channel: EvaluationChannel::Screen,
            evaluation,
            by: Actor::applicant(),
        };
        self.store.write(|tx| self.note_evaluation(tx, &asked.case.to_string(), said))?;
        self.at_counter(|counter| counter.invitation.take_if(|now| now.token == token));
        self.applicant_screen()
    }

    /// Enters what somebody wrote on the form (书面评价表).
    ///
    /// # Errors
    /// `not-now` where that service was judged already; the faults of what was entered;
    /// [`DeskError::NotFound`], [`DeskError::NotSignedIn`].
    pub fn enter_evaluation(
        &self,
        id: &str,
        service: &str,
        evaluation: Evaluation,
    ) -> Result<CaseView, DeskError> {
        let by = self.actor()?;
        let evaluation = Some(evaluation.check()?);
        let service = parse_date(service, "service")?;
        let channel = EvaluationChannel::Paper;
        let said = Said { service, channel, evaluation, by };
        self.store.write(|tx| self.note_evaluation(tx, id, said))?;
        // Whoever is asked on the screen now would be asked twice.
        self.at_counter(|counter| {
            counter.invitation.take_if(|now| now.case.to_string() == id && now.service == service)
        });
        self.case(id)
    }

    /// Notes it in the case, and in those of its bundle whose applicant was served on that day: they
    /// came once and are asked once.
    fn note_evaluation(&self, tx: &Tx<'_>, id: &str, said: Said) -> Result<(), DeskError> {
        let case = tx.case(id)?.ok_or(DeskError::NotFound { what: "这件办件" })?;
        open_service(&case, &said.service.to_string())?;
        let Said { service, channel, evaluation, by } = said;
        let event = EventBody::Evaluated { service, channel, evaluation };
        let linked = case.bundle.iter().flat_map(|bundle| &bundle.cases);
        for number in linked.filter(|number| **number != case.number) {
            let Some(other) = tx.case_numbered(number)? else { continue };
            if open_service(&other, &service.to_string()).is_ok() {
                self.append(tx, &other, &by, event.clone())?;
            }
        }
        self.append(tx, &case, &by, event).map(|_| ())
    }
}

/// What was said, how, and by whom.
struct Said {
    service: Date,
    channel: EvaluationChannel,
    evaluation: Option<Evaluation>,
    by: Actor,
}

/// The service of that day, where nobody has judged it.
fn open_service(case: &Case, service: &str) -> Result<Date, DeskError> {
    let on = parse_date(service, "service")?;
    if !case.visits.iter().any(|visit| visit.on == on) {
        let message = "这一天没有为这件办件提供过服务";
        return Err(Refusal::new(RefusalCode::NotNow, "service", message).into());
    }
    match case.answered(on) {
        Answered::Given => Err(DeskError::not_now("这次服务已经评价过了，一次服务只评价一次")),
        Answered::Not | Answered::Declined => Ok(on),
    }
}

/// The applicant's screen of a desk.
pub(crate) type CounterScreen = Mutex<Counter>;
