//! The judgement: whose paper is it, and did that device sign it?

use jiff::civil::Date;
use yichuang_domain::beijing;
use yichuang_protocol::{PaperMark, PublicKey, Roster};

use super::finding::Finding;

/// A device of which this window has the key by itself.
#[derive(Clone, Debug)]
pub(super) struct KnownDevice {
    pub(super) code: String,
    pub(super) key: PublicKey,
    /// Hall and window, in words.
    pub(super) window: String,
}

/// What this window knows.
#[derive(Clone, Debug)]
pub(super) struct Knowledge {
    /// Whether it joined a hub.
    pub(super) joined: bool,
    /// Whether its own papers are practice.
    pub(super) practice: bool,
    /// The devices whose private keys are here.
    pub(super) own: Vec<KnownDevice>,
    /// The hub's roster.
    pub(super) roster: Option<Roster>,
    /// The day.
    pub(super) today: Date,
}

/// A hall's window, in words.
pub(super) fn window_words(hall: &str, station: &str, window: &str) -> String {
    format!("{hall} {station}站 {window}号窗口")
}

impl Knowledge {
    /// The day as of which the roster is; none without a roster.
    pub(super) fn roster_day(&self) -> Option<Date> {
        let as_of = self.roster.as_ref()?.as_of;
        Some(beijing::day(as_of))
    }

    /// Where the device of that code stands, in words.
    pub(super) fn window_of(&self, code: &str) -> Option<String> {
        if let Some((device, _)) = self.roster.as_ref().and_then(|roster| roster.device(code)) {
            return Some(window_words(&device.hall, &device.station, &device.window));
        }
        self.own_device(code).map(|own| own.window.clone())
    }

    /// The device of that code, if its private key is here.
    pub(super) fn own_device(&self, code: &str) -> Option<&KnownDevice> {
        self.own.iter().find(|own| own.code == code)
    }
}

/// Judges a mark; `holds` says whether the thing in hand was signed with a key.
pub(super) fn judge(
    mark: &PaperMark,
    holds: &dyn Fn(&PublicKey) -> bool,
    knowledge: &Knowledge,
) -> Finding {
    let practice = mark.case.is_practice();
    match (practice, knowledge.practice) {
        // Whoever signed it: it is worth nothing among real records.
        (true, false) => return Finding::PracticePaper,
        (false, true) => return Finding::RealPaper,
        _ => {}
    }
    let code = &mark.device;
    let listed = knowledge.roster.as_ref().and_then(|roster| roster.device(code));
    let (key, revoked) = match (listed, knowledge.own_device(code)) {
        (Some((device, key)), _) => (key, device.revoked.as_ref()),
        (None, Some(own)) => (&own.key, None),
        (None, None) => return stranger(mark, knowledge),
    };
    match revoked {
        _ if !holds(key) => Finding::BadSignature,
        Some(revoked) if mark.issued_on >= revoked.from => Finding::Revoked { from: revoked.from },
        Some(revoked) => Finding::GenuineBefore { revoked_from: revoked.from },
        None if practice => Finding::GenuinePractice,
        None => Finding::Genuine,
    }
}

/// A paper of a device that this window does not know: is that the paper's fault or its own?
fn stranger(mark: &PaperMark, knowledge: &Knowledge) -> Finding {
    match knowledge.roster_day() {
        _ if !knowledge.joined => Finding::NoHub,
        None => Finding::NoRoster,
        // The device may have joined after the roster was made.
        Some(as_of) if as_of <= mark.issued_on => Finding::RosterOlder { as_of },
        Some(_) => Finding::UnknownDevice,
    }
}
