//! Cases between the windows of a station (窗口交接): asking for one that another window has in hand,
//! handing one on, and settling what both wrote of it.
//!
//! A case is in one hand at a time. Who holds it may hand it on, without a network too, and can't
//! continue it from then on; who wants it asks the hub, which alone hears of both. What a window
//! writes that did not know yet that the case is another's becomes a conflict, and a person says what
//! is to become of it.

use yichuang_domain::case::{Case, Event, EventBody, EventPlace, Holder};
use yichuang_domain::intake::too_long;
use yichuang_domain::numbering::CaseNumber;
use yichuang_domain::{Refusal, RefusalCode};
use yichuang_protocol::transfer::LONGEST_REASON;
use yichuang_protocol::{PaperMark, Roster};
use yichuang_storage::upstream::is_practice_origin;
use yichuang_storage::{Tx, WantedCase};

use crate::desk::Desk;
use crate::error::DeskError;
use crate::verification::tidy;
use crate::view::{CaseView, StationWindow, WantedView};

/// What a person says of a conflict.
#[derive(Clone, Copy, Debug)]
pub struct Verdict<'a> {
    /// Where the event stands that did not apply.
    pub of: &'a EventPlace,
    /// Whether it counts after all.
    pub adopted: bool,
    /// Why.
    pub reason: &'a str,
}

/// The number that was typed, or read from the code of a paper of the case.
fn case_number(typed: &str) -> Option<CaseNumber> {
    let typed = tidy(typed);
    match PaperMark::parse(&typed) {
        Ok(mark) => Some(mark.case),
        Err(_) => CaseNumber::try_from(typed).ok(),
    }
}

/// A reason that goes on record.
fn reason_of(text: &str) -> Result<&str, DeskError> {
    let reason = text.trim();
    if reason.is_empty() {
        let message = "请填写原因";
        return Err(Refusal::new(RefusalCode::NotAllowed, "reason", message).into());
    }
    too_long("reason", reason, LONGEST_REASON)?;
    Ok(reason)
}

impl Desk {
    /// 接办: asks the hub for a case that another window of the station has in hand. It comes with
    /// the next exchange, over the line or by ferry.
    ///
    /// # Errors
    /// `bad-case-number`, `not-now`; a reason is needed.
    pub fn take_over(&self, number: &str, reason: &str) -> Result<Vec<WantedView>, DeskError> {
        let actor = self.actor()?;
        let reason = reason_of(reason)?;
        let number = case_number(number).ok_or_else(|| {
            let message = "办件编号有误，请对照材料接收凭证核对";
            Refusal::new(RefusalCode::BadCaseNumber, "number", message)
        })?;
        if self.store.enrolment()?.is_none() {
            let message = "本机还没有加入大厅中心，不能接办其他窗口的办件";
            return Err(DeskError::not_now(message));
        }
        let own = self.store.own_origin()?;
        if self.store.case_numbered(&number)?.is_some_and(|case| case.held_by() == own) {
            return Err(DeskError::not_now("这件办件就在本窗口，可以直接办理"));
        }
        self.store.write(|tx| tx.want_case(&number, (&actor, reason), self.clock.now()))?;
        self.wanted_cases()
    }

    /// Cases that were asked for and are not here.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`].
    pub fn wanted_cases(&self) -> Result<Vec<WantedView>, DeskError> {
        self.actor()?;
        let view = |wanted: WantedCase| WantedView {
            number: wanted.number,
            reason: wanted.reason,
            actor: wanted.actor.name,
            asked_at: wanted.asked_at,
            refused: wanted.refused.map(|(_, message)| message),
        };
        Ok(self.store.wanted_cases()?.into_iter().map(view).collect())
    }

    /// Asks no longer for a case, or puts away that it was refused. One that the hub has given
    /// already still comes.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`].
    pub fn forget_wanted(&self, number: &str) -> Result<Vec<WantedView>, DeskError> {
        self.actor()?;
        self.store.forget_wanted(number)?;
        self.wanted_cases()
    }

    /// The other windows of this station, as the newest roster has them.
    ///
    /// # Errors
    /// [`DeskError::NotSignedIn`].
    pub fn station_windows(&self) -> Result<Vec<StationWindow>, DeskError> {
        self.actor()?;
        let heirs = self.heirs()?.into_iter();
        Ok(heirs.map(|Holder { device, window, .. }| StationWindow { device, window }).collect())
    }

