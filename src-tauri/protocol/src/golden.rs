//! Every message beside its golden sample in `golden/`, tested both ways: what the sample says is
//! read into the value, and the value is written as the sample says.
//!
//! The samples are what an older or a foreign program sends. Where one must change, the version
//! goes up. `YICHUANG_WRITE_GOLDEN=1` writes samples that do not exist yet, never others.

mod ferry;
mod help;

use std::fmt::Debug;
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use yichuang_domain::applicant::{Applicant, ApplicantKind, Party};
use yichuang_domain::attachment::Announced;
use yichuang_domain::away::{AwayLimit, AwayPolicy};
use yichuang_domain::case::event::{
    Actor, Decision, EventBody, EventPlace, Holder, Parties, SealedEvent, sha256_hex,
};

use crate::attachment::{AttachmentRef, ChunkReply, ChunkRequest, Held, OfferReply, OfferRequest};
use crate::check::{CheckReply, CheckRequest, STATEMENT, Statement};
use crate::enrol::{EnrolReply, EnrolRequest, proof};
use crate::guide::{
    NewestRelease, NewsReply, NewsRequest, PartReply, PartRequest, RELEASE, ReleaseStatement,
};
use crate::hello::{HelloReply, HelloRequest};
use crate::hub_log::{GiveBack, HeldLog, first_log, further_log, vouch};
use crate::office::{DecideReply, DecideRequest};
use crate::policy::{POLICY, PolicyReply, PolicyRequest, PolicyStatement};
use crate::position::ACKNOWLEDGEMENT;
use crate::pull::{PullReply, PullRequest};
use crate::push::{Item, ItemOutcome, PushReply, PushRequest, Rejected, Rejection, RejectionCode};
use crate::roster::{
    ROSTER, Revocation, RosterDevice, RosterReply, RosterRequest, RosterStatement,
};
use crate::session::{
    ChallengeReply, ChallengeRequest, OwnLog, SessionReply, SessionRequest, challenge,
};
use crate::transfer::{
    TransferOutcome, TransferRefusal, TransferReply, TransferRequest, Transferred, Wanted,
};
use crate::{Acknowledgement, Fault, FaultCode, Position, PrivateKey, SignedText};
use yichuang_domain::document::DocumentKind;
use yichuang_domain::evaluation::{Dissatisfaction, Evaluation, EvaluationChannel, Satisfaction};
use yichuang_domain::handover::{HandoverFacts, ReceiverRole};
use yichuang_domain::identity::IdType;
use yichuang_domain::matter::Delivery;
use yichuang_domain::signature::{HandSignature, PenPoint, SigningScreen, Strokes};

const HUB: &str = "hub-3f9c2a7d41e08b56";
const ORIGIN: &str = "win-7K2M-0b6e4d1f";

fn both_ways<T: Serialize + DeserializeOwned + PartialEq + Debug>(name: &str, value: &T) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(format!("{name}.json"));
    if !path.exists() && std::env::var_os("YICHUANG_WRITE_GOLDEN").is_some() {
        std::fs::write(&path, serde_json::to_string_pretty(value).unwrap() + "\n").unwrap();
    }
    let sample = std::fs::read_to_string(&path).unwrap();
    let read: T = serde_json::from_str(&sample).unwrap();
    assert_eq!(&read, value, "{name}: reading the sample");
    let sample: serde_json::Value = serde_json::from_str(&sample).unwrap();
    assert_eq!(serde_json::to_value(value).unwrap(), sample, "{name}: writing the value");
}

fn device() -> PrivateKey {
    PrivateKey::from_seed(&[11; 32])
}

fn hub() -> PrivateKey {
    PrivateKey::from_seed(&[22; 32])
}

fn time() -> Timestamp {
    "2026-03-02T01:30:00Z".parse().unwrap()
}

