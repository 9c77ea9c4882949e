//! The shared list of 帮您办, on the line and in files.

use yichuang_domain::calendar::WorkCalendar;
use yichuang_domain::ledger::shared::{HelpRecord, SealedHelp};
use yichuang_domain::ledger::{
    LedgerAct, LedgerChannel, LedgerFacts, LedgerKind, LedgerLimitSet, LedgerRecord, NoteKind,
};

use super::*;
use crate::ferry::{CARGO, Cargo, Load};
use crate::help::{
    HelpRefusal, HelpReply, HelpRequest, RefusedHelp, SentHelp, chained, vouch as vouch_help,
};

const ENTRY: &str = "019538d2-6d2b-7000-8000-00000000000a";

fn written(upon: Option<&str>, act: LedgerAct) -> HelpRecord {
    let actor = Actor { id: "1001".to_owned(), name: "白哈斯".to_owned() };
    HelpRecord {
        origin: ORIGIN.to_owned(),
        entry: ENTRY.to_owned(),
        upon: upon.map(str::to_owned),
        record: LedgerRecord { at: time(), actor, act },
    }
}

fn registered() -> HelpRecord {
    let kind = LedgerKind::Assistance;
    let on = "2026-03-02".parse().unwrap();
    let limits = LedgerLimitSet::default().of(kind);
    let facts = LedgerFacts {
        channel: LedgerChannel::Window,
        on,
        person: "乌云".to_owned(),
        contact: "13800000000".to_owned(),
        content: "腿脚不便，代办高龄津贴".to_owned(),
        about: "额尔敦".to_owned(),
        matter: None,
        case: None,
    };
    let due = limits.due(on, &WorkCalendar::default());
    let number = "BN-ZX-7K2M-20260302-001".to_owned();
    written(None, LedgerAct::Registered { number, kind, facts, limits, due, practice: false })
}

fn request() -> HelpRequest {
    let first = SealedHelp::seal(&registered()).unwrap();
    let note = LedgerAct::Noted { note: NoteKind::Reached, text: "下周一上门".to_owned() };
    let second = SealedHelp::seal(&written(Some(&first.hash), note)).unwrap();
    let word = vouch_help(&hub(), ("150785", "ZX"), first.clone()).signature;
    HelpRequest {
        after: Position::start(),
        records: vec![
            SentHelp { text: first.text, hash: first.hash, signature: Some(word) },
            SentHelp { text: second.text, hash: second.hash, signature: None },
        ],
    }
}

fn reply() -> HelpReply {
    let first = SealedHelp::seal(&registered()).unwrap();
    HelpReply {
        asked: chained(&Position::start(), &"ab".repeat(32)),
        from: Position::start(),
        records: vec![vouch_help(&hub(), ("150785", "ZX"), first)],
        more: true,
        refused: vec![RefusedHelp {
            hash: "cd".repeat(32),
            code: HelpRefusal::OtherLedger.as_str().to_owned(),
            message: "投诉不上传".to_owned(),
        }],
    }
}

#[test]
fn help() {
    both_ways("help-record", &registered());
    both_ways("help-request", &request());
    both_ways("help-reply", &reply());
    both_ways("ferry-loads-help", &vec![Load::Help(request()), Load::Helped(reply())]);
    both_ways(
        "ferry-cargo-help",
        &Cargo {
            kind: CARGO.to_owned(),
            hub: HUB.to_owned(),
            origin: ORIGIN.to_owned(),
            made_at: time(),
            hub_logs: Vec::new(),
            guide: None,
            roster: None,
            help: Some(Position::start()),
        },
    );
}