    fn heirs(&self) -> Result<Vec<Holder>, DeskError> {
        let Some(own) = self.store.enrolment()? else { return Ok(Vec::new()) };
        let Some(roster) = self.roster_of(&own.hub_key)? else { return Ok(Vec::new()) };
        Ok(heirs_of(&roster, (&own.region, &own.station), &own.device_code))
    }

    /// 转交: hands a case on to another window of the station. From here on it is only looked at
    /// here.
    ///
    /// # Errors
    /// `not-now`, `unknown-window`; a reason is needed.
    pub fn hand_on(&self, id: &str, device: &str, reason: &str) -> Result<CaseView, DeskError> {
        let reason = reason_of(reason)?.to_owned();
        let to = self.heirs()?.into_iter().find(|heir| heir.device == device).ok_or_else(|| {
            let message = "设备名册里没有这个窗口，请先同步一次再选";
            Refusal::new(RefusalCode::UnknownWindow, "device", message)
        })?;
        let on = self.clock.today();
        self.step(id, |tx, _, case, actor| {
            let from = own_holder(tx)?;
            let event = EventBody::Transferred { from, to, on, reason };
            self.append(tx, &case, actor, event).map(|_| ())
        })
    }

    /// 冲突处理: a person says what is to become of an event that did not apply.
    ///
    /// # Errors
    /// `not-now` where it is settled, or can't count as the case stands; a reason is needed.
    pub fn settle_conflict(&self, id: &str, verdict: Verdict<'_>) -> Result<CaseView, DeskError> {
        let reason = reason_of(verdict.reason)?.to_owned();
        let (of, adopted) = (verdict.of.clone(), verdict.adopted);
        self.step(id, |tx, _, case, actor| {
            let event = EventBody::ConflictSettled { of, adopted, reason };
            if case.next_state(&event).is_none() {
                let message = "这条冲突已处理过，或按办件现在的状态不能采纳";
                return Err(DeskError::not_now(message));
            }
            self.append(tx, &case, actor, event).map(|_| ())
        })
    }
}

fn heirs_of(roster: &Roster, station: (&str, &str), own: &str) -> Vec<Holder> {
    let here = roster.devices().filter(|device| {
        (device.region.as_str(), device.station.as_str()) == station
            && device.device != own
            && device.revoked.is_none()
    });
    let holder = |device: &yichuang_protocol::roster::RosterDevice| {
        let (code, window) = (device.device.clone(), device.window.clone());
        device.origin.clone().map(|origin| Holder { origin, device: code, window })
    };
    let mut heirs: Vec<Holder> = here.filter_map(holder).collect();
    heirs.sort_by(|one, other| (&one.window, &one.device).cmp(&(&other.window, &other.device)));
    heirs
}

fn own_holder(tx: &Tx<'_>) -> Result<Holder, DeskError> {
    let own = tx
        .enrolment()?
        .ok_or_else(|| DeskError::not_now("本机还没有加入大厅中心，不能把办件转交其他窗口"))?;
    Ok(Holder { origin: own.origin, device: own.device_code, window: own.window })
}

/// Practice from before the window joined a hub can be looked at, not continued: its filing never
/// went upstream.
///
/// # Errors
/// `not-now`.
pub(crate) fn refuse_practised(tx: &Tx<'_>, case: &Case) -> Result<(), DeskError> {
    if case.origin == tx.own_origin()? || !is_practice_origin(&case.origin) {
        return Ok(());
    }
    Err(DeskError::not_now("这是加入大厅中心之前的演练办件，只能查看，不能继续办理"))
}

/// A case that another window has in hand can be looked at, not continued.
///
/// # Errors
/// `not-now`.
pub(crate) fn refuse_held_elsewhere(tx: &Tx<'_>, case: &Case) -> Result<(), DeskError> {
    refuse_practised(tx, case)?;
    if case.held_by() == tx.own_origin()? {
        return Ok(());
    }
    Err(DeskError::not_now(match &case.holder {
        Some(holder) => {
            format!(
                "这件办件现由{}号窗口办理，本窗口只能查看；需要继续办理请申请接办",
                holder.window
            )
        }
        None => "这件办件现由收件窗口办理，本窗口只能查看；需要继续办理请申请接办".to_owned(),
    }))
}

/// The window whose log that is, as the transfers of a case name it; none for the hub's, and for a
/// case that never changed hands.
pub(crate) fn window_of(events: &[Event], origin: &str) -> Option<String> {
    let named = events.iter().rev().find_map(|event| match &event.body {
        EventBody::Transferred { from, to, .. } => {
            [to, from].into_iter().find(|holder| holder.origin == origin)
        }
        _ => None,
    });
    named.map(|holder| holder.window.clone())
}