fn event() -> SealedEvent {
    let text = format!(
        r#"{{"origin":"{ORIGIN}","seq":1,"at":"2026-03-02T01:29:58Z","clock_skew":null,"lamport":1,"actor":{{"id":"1001","name":"白哈斯"}},"case":"019538d2-6d2b-7000-8000-000000000001","body":{{"type":"withdrawn","reason":"𠮷某不办了","on":"2026-03-02"}},"prev_hash":"{}"}}"#,
        "0".repeat(64)
    );
    SealedEvent { hash: sha256_hex(text.as_bytes()), text }
}

fn position() -> Position {
    Position { seq: 1, head: event().hash }
}

fn acknowledgement() -> SignedText {
    let said = Acknowledgement {
        kind: ACKNOWLEDGEMENT.to_owned(),
        hub: HUB.to_owned(),
        origin: ORIGIN.to_owned(),
        seq: 1,
        head: event().hash,
        hub_time: time(),
    };
    both_ways("acknowledgement", &said);
    hub().sign(serde_json::to_string(&said).unwrap())
}

fn rejection() -> Rejection {
    Rejection::new(RejectionCode::UnknownCase, "case", "大厅中心没有这个办件的收件记录")
}

#[test]
fn hello() {
    both_ways(
        "hello-request",
        &HelloRequest { versions: vec![1], program: "yichuang 0.1.0".to_owned() },
    );
    both_ways(
        "hello-reply",
        &HelloReply {
            version: 1,
            hub: HUB.to_owned(),
            hub_key: hub().public().to_base64(),
            trial: false,
            server_time: time(),
        },
    );
}

#[test]
fn enrol() {
    let code = "ABCDEFGHJKMN".to_owned();
    let device_key = device().public().to_base64();
    let signature = device().signature(&proof(&code, &device_key));
    both_ways("enrol-request", &EnrolRequest { code, device_key, signature });
    both_ways(
        "enrol-reply",
        &EnrolReply {
            hub: HUB.to_owned(),
            hub_key: hub().public().to_base64(),
            origin: ORIGIN.to_owned(),
            device: "7K2M".to_owned(),
            region: "150785".to_owned(),
            station: "ZX".to_owned(),
            window: "03".to_owned(),
            hall: "根河市政务服务中心".to_owned(),
            trial: false,
            server_time: time(),
        },
    );
}

#[test]
fn session() {
    both_ways("challenge-request", &ChallengeRequest { origin: ORIGIN.to_owned() });
    let challenge = challenge(HUB, ORIGIN, "5e0f4a1c9b7d2e8f5e0f4a1c9b7d2e8f");
    both_ways("challenge-reply", &ChallengeReply { challenge: challenge.clone() });
    let signature = device().signature(&challenge);
    both_ways(
        "session-request",
        &SessionRequest {
            version: 1,
            origin: ORIGIN.to_owned(),
            challenge,
            signature,
            hub_logs: vec![HeldLog {
                log: further_log(HUB, "7K2M", "q9"),
                held: position(),
                earlier: vec![Position::start()],
            }],
        },
    );
    let mut reply = SessionReply {
        token: "q0vY0tq7m1fXW2nJk8yqk3r1Zc5b6d7e8f9g0h1i2j3".to_owned(),
        expires_at: "2026-03-02T01:45:00Z".parse().unwrap(),
        holds: acknowledgement(),
        hub_origin: first_log(HUB, "7K2M"),
        hub_log: Position::start(),
        give_back: vec![GiveBack { log: first_log(HUB, "7K2M"), after: 7 }],
        own_logs: Vec::new(),
    };
    both_ways("session-reply", &reply);
    // To a window that was put back to a backup.
    reply.own_logs.push(OwnLog { log: ORIGIN.to_owned(), at: position() });
    both_ways("session-reply-own-logs", &reply);
}

#[test]
fn push() {
    both_ways("push-request", &PushRequest { events: vec![event()] });
    both_ways(
        "push-reply",
        &PushReply {
            items: vec![
                Item { seq: 1, outcome: ItemOutcome::Accepted },
                Item { seq: 2, outcome: ItemOutcome::AlreadyHave },
                Item { seq: 3, outcome: ItemOutcome::Rejected { rejection: rejection() } },
            ],
            acknowledgement: acknowledgement(),
        },
    );
}

