//! Whether an event that is well chained may be applied: pure, so that every reason can be tested.
//!
//! A step that does not follow from where the case stands is no reason: it is applied, and the
//! fold keeps it as a conflict that people can see.

use serde::Deserialize;
use yichuang_domain::case::event::{CaseId, Event, EventBody, Hash, Holder, OriginId, SignedEvent};
use yichuang_domain::case::{SealedEvent, relay};
use yichuang_domain::numbering::CaseNumber;
use yichuang_protocol::PublicKey;
use yichuang_protocol::hub_log::check_voucher;
use yichuang_protocol::limits::HIGHEST_OF_WINDOW;
use yichuang_protocol::push::{Rejection, RejectionCode};

use crate::store::Device;

/// What of an event the chain needs, even where its body is of no known kind.
#[derive(Debug, Deserialize)]
pub struct Envelope {
    /// The log it says it belongs to.
    pub origin: OriginId,
    /// Its position.
    pub seq: u64,
    /// The hash before it.
    pub prev_hash: Hash,
    /// Its case, where that can be read.
    #[serde(default, deserialize_with = "lenient")]
    pub case: Option<CaseId>,
    /// What happened, in whatever form.
    #[serde(default)]
    pub body: serde_json::Value,
}

fn lenient<'d, D: serde::Deserializer<'d>>(deserializer: D) -> Result<Option<CaseId>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(value.as_str().and_then(|text| text.parse().ok()))
}

/// An event as it arrived.
#[derive(Debug)]
pub enum Arrived {
    /// Readable.
    Event(Box<Event>),
    /// Only its envelope is.
    Envelope(Envelope),
}

impl Arrived {
    /// Reads an event whose hash was checked. None if not even its envelope can be read.
    pub fn read(sealed: &SealedEvent) -> Option<Self> {
        match serde_json::from_str(&sealed.text) {
            Ok(event) => Some(Self::Event(Box::new(event))),
            Err(_) => serde_json::from_str(&sealed.text).ok().map(Self::Envelope),
        }
    }

    /// Its position.
    pub fn seq(&self) -> u64 {
        match self {
            Self::Event(event) => event.seq,
            Self::Envelope(envelope) => envelope.seq,
        }
    }

    /// The log it says it belongs to.
    pub fn origin(&self) -> &str {
        match self {
            Self::Event(event) => &event.origin,
            Self::Envelope(envelope) => &envelope.origin,
        }
    }

    /// The hash before it.
    pub fn prev_hash(&self) -> &str {
        match self {
            Self::Event(event) => &event.prev_hash,
            Self::Envelope(envelope) => &envelope.prev_hash,
        }
    }

    /// The log of the window that it hands its case on to, if it does.
    pub fn heir(&self) -> Option<&str> {
        match self {
            Self::Event(event) => match &event.body {
                EventBody::Transferred { to, .. } => Some(&to.origin),
                _ => None,
            },
            Self::Envelope(_) => None,
        }
    }

    /// Its case, where that can be read.
    pub fn case(&self) -> Option<CaseId> {
        match self {
            Self::Event(event) => Some(event.case),
            Self::Envelope(envelope) => envelope.case,
        }
    }
}

/// What the hub knows that bears on an event.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    /// The device that sends it.
    pub device: &'a Device,
    /// The hub's own key.
    pub hub: &'a PublicKey,
    /// Whether the hub is for practice.
    pub trial: bool,
    /// Whether an earlier event of the case in this log was rejected.
    pub parked: bool,
    /// The log the case was filed in, if it was.
    pub filed_in: Option<String>,
    /// Whether the device has or had the case in hand by a transfer.
    pub is_party: bool,
    /// The device that the event hands the case on to, if there is such a device.
    pub heir: Option<&'a Device>,
    /// The case that has the number this event gives, if any has.
    pub number_of: Option<CaseId>,
}

