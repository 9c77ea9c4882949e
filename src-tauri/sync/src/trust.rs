//! Checking what a hub says. Nothing that fails here has changed anything.

use jiff::{SignedDuration, Timestamp};
use yichuang_domain::case::event::{BrokenEvent, Event, EventBody};
use yichuang_domain::case::{SignedEvent, relay};
use yichuang_protocol::check::{STATEMENT, Statement};
use yichuang_protocol::guide::{RELEASE, ReleaseStatement};
use yichuang_protocol::hub_log::{check_voucher, is_log_of};
use yichuang_protocol::limits::{BATCH_EVENTS, HIGHEST};
use yichuang_protocol::position::ACKNOWLEDGEMENT;
use yichuang_protocol::{Acknowledgement, Position, PublicKey, SignedText};
use yichuang_storage::Enrolment;

use crate::error::SyncError;

/// The hub that this window joined, and who the window is there.
#[derive(Clone, Debug)]
pub(crate) struct Trusted {
    /// The hub's key.
    pub(crate) key: PublicKey,
    /// The hub's id.
    pub(crate) hub: String,
    /// The window's log: of several the one that this is about.
    pub(crate) origin: String,
    /// The window: the name of its first log.
    pub(crate) window: String,
    /// The code in this window's case numbers.
    pub(crate) device: String,
}

/// Words of the hub, made fit to be shown: one line, of bounded length.
pub(crate) fn tidy(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(300).collect()
}

/// How far ahead of this machine's clock a hub's word may be dated and still count as the newest.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// Whether what the hub signed at `said` takes the place of what it signed at `kept`: not where it is
/// older, so that nobody on the line can make a window forget. But a word that is still dated days
/// ahead was signed by a clock that ran ahead and has been put right since: it holds up nothing.
pub(crate) fn replaces(said: Timestamp, kept: Timestamp, now: Timestamp) -> bool {
    said >= kept || kept.duration_since(now) > AHEAD
}

impl Trusted {
    /// From the enrolment, for one of the window's logs.
    ///
    /// # Errors
    /// `hub-changed` if the key kept is none.
    pub(crate) fn of(enrolment: &Enrolment, origin: String) -> Result<Self, SyncError> {
        let key = PublicKey::from_bytes(&enrolment.hub_key).map_err(|_| SyncError::HubChanged)?;
        let hub = key.hub_id();
        let (window, device) = (enrolment.origin.clone(), enrolment.device_code.clone());
        Ok(Self { key, hub, origin, window, device })
    }

    /// The acknowledgement that a signed text is.
    ///
    /// # Errors
    /// `bad-hub-answer` unless this hub signed it for this window's log.
    pub(crate) fn acknowledgement(
        &self,
        step: &'static str,
        signed: &SignedText,
    ) -> Result<Acknowledgement, SyncError> {
        let bad = |what| SyncError::BadAnswer { step, what };
        let text = self.key.open(signed).map_err(|_| bad("凭证的签名不符"))?;
        let said: Acknowledgement =
            serde_json::from_str(text).map_err(|_| bad("凭证不是约定的格式"))?;
        let ours = said.kind == ACKNOWLEDGEMENT
            && said.hub == self.hub
            && said.origin == self.origin
            && said.seq <= HIGHEST;
        if ours { Ok(said) } else { Err(bad("凭证不是给本机的")) }
    }

    /// The statement that a signed text is.
    ///
    /// # Errors
    /// As [`Self::acknowledgement`].
    pub(crate) fn statement(
        &self,
        step: &'static str,
        signed: &SignedText,
    ) -> Result<Statement, SyncError> {
        let bad = |what| SyncError::BadAnswer { step, what };
        let text = self.key.open(signed).map_err(|_| bad("核对结果的签名不符"))?;
        let said: Statement =
            serde_json::from_str(text).map_err(|_| bad("核对结果不是约定的格式"))?;
        let ours = said.kind == STATEMENT
            && said.hub == self.hub
            && said.origin == self.origin
            && said.count <= HIGHEST;
        if ours { Ok(said) } else { Err(bad("核对结果不是给本机的")) }
    }