#[test]
fn pull() {
    both_ways("pull-request", &PullRequest { log: first_log(HUB, "7K2M"), after: 0 });
    both_ways("pull-reply", &PullReply { events: vec![vouch(&hub(), event())], more: false });
}

#[test]
fn check() {
    both_ways(
        "check-request",
        &CheckRequest { sent: position(), hub_log: first_log(HUB, "7K2M"), pulled: 0 },
    );
    let statement = Statement {
        kind: STATEMENT.to_owned(),
        hub: HUB.to_owned(),
        origin: ORIGIN.to_owned(),
        count: 1,
        head: event().hash,
        rejected: 1,
        hub_log: Position::start(),
        agrees: true,
        hub_time: time(),
    };
    both_ways("statement", &statement);
    both_ways(
        "check-reply",
        &CheckReply {
            statement: hub().sign(serde_json::to_string(&statement).unwrap()),
            rejected: vec![Rejected { log: None, seq: 1, case: None, rejection: rejection() }],
        },
    );
}

#[test]
fn guide() {
    let text = "{\"format\":\"yichuang-guide/1\"}";
    let statement = ReleaseStatement {
        kind: RELEASE.to_owned(),
        hub: HUB.to_owned(),
        format: "yichuang-guide/1".to_owned(),
        region: "150785".to_owned(),
        release: 2,
        digest: sha256_hex(text.as_bytes()),
        length: text.len() as u64,
        published_at: time(),
    };
    both_ways("release-statement", &statement);
    let have = Some("ab".repeat(32));
    both_ways("guide-news-request", &NewsRequest { have: have.clone() });
    let newest = NewestRelease {
        statement: hub().sign(serde_json::to_string(&statement).unwrap()),
        whole: 45,
        delta: Some(20),
    };
    both_ways("guide-news-reply", &NewsReply { release: Some(newest) });
    let digest = statement.digest;
    both_ways("guide-part-request", &PartRequest { digest, base: have, part: 0 });
    // A frame as an older hub packed it must be read for ever.
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/guide-part-reply.json");
    if !path.exists() {
        let bytes = crate::packing::pack(text.as_bytes()).unwrap();
        both_ways("guide-part-reply", &PartReply { bytes });
    }
    let reply: PartReply = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    both_ways("guide-part-reply", &reply);
    let unpacked = crate::packing::unpack(&reply.bytes, statement.length).unwrap();
    assert_eq!(unpacked, text.as_bytes());
}

#[test]
fn roster() {
    let here = |code: &str, window: &str| RosterDevice {
        device: code.to_owned(),
        origin: Some(format!("win-{code}-Q3pYb0fKdWmA")),
        region: "150785".to_owned(),
        station: "ZX".to_owned(),
        window: window.to_owned(),
        hall: "根河市政务服务中心".to_owned(),
        key: device().public().to_base64(),
        enrolled_at: time(),
        revoked: None,
    };
    let revoked = Some(Revocation { at: time(), from: "2026-02-27".parse().unwrap() });
    let list = vec![here("7K2M", "03"), RosterDevice { revoked, ..here("9QAB", "04") }];
    both_ways("roster-list", &list);
    let list = serde_json::to_string(&list).unwrap();
    let digest = sha256_hex(list.as_bytes());
    both_ways("roster-request", &RosterRequest { have: Some(digest.clone()) });
    let statement = RosterStatement {
        kind: ROSTER.to_owned(),
        hub: hub().public().hub_id(),
        digest,
        as_of: time(),
        progress: None,
    };
    both_ways("roster-statement", &statement);
    let progress = Some("https://cx.genhe.gov.cn".to_owned());
    both_ways("roster-statement-progress", &RosterStatement { progress, ..statement.clone() });
    let signed = hub().sign(serde_json::to_string(&statement).unwrap());
    both_ways("roster-reply", &RosterReply { statement: signed, list: Some(list) });
}