/// Whether the event may be applied.
///
/// # Errors
/// The reason why not.
pub fn judge(arrived: &Arrived, known: &Known<'_>) -> Result<(), Rejection> {
    use RejectionCode as Code;
    let reject = |code, field: &str, message: &str| Err(Rejection::new(code, field, message));
    if arrived.origin() != known.device.log {
        return reject(
            Code::OriginMismatch,
            "origin",
            "记录写明的设备不是本窗口设备，不能入库：请联系管理员核对本机的入网信息",
        );
    }
    // Before anything else is asked of it: even what is handed on would be told to other windows.
    if let Arrived::Event(event) = arrived
        && !(1..=HIGHEST_OF_WINDOW).contains(&event.lamport)
    {
        return reject(Code::BadLamport, "lamport", "记录的先后次序号超出范围，不能入库");
    }
    // What the hub itself once signed is taken back from whoever brings it: it may be what proves
    // that the device has anything to do with the case.
    if let Arrived::Event(event) = arrived
        && let EventBody::Relayed { event: signed } = &event.body
        && known.filed_in.is_some()
    {
        return judge_relay(event, signed, known);
    }
    if known.parked {
        return reject(
            Code::CaseParked,
            "case",
            "这件办件先前的记录被退回，其后的记录暂存待处理：先解决先前的问题",
        );
    }
    let event = match arrived {
        Arrived::Event(event) => event,
        Arrived::Envelope(envelope) => return Err(unreadable(envelope)),
    };
    match &known.filed_in {
        Some(filed_in) if *filed_in != known.device.origin && !known.is_party => {
            return reject(
                Code::ForeignCase,
                "case",
                "这件办件由另一窗口办理，没有交接给本窗口，记录不能入库：请先申请接办",
            );
        }
        None if !matches!(event.body, EventBody::Filed { .. }) => {
            return reject(
                Code::UnknownCase,
                "case",
                "大厅中心没有这件办件的收件记录，后续记录不能入库：请联系管理员核查",
            );
        }
        _ => {}
    }
    match &event.body {
        EventBody::Filed { number, practice, .. } => judge_filing(number, *practice, event, known),
        EventBody::AttachmentAdded { announced, .. } => match announced.fault() {
            Some((field, message)) => reject(Code::BadAttachment, field, message),
            None => Ok(()),
        },
        EventBody::Relayed { event: signed } => judge_relay(event, signed, known),
        EventBody::Transferred { from, to, .. } => judge_transfer(from, to, known),
        _ => Ok(()),
    }
}

/// A window hands on what it has itself, to another window of its station.
fn judge_transfer(from: &Holder, to: &Holder, known: &Known<'_>) -> Result<(), Rejection> {
    let own = known.device;
    let fits = |heir: &Device| {
        heir.origin != own.origin
            && heir.code == to.device
            && (&heir.region, &heir.station) == (&own.region, &own.station)
    };
    if from.origin == own.origin && known.heir.is_some_and(fits) {
        return Ok(());
    }
    let message = "交接的窗口不是本站点的窗口，交接不能生效：请联系管理员核对设备登记";
    Err(Rejection::new(RejectionCode::BadTransfer, "to", message))
}

/// What a window gives back must be what the hub once signed, whatever the window says.
fn judge_relay(relay: &Event, event: &SignedEvent, known: &Known<'_>) -> Result<(), Rejection> {
    let sound = relay::inner(relay, event).is_ok() && check_voucher(known.hub, event).is_ok();
    if sound {
        return Ok(());
    }
    let message = "转录的记录不是大厅中心签发的这件办件的记录，不能入库：请联系管理员核查";
    Err(Rejection::new(RejectionCode::BadRelay, "event", message))
}

fn judge_filing(
    number: &CaseNumber,
    practice: bool,
    event: &Event,
    known: &Known<'_>,
) -> Result<(), Rejection> {
    use RejectionCode as Code;
    if practice != known.trial {
        let message = if practice {
            "演练办件不能进入正式大厅中心，仅留存不入库"
        } else {
            "本大厅中心只收演练办件，正式办件不能入库：请核对入网的大厅中心"
        };
        return Err(Rejection::new(Code::PracticeMismatch, "practice", message));
    }
    let prefix = known.device.number_source(practice).prefix();
    if !number.as_str().starts_with(&prefix) {
        let message = format!("办件编号{number}不是本窗口设备的编号，应以{prefix}开头");
        return Err(Rejection::new(Code::BadNumber, "number", message));
    }
    if known.number_of.is_some_and(|other| other != event.case) {
        let message = format!("办件编号{number}已用于另一件办件，不能重复使用");
        return Err(Rejection::new(Code::BadNumber, "number", message));
    }
    Ok(())
}

fn unreadable(envelope: &Envelope) -> Rejection {
    let number = envelope.body.get("number").and_then(|number| number.as_str());
    match number {
        Some(number) if CaseNumber::try_from(number.to_owned()).is_err() => Rejection::new(
            RejectionCode::BadNumber,
            "number",
            "办件编号的格式或校验位有误，不能入库",
        ),
        _ => Rejection::new(
            RejectionCode::Unreadable,
            "body",
            "大厅中心无法解读这条记录，已原样留存：请管理员升级大厅中心后重新处理",
        ),
    }
}

/// The number a filing gives to a case that is not filed yet.
pub fn new_number<'a>(event: &'a Event, filed_in: Option<&str>) -> Option<&'a CaseNumber> {
    match (&event.body, filed_in) {
        (EventBody::Filed { number, .. }, None) => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