    /// The guide release that a signed text speaks of; none unless this hub signed it.
    pub(crate) fn release(&self, signed: &SignedText) -> Option<ReleaseStatement> {
        let said: ReleaseStatement = serde_json::from_str(self.key.open(signed).ok()?).ok()?;
        (said.kind == RELEASE && said.hub == self.hub).then_some(said)
    }

    /// Whether a log can be one that this hub keeps for this window.
    pub(crate) fn is_hub_log(&self, log: &str) -> bool {
        is_log_of(log, &self.hub, &self.device)
    }

    /// The events of a pull, if they follow `from` in that log of the hub without a gap, each
    /// signed by it; and where that leads.
    ///
    /// # Errors
    /// `bad-hub-answer`; `unknown-event` for one of a kind this program does not know.
    pub(crate) fn follows(
        &self,
        step: &'static str,
        (log, from): (&str, &Position),
        events: &[SignedEvent],
    ) -> Result<(Vec<Event>, Position), SyncError> {
        let bad = |what| SyncError::BadAnswer { step, what };
        if events.len() > BATCH_EVENTS {
            return Err(bad("记录过多"));
        }
        let mut at = from.clone();
        let mut opened = Vec::with_capacity(events.len());
        for signed in events {
            let event = signed.sealed().open().map_err(|broken| match broken {
                BrokenEvent::HashMismatch => bad("记录与其摘要不符"),
                BrokenEvent::Unreadable(_) => SyncError::UnknownEvent,
            })?;
            if event.origin != log {
                return Err(bad("记录不是大厅中心给本机的"));
            }
            if event.seq != at.seq + 1 || event.prev_hash != at.head {
                return Err(bad("记录不连续"));
            }
            if event.seq > HIGHEST || event.lamport > HIGHEST {
                return Err(bad("记录的序号超出范围"));
            }
            if check_voucher(&self.key, signed).is_err() {
                return Err(bad("记录没有大厅中心的签名"));
            }
            if let EventBody::Relayed { event: handed_on } = &event.body {
                let sound = relay::inner(&event, handed_on).is_ok();
                if !sound || check_voucher(&self.key, handed_on).is_err() {
                    return Err(bad("转录的记录有误"));
                }
            }
            at = Position { seq: event.seq, head: signed.hash.clone() };
            opened.push(event);
        }
        Ok((opened, at))
    }
}

/// Device clock minus hub clock in milliseconds. The hub read its clock somewhere between the two
/// readings of the device's.
pub(crate) fn clock_skew(asked: Timestamp, answered: Timestamp, hub: Timestamp) -> i64 {
    let middle = (asked.as_millisecond() + answered.as_millisecond()) / 2;
    middle - hub.as_millisecond()
}

#[cfg(test)]
mod tests {
    use yichuang_domain::case::SealedEvent;
    use yichuang_domain::case::event::{Actor, CaseId, EventBody};
    use yichuang_protocol::PrivateKey;
    use yichuang_protocol::hub_log::vouch;

    use super::*;

    fn trusted() -> (PrivateKey, Trusted) {
        let hub_key = PrivateKey::from_seed(&[1; 32]);
        let key = hub_key.public();
        let hub = key.hub_id();
        let (origin, device) = ("win-7K2M".to_owned(), "7K2M".to_owned());
        let window = origin.clone();
        (hub_key, Trusted { key, hub, origin, window, device })
    }