/// Papers are in the hands of people for years: their marks must be read for ever.
#[test]
fn marks_of_papers() {
    let made = crate::mark::tests::mark(false);
    let file = crate::sealed_pdf::seal(b"%PDF-1.7\n%%EOF\n".to_vec(), &made, &device());
    let sample = std::str::from_utf8(&file).unwrap();
    both_ways("sealed-pdf", &sample.to_owned());
    let opened = crate::sealed_pdf::SealedPdf::open(&file).unwrap();
    assert_eq!(opened.verify(&device().public()), Ok(()));
    assert_eq!(opened.mark, made);
}

#[test]
fn events() {
    both_ways("event", &event().open().unwrap());
}

#[test]
fn relays() {
    both_ways("relayed", &EventBody::Relayed { event: vouch(&hub(), event()) });
}

#[test]
fn attachments() {
    let announced = Announced::of("户口簿.pdf", b"%PDF-1.7\n").unwrap();
    let attachment = AttachmentRef {
        case: "019538d2-6d2b-7000-8000-000000000001".parse().unwrap(),
        hash: announced.hash.clone(),
    };
    both_ways(
        "attachment-added",
        &EventBody::AttachmentAdded { material: "m1".to_owned(), announced },
    );
    both_ways(
        "attachment-removed",
        &EventBody::AttachmentRemoved {
            material: "m1".to_owned(),
            hash: attachment.hash.clone(),
            reason: "扫成了别人的证件".to_owned(),
        },
    );
    let attachments = vec![attachment.clone(); 3];
    both_ways("attachment-offer-request", &OfferRequest { attachments });
    let fault = Fault::at(FaultCode::UnknownAttachment, "attachments[2]", "没有这份扫描件的登记");
    let attachments = vec![Held::Whole, Held::Part { received: 262_144 }, Held::Refused { fault }];
    both_ways("attachment-offer-reply", &OfferReply { attachments });
    both_ways(
        "attachment-chunk-request",
        &ChunkRequest { attachment, offset: 0, bytes: b"%PDF-1.7\n".to_vec() },
    );
    both_ways("attachment-chunk-reply", &ChunkReply { held: Held::Whole });
}

#[test]
fn office() {
    both_ways(
        "decide-request",
        &DecideRequest {
            case: "150785-ZX-7K2M-20260302-0001-K".to_owned(),
            decision: Decision::Granted,
            reason: String::new(),
            result_number: Some("JY1150785".to_owned()),
        },
    );
    both_ways(
        "decide-reply",
        &DecideReply {
            case_number: "150785-ZX-7K2M-20260302-0001-K".to_owned(),
            state: "decided".to_owned(),
            decided_on: "2026-03-05".parse().unwrap(),
        },
    );
}

#[test]
fn fault() {
    both_ways("fault", &Fault::at(FaultCode::Fork, "events[0]", "同一位置上已有另一条记录"));
}

#[test]
fn signatures_of_the_samples_still_hold() {
    let signed = acknowledgement();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/push-reply.json");
    let reply: PushReply = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert_eq!(hub().public().open(&reply.acknowledgement), Ok(signed.text.as_str()));
    assert!(device().public().open(&reply.acknowledgement).is_err());
}

fn transfer_request() -> TransferRequest {
    let wanted = Wanted {
        number: "150785-ZX-7K2M-20260302-0001-9".to_owned(),
        reason: "三号窗口停办，申请人在场".to_owned(),
        actor: Actor { id: "0002".to_owned(), name: "王五".to_owned() },
    };
    TransferRequest { wanted: vec![wanted] }
}

fn transfer_reply() -> TransferReply {
    let answer = |number: &str, outcome| Transferred { number: number.to_owned(), outcome };
    let refused = TransferOutcome::Refused {
        code: TransferRefusal::UnknownCase.as_str().to_owned(),
        message: "大厅中心没有这件办件".to_owned(),
    };
    TransferReply {
        answers: vec![
            answer("150785-ZX-7K2M-20260302-0001-9", TransferOutcome::Given),
            answer("150785-ZX-7K2M-20260302-0002-7", refused),
        ],
    }
}

