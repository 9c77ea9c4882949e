//! What receipts say of asking for the case.

use yichuang_documents::Paper;
use yichuang_domain::document::DocumentKind;
use yichuang_protocol::roster::{ROSTER, RosterStatement};
use yichuang_protocol::{CheckCode, PaperMark, PrivateKey};
use yichuang_storage::{Enrolment, StoredRoster};

use super::{Bench, script};

fn hub() -> PrivateKey {
    PrivateKey::from_seed(&[9; 32])
}

/// A window that joined, and to which `by` said where applicants ask.
fn told(by: &PrivateKey, address: Option<&str>) -> Bench {
    let bench = Bench::new();
    let store = bench.desk.store();
    store
        .save_enrolment(&Enrolment {
            hub_url: "https://hub".into(),
            origin: "w-1".into(),
            device_code: "A1".into(),
            region: "150785".into(),
            station: "DT".into(),
            window: "3".into(),
            hall: "根河市政务服务中心".into(),
            trial: true,
            device_seed: [1; 32],
            hub_key: hub().public().to_bytes(),
            authority_pem: None,
        })
        .unwrap();
    let said = RosterStatement {
        kind: ROSTER.to_owned(),
        hub: hub().public().hub_id(),
        digest: "0".repeat(64),
        as_of: jiff::Timestamp::UNIX_EPOCH,
        progress: address.map(str::to_owned),
    };
    let signed = by.sign(serde_json::to_string(&said).unwrap());
    let (statement, signature) = (signed.text, signed.signature);
    store.keep_roster(&StoredRoster { statement, signature, list: "[]".to_owned() }).unwrap();
    bench
}

/// Kind, words and code of every paper of an accepted case, and the check code of the case.
fn papers(bench: &Bench) -> (Vec<(DocumentKind, String, String)>, String) {
    let case = bench.desk.play(&script("s01-m01.json")).unwrap().case;
    let read = |issued: &yichuang_domain::case::IssuedDocument| {
        let words = bench.desk.paper(issued.number.as_str()).unwrap().words.unwrap();
        let code = serde_json::from_str::<Paper>(&words).unwrap().qr_text;
        (issued.kind, words, code)
    };
    let device = PrivateKey::from_seed(&[1; 32]);
    let code = CheckCode::of(&hub(), &device.public(), &case.number).shown();
    (case.documents.iter().map(read).collect(), code)
}

#[test]
fn receipts_carry_the_code_that_the_hub_will_accept_and_lead_to_its_page() {
    let bench = told(&hub(), Some("https://cx.genhe.gov.cn"));
    let (papers, code) = papers(&bench);
    let kinds: Vec<_> = papers.iter().map(|(kind, ..)| *kind).collect();
    assert!(
        kinds.contains(&DocumentKind::MaterialReceipt) && kinds.contains(&DocumentKind::Acceptance)
    );
    for (kind, words, qr) in papers {
        let leads = kind.leads_to_progress();
        assert_eq!(words.contains(&code), leads, "{kind:?}");
        assert_eq!(words.contains("https://cx.genhe.gov.cn/p"), leads, "{kind:?}");
        assert_eq!(qr.starts_with("HTTPS://CX.GENHE.GOV.CN/P/YC2-"), leads, "{kind:?}: {qr}");
        assert!(PaperMark::parse(&qr).is_ok());
        assert!(!qr.contains(&code.replace('-', "")), "the code is never in the picture");
    }
}

#[test]
fn without_the_hubs_own_word_receipts_are_as_ever() {
    for bench in [
        Bench::new(),
        told(&hub(), None),
        told(&hub(), Some("http://evil.cn")),
        told(&PrivateKey::from_seed(&[8; 32]), Some("https://evil.cn")),
    ] {
        for (kind, words, qr) in papers(&bench).0 {
            assert!(!words.contains("查询码") && !words.contains("evil"), "{kind:?}");
            assert!(qr.starts_with("YC2-"), "{kind:?}: {qr}");
        }
    }
}