    fn acknowledgement(trusted: &Trusted) -> Acknowledgement {
        Acknowledgement {
            kind: ACKNOWLEDGEMENT.to_owned(),
            hub: trusted.hub.clone(),
            origin: trusted.origin.clone(),
            seq: 3,
            head: "ab".repeat(32),
            hub_time: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn an_older_word_replaces_only_one_of_days_to_come() {
        let now = Timestamp::UNIX_EPOCH;
        let hours = |n| now + SignedDuration::from_hours(n);
        for (said, kept, may) in [(0, 0, true), (1, 0, true), (0, 1, false), (-9, -8, false)] {
            assert_eq!(replaces(hours(said), hours(kept), now), may, "{said} {kept}");
        }
        assert!(!replaces(hours(0), hours(24), now), "clocks differ by hours");
        assert!(replaces(hours(0), hours(25), now));
        assert!(replaces(Timestamp::MIN, Timestamp::MAX, now), "far apart is no overflow");
    }

    #[test]
    fn only_this_hubs_word_for_this_window_counts() {
        let (hub_key, trusted) = trusted();
        let said = acknowledgement(&trusted);
        let sign = |key: &PrivateKey, said: &Acknowledgement| {
            key.sign(serde_json::to_string(said).unwrap())
        };
        let read =
            |signed: &SignedText| trusted.acknowledgement("push", signed).map_err(|e| e.code());
        assert_eq!(read(&sign(&hub_key, &said)), Ok(said.clone()));

        let other_key = PrivateKey::from_seed(&[2; 32]);
        assert_eq!(read(&sign(&other_key, &said)), Err("bad-hub-answer"));
        let mut changed = sign(&hub_key, &said);
        changed.text = changed.text.replace("\"seq\":3", "\"seq\":9");
        assert_eq!(read(&changed), Err("bad-hub-answer"));
        let wrong = [
            Acknowledgement { origin: "win-other".to_owned(), ..said.clone() },
            Acknowledgement { hub: "hub-other".to_owned(), ..said.clone() },
            Acknowledgement { kind: STATEMENT.to_owned(), ..said.clone() },
            Acknowledgement { seq: u64::MAX, ..said },
        ];
        for wrong in &wrong {
            assert_eq!(read(&sign(&hub_key, wrong)), Err("bad-hub-answer"), "{wrong:?}");
        }
        assert_eq!(read(&hub_key.sign("{}".to_owned())), Err("bad-hub-answer"));
    }

    #[test]
    fn only_this_hubs_word_for_a_guide_release_counts() {
        let (hub_key, trusted) = trusted();
        let said = ReleaseStatement {
            kind: RELEASE.to_owned(),
            hub: trusted.hub.clone(),
            format: "yichuang-guide/1".to_owned(),
            region: "150785".to_owned(),
            release: 2,
            digest: "ab".repeat(32),
            length: 5,
            published_at: Timestamp::UNIX_EPOCH,
        };
        let sign = |key: &PrivateKey, said: &ReleaseStatement| {
            key.sign(serde_json::to_string(said).unwrap())
        };
        assert_eq!(trusted.release(&sign(&hub_key, &said)), Some(said.clone()));
        assert_eq!(trusted.release(&sign(&PrivateKey::from_seed(&[2; 32]), &said)), None);
        let mut changed = sign(&hub_key, &said);
        changed.text = changed.text.replace("\"release\":2", "\"release\":9");
        assert_eq!(trusted.release(&changed), None);
        let other_hub = ReleaseStatement { hub: "hub-other".to_owned(), ..said.clone() };
        assert_eq!(trusted.release(&sign(&hub_key, &other_hub)), None);
        let other_kind = ReleaseStatement { kind: STATEMENT.to_owned(), ..said };
        assert_eq!(trusted.release(&sign(&hub_key, &other_kind)), None);
        // What the hub signed for another purpose is no release.
        let other = acknowledgement(&trusted);
        let other = hub_key.sign(serde_json::to_string(&other).unwrap());
        assert_eq!(trusted.release(&other), None);
    }

    const LOG: &str = "hub-0-7K2M";

    fn event(at: &Position) -> Event {
        Event {
            origin: LOG.to_owned(),
            seq: at.seq + 1,
            at: Timestamp::UNIX_EPOCH,
            clock_skew: Some(0),
            lamport: 5,
            actor: Actor { id: "office".to_owned(), name: "后台审批".to_owned() },
            case: CaseId::from_u128(1),
            body: EventBody::ReviewStarted {},
            prev_hash: at.head.clone(),
        }
    }

    #[test]
    fn the_hubs_log_must_follow_without_a_gap() {
        let (key, trusted) = trusted();
        let signed = |event: &Event| vouch(&key, SealedEvent::seal(event).unwrap());
        let start = Position::start();
        let first = signed(&event(&start));
        let at = Position { seq: 1, head: first.hash.clone() };
        let second = signed(&event(&at));
        let follows = |events: &[SignedEvent]| {
            trusted.follows("pull", (LOG, &start), events).map(|(_, to)| to).map_err(|e| e.code())
        };
        let end = Position { seq: 2, head: second.hash.clone() };
        assert_eq!(follows(&[first.clone(), second.clone()]), Ok(end));
        assert_eq!(follows(&[]), Ok(start.clone()));
        assert_eq!(follows(std::slice::from_ref(&second)), Err("bad-hub-answer"));
        assert_eq!(follows(&[first.clone(), first.clone()]), Err("bad-hub-answer"));
        let damaged = SignedEvent { text: first.text.clone() + " ", ..first.clone() };
        assert_eq!(follows(&[damaged]), Err("bad-hub-answer"));
        let unsigned = SignedEvent { signature: second.signature, ..first.clone() };
        assert_eq!(follows(&[unsigned]), Err("bad-hub-answer"));
        let own = Event { origin: trusted.origin.clone(), ..event(&start) };
        assert_eq!(follows(&[signed(&own)]), Err("bad-hub-answer"));
        let beyond = Event { lamport: u64::MAX, ..event(&start) };
        assert_eq!(follows(&[signed(&beyond)]), Err("bad-hub-answer"));
        let text = first.text.replace("review-started", "from-the-future");
        let hash = yichuang_domain::case::event::sha256_hex(text.as_bytes());
        let unknown = vouch(&key, SealedEvent { text, hash });
        assert_eq!(follows(&[unknown]), Err("unknown-event"));
        assert_eq!(follows(&vec![first; BATCH_EVENTS + 1]), Err("bad-hub-answer"));
    }

    #[test]
    fn what_the_hub_hands_on_must_be_of_the_case_and_signed() {
        let (key, trusted) = trusted();
        let start = Position::start();
        let inner = SealedEvent::seal(&event(&start)).unwrap();
        let follows = |case: u128, handed_on: SignedEvent| {
            let (case, body) = (CaseId::from_u128(case), EventBody::Relayed { event: handed_on });
            let relay = Event { case, body, ..event(&start) };
            let relay = vouch(&key, SealedEvent::seal(&relay).unwrap());
            trusted.follows("pull", (LOG, &start), &[relay]).map(|_| ()).map_err(|e| e.code())
        };
        assert_eq!(follows(1, vouch(&key, inner.clone())), Ok(()));
        assert_eq!(follows(2, vouch(&key, inner.clone())), Err("bad-hub-answer"));
        let other = PrivateKey::from_seed(&[9; 32]);
        assert_eq!(follows(1, vouch(&other, inner)), Err("bad-hub-answer"));
    }

    #[test]
    fn the_skew_is_measured_from_the_middle_of_the_journey() {
        let at = |ms| Timestamp::from_millisecond(ms).unwrap();
        assert_eq!(clock_skew(at(1000), at(3000), at(2000)), 0);
        assert_eq!(clock_skew(at(61_000), at(63_000), at(2000)), 60_000);
        assert_eq!(clock_skew(at(1000), at(1000), at(5000)), -4000);
    }

    #[test]
    fn a_hubs_words_stay_on_one_line() {
        assert_eq!(tidy("一\n二\u{1b}[31m"), "一二[31m");
        assert_eq!(tidy(&"长".repeat(9999)).chars().count(), 300);
    }
}