#[test]
fn transfer() {
    both_ways("transfer-request", &transfer_request());
    both_ways("transfer-reply", &transfer_reply());
    let holder = |code: &str, window: &str| Holder {
        origin: format!("win-{code}-Q3pYb0fKdWmA"),
        device: code.to_owned(),
        window: window.to_owned(),
    };
    both_ways(
        "transferred",
        &EventBody::Transferred {
            from: holder("7K2M", "03"),
            to: holder("9QAB", "04"),
            on: "2026-03-02".parse().unwrap(),
            reason: "三号窗口停办".to_owned(),
        },
    );
    both_ways("parties-corrected", &parties_corrected());
    both_ways(
        "conflict-settled",
        &EventBody::ConflictSettled {
            of: EventPlace { origin: ORIGIN.to_owned(), seq: 9 },
            adopted: false,
            reason: "申请人已当面撤回".to_owned(),
        },
    );
}

fn parties_corrected() -> EventBody {
    let named = |name: &str| Parties {
        applicant: Applicant {
            kind: ApplicantKind::Person,
            party: Party { name: name.to_owned(), ..facts().receiver },
        },
        agent: None,
    };
    EventBody::PartiesCorrected {
        was: named("额尔敦巴图"),
        now: named("额尔敦巴图·𬱖"),
        on: "2026-03-02".parse().unwrap(),
        reason: "姓名漏录".to_owned(),
    }
}

fn facts() -> HandoverFacts {
    HandoverFacts {
        delivery: Delivery::Window,
        role: ReceiverRole::Other,
        receiver: Party {
            name: "额尔敦巴图".to_owned(),
            id_type: IdType::ResidentId,
            id_number: "15078519080609008X".to_owned(),
            phone: None,
            address: None,
        },
        authority: "授权委托书".to_owned(),
        copies: 1,
        postal_number: String::new(),
    }
}

#[test]
fn over_the_counter() {
    let on = jiff::civil::date(2026, 11, 24);
    both_ways(
        "handed-over",
        &EventBody::HandedOver {
            receiver: "额尔敦巴图".to_owned(),
            on,
            facts: Some(facts()),
            signature: None,
        },
    );
    let point = |(x, y, t, p)| PenPoint { x, y, t, p };
    let strokes = [
        vec![(300, 120, 0, 60), (520, 110, 90, 140), (760, 130, 180, 90)].into_iter(),
        vec![(540, 60, 410, 128), (500, 520, 660, 200)].into_iter(),
        vec![(900, 500, 900, 30)].into_iter(),
    ]
    .map(|stroke| stroke.map(point).collect::<Vec<_>>());
    both_ways(
        "handed-over-signed",
        &EventBody::HandedOver {
            receiver: "额尔敦巴图".to_owned(),
            on,
            facts: Some(facts()),
            signature: Some(HandSignature {
                signer: "额尔敦巴图".to_owned(),
                papers: vec![DocumentKind::ResultSlip, DocumentKind::DeliveryReceipt],
                at: "2026-11-24T02:03:04Z".parse().unwrap(),
                screen: SigningScreen::Applicant,
                strokes: Strokes::written(&strokes).unwrap(),
            }),
        },
    );
    let said = Evaluation {
        satisfaction: Satisfaction::Dissatisfied,
        reasons: vec![Dissatisfaction::SentToAndFro],
        words: "跑了三趟".to_owned(),
    };
    let evaluated = |evaluation| EventBody::Evaluated {
        service: on,
        channel: EvaluationChannel::Screen,
        evaluation,
    };
    both_ways("evaluated", &evaluated(Some(said)));
    both_ways("evaluation-declined", &evaluated(None));
}

#[test]
fn policy() {
    both_ways("policy-request", &PolicyRequest {});
    let said = PolicyStatement {
        kind: POLICY.to_owned(),
        hub: HUB.to_owned(),
        region: "150785".to_owned(),
        station: "ZX".to_owned(),
        policy: AwayPolicy {
            warn: AwayLimit { days: Some(7), cases: Some(100) },
            confirm: AwayLimit { days: Some(15), cases: None },
        },
        as_of: time(),
    };
    both_ways("policy-statement", &said);
    let statement = hub().sign(serde_json::to_string(&said).unwrap());
    both_ways("policy-reply", &PolicyReply { statement });
}
