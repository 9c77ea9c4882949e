//! The messages that travel in files only, and a line of every kind.

use super::*;
use crate::ferry::{ANSWER, Answer, CARGO, CLOSING, Cargo, Closing, HeldScan, HeldScans, Load};

fn closing() -> Closing {
    Closing { kind: CLOSING.to_owned(), lines: 3, digest: "ab".repeat(32) }
}

fn held_log() -> HeldLog {
    HeldLog { log: first_log(HUB, "7K2M"), held: position(), earlier: vec![Position::start()] }
}

#[test]
fn first_and_last_lines() {
    both_ways(
        "ferry-cargo",
        &Cargo {
            kind: CARGO.to_owned(),
            hub: HUB.to_owned(),
            origin: ORIGIN.to_owned(),
            made_at: time(),
            hub_logs: vec![held_log()],
            guide: Some("cd".repeat(32)),
            roster: None,
            help: None,
        },
    );
    both_ways(
        "ferry-answer",
        &Answer {
            kind: ANSWER.to_owned(),
            hub: HUB.to_owned(),
            origin: ORIGIN.to_owned(),
            made_at: time(),
            holds: acknowledgement(),
            log: first_log(HUB, "7K2M"),
            from: Position::start(),
            give_back: vec![GiveBack { log: first_log(HUB, "7K2M"), after: 7 }],
            behind: false,
        },
    );
    both_ways("ferry-closing", &closing());
}

#[test]
fn lines() {
    let attachment = AttachmentRef {
        case: "019538d2-6d2b-7000-8000-000000000001".parse().unwrap(),
        hash: "ab".repeat(32),
    };
    let signed = |text: &str| hub().sign(text.to_owned());
    let scan = |held| HeldScan { attachment: attachment.clone(), held };
    let rejected = vec![Rejected { log: None, seq: 1, case: None, rejection: rejection() }];
    let log = first_log(HUB, "7K2M");
    both_ways(
        "ferry-loads",
        &vec![
            Load::Push(PushRequest { events: vec![event()] }),
            Load::Check(CheckRequest { sent: position(), hub_log: log, pulled: 0 }),
            Load::Offer(OfferRequest { attachments: vec![attachment.clone()] }),
            Load::Chunk(ChunkRequest {
                attachment: attachment.clone(),
                offset: 0,
                bytes: b"%PDF-1.7\n".to_vec(),
            }),
            Load::Held(HeldScans {
                scans: vec![scan(Held::Whole), scan(Held::Part { received: 262_144 })],
            }),
            Load::Pulled(PullReply { events: vec![vouch(&hub(), event())], more: false }),
            Load::Checked(CheckReply { statement: signed("{}"), rejected }),
            Load::Roster(RosterReply { statement: signed("{}"), list: Some("[]".to_owned()) }),
            Load::Release(NewestRelease { statement: signed("{}"), whole: 45, delta: None }),
            Load::Part(PartReply { bytes: vec![0, 255] }),
            Load::AskPolicy(PolicyRequest {}),
            Load::Policy(PolicyReply { statement: signed("{}") }),
            Load::AskTransfer(transfer_request()),
            Load::Transferred(transfer_reply()),
            Load::End(device().sign(serde_json::to_string(&closing()).unwrap())),
        ],
    );
}
