//! Clients that try to get scans where they do not belong: each is refused with a code, and
//! nothing changes.

use serde_json::{Value, json};
use yichuang_domain::attachment::LARGEST;
use yichuang_domain::case::event::{EventBody, sha256_hex};
use yichuang_protocol::attachment::{AttachmentRef, CHUNK_PATH, ChunkRequest, OFFER_PATH, OFFERED};
use yichuang_protocol::limits::CHUNK_BYTES;
use yichuang_protocol::{PrivateKey, session};
use yichuang_tests::hub::TestHub;
use yichuang_tests::sync_window::SyncWindow;

use crate::attachments::scan;

/// A device that speaks by itself.
struct Client {
    http: reqwest::blocking::Client,
    url: String,
    token: String,
}

impl Client {
    fn of(hub: &TestHub, window: &SyncWindow) -> Self {
        let http = reqwest::blocking::Client::builder().no_proxy().tls_certs_only([]);
        let mut this =
            Self { http: http.build().unwrap(), url: hub.url().to_owned(), token: String::new() };
        let enrolment = window.store().enrolment().unwrap().unwrap();
        let origin = enrolment.origin;
        let (_, reply) = this.ask(session::CHALLENGE_PATH, &json!({ "origin": origin }));
        let challenge = reply["challenge"].as_str().unwrap();
        let signature = PrivateKey::from_seed(&enrolment.device_seed).signature(challenge);
        let (status, reply) = this.ask(
            session::PATH,
            &json!({
                "version": 1, "origin": origin, "challenge": challenge,
                "signature": signature, "hub_logs": [],
            }),
        );
        assert_eq!(status, 200, "{reply}");
        reply["token"].as_str().unwrap().clone_into(&mut this.token);
        this
    }

    fn ask(&self, path: &str, body: &Value) -> (u16, Value) {
        let request = self.http.post(format!("{}{path}", self.url)).bearer_auth(&self.token);
        let answer = request.json(body).send().unwrap();
        (answer.status().as_u16(), answer.json().unwrap())
    }

    fn code(&self, path: &str, body: &Value) -> (u16, String) {
        let (status, reply) = self.ask(path, body);
        (status, reply["code"].as_str().unwrap_or_default().to_owned())
    }

    fn chunk(&self, attachment: &AttachmentRef, offset: u64, bytes: &[u8]) -> (u16, Value) {
        let attachment = attachment.clone();
        let request = ChunkRequest { attachment, offset, bytes: bytes.to_vec() };
        self.ask(CHUNK_PATH, &serde_json::to_value(request).unwrap())
    }
}

struct Stage {
    folder: tempfile::TempDir,
    hub: TestHub,
    window: SyncWindow,
    bytes: Vec<u8>,
    /// Announced at the hub, and not sent.
    wanted: AttachmentRef,
}

/// A window whose events are at the hub, and whose scan is not.
fn stage(len: usize) -> Stage {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    let mut window = SyncWindow::joined(&hub, hub.url(), "03");
    let bytes = scan(len, 1);
    let case = window.file_with_material();
    let announced = yichuang_domain::attachment::Announced::of("a.pdf", &bytes).unwrap();
    let wanted = AttachmentRef { case: case.id, hash: announced.hash.clone() };
    let material = "m1".to_owned();
    window.write(case.id, vec![EventBody::AttachmentAdded { material, announced }]);
    window.sync().unwrap();
    Stage { folder, hub, window, bytes, wanted }
}

/// Every file of the hub's folder of attachments.
fn kept(stage: &Stage) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![stage.folder.path().join("attachments")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

#[test]
fn bytes_that_are_not_those_announced_are_thrown_away() {
    let stage = stage(2 * CHUNK_BYTES);
    let client = Client::of(&stage.hub, &stage.window);
    let (one, two) = stage.bytes.split_at(CHUNK_BYTES);
    let mut wrong = two.to_vec();
    wrong[7] ^= 1;
    assert_eq!(client.chunk(&stage.wanted, 0, one).0, 200);
    let (status, reply) = client.chunk(&stage.wanted, CHUNK_BYTES as u64, &wrong);
    assert_eq!((status, reply["code"].as_str()), (422, Some("attachment-mismatch")));
    assert_eq!(kept(&stage), Vec::<String>::new());
    assert_eq!(stage.hub.attachment(&stage.wanted.hash), None);
    // The right bytes are taken all the same.
    assert_eq!(client.chunk(&stage.wanted, 0, one).0, 200);
    let (_, reply) = client.chunk(&stage.wanted, CHUNK_BYTES as u64, two);
    assert_eq!(reply, json!({ "held": { "standing": "whole" } }));
    assert_eq!(stage.hub.attachment(&stage.wanted.hash).unwrap(), stage.bytes);
    // And kept: whatever comes afterwards.
    let (_, reply) = client.chunk(&stage.wanted, 0, &vec![0; CHUNK_BYTES]);
    assert_eq!(reply, json!({ "held": { "standing": "whole" } }));
    assert_eq!(stage.hub.attachment(&stage.wanted.hash).unwrap(), stage.bytes);
}

#[test]
fn chunks_begin_and_end_where_they_must_and_the_answer_says_where_to_go_on() {
    let stage = stage(2 * CHUNK_BYTES + 10);
    let client = Client::of(&stage.hub, &stage.window);
    let chunk = &stage.bytes[..CHUNK_BYTES];
    let refused = |offset: u64, bytes: &[u8]| {
        let (status, reply) = client.chunk(&stage.wanted, offset, bytes);
        (status, reply["code"].as_str().unwrap_or_default().to_owned())
    };
    let bad = || (400, "bad-field".to_owned());
    assert_eq!(refused(1, chunk), bad(), "in the middle of a chunk");
    assert_eq!(refused(3 * CHUNK_BYTES as u64, chunk), bad(), "beyond the end");
    assert_eq!(refused(u64::MAX, chunk), bad());
    assert_eq!(refused(0, &chunk[1..]), bad(), "too short");
    assert_eq!(refused(0, &stage.bytes[..CHUNK_BYTES + 1]), bad(), "too long");
    assert_eq!(refused(0, b""), bad());
    assert_eq!(refused(2 * CHUNK_BYTES as u64, chunk), bad(), "longer than what is left");
    let next = client.chunk(&stage.wanted, CHUNK_BYTES as u64, chunk).1;
    assert_eq!(next, json!({ "held": { "standing": "part", "received": 0 } }));
    let last = client.chunk(&stage.wanted, 2 * CHUNK_BYTES as u64, &stage.bytes[..10]).1;
    assert_eq!(last, json!({ "held": { "standing": "part", "received": 0 } }));
    assert_eq!(kept(&stage), Vec::<String>::new(), "nothing of it was kept");
    let larger = json!({
        "case": stage.wanted.case, "hash": stage.wanted.hash, "offset": 0,
        "bytes": "A".repeat(5 * 1024 * 1024),
    });
    assert_eq!(client.code(CHUNK_PATH, &larger), (413, "too-large".to_owned()));
}

#[test]
fn a_hash_is_a_hash_and_no_path() {
    let stage = stage(100);
    let client = Client::of(&stage.hub, &stage.window);
    for hash in [
        "../../../hub.db".to_owned(),
        "..".to_owned(),
        String::new(),
        "/etc/passwd".to_owned(),
        format!("{}/x", &stage.wanted.hash[..62]),
        stage.wanted.hash.to_uppercase(),
        format!("{}\0", &stage.wanted.hash[..63]),
        "' OR 1=1 --".to_owned(),
    ] {
        let request = json!({
            "case": stage.wanted.case, "hash": hash, "offset": 0, "bytes": "JVBERg==",
        });
        assert_eq!(client.code(CHUNK_PATH, &request), (400, "bad-field".to_owned()), "{hash}");
        let offer = json!({ "attachments": [{ "case": stage.wanted.case, "hash": hash }] });
        let reply = client.ask(OFFER_PATH, &offer).1;
        assert_eq!(reply["attachments"][0]["standing"], "refused", "{hash}");
    }
    assert_eq!(kept(&stage), Vec::<String>::new());
}

#[test]
fn only_who_announced_it_may_bring_it_or_learn_of_it() {
    let stage = stage(100);
    let mut other = SyncWindow::joined(&stage.hub, stage.hub.url(), "04");
    let own = other.file_with_material();
    other.sync().unwrap();
    let client = Client::of(&stage.hub, &other);
    let unknown = || (404, "unknown-attachment".to_owned());
    let bring = |case: &str| {
        let bytes = serde_json::to_value(&ChunkRequest {
            attachment: AttachmentRef {
                case: case.parse().unwrap(),
                hash: stage.wanted.hash.clone(),
            },
            offset: 0,
            bytes: stage.bytes.clone(),
        });
        client.code(CHUNK_PATH, &bytes.unwrap())
    };
    assert_eq!(bring(&stage.wanted.case.to_string()), unknown(), "another window's case");
    assert_eq!(bring(&own.id.to_string()), unknown(), "its own case, which announced nothing");
    assert_eq!(bring(&uuid::Uuid::nil().to_string()), unknown(), "no case");
    let offer = json!({ "attachments": [stage.wanted] });
    let reply = client.ask(OFFER_PATH, &offer).1;
    assert_eq!(reply["attachments"][0]["fault"]["code"], "unknown-attachment");
    // Once it is there, the other window still does not learn that it is.
    Client::of(&stage.hub, &stage.window).chunk(&stage.wanted, 0, &stage.bytes);
    assert_eq!(stage.hub.attachment(&stage.wanted.hash).unwrap(), stage.bytes);
    assert_eq!(client.ask(OFFER_PATH, &offer).1, reply);
    let nobody = Client { token: "x".to_owned(), ..Client::of(&stage.hub, &other) };
    assert_eq!(nobody.code(OFFER_PATH, &offer), (401, "unauthorised".to_owned()));
}

#[test]
fn an_offer_is_bounded_and_an_announcement_too_large_is_parked() {
    let stage = stage(100);
    let client = Client::of(&stage.hub, &stage.window);
    let many = json!({ "attachments": vec![stage.wanted.clone(); OFFERED + 1] });
    assert_eq!(client.code(OFFER_PATH, &many), (413, "too-large".to_owned()));
    let most = json!({ "attachments": vec![stage.wanted.clone(); OFFERED] });
    assert_eq!(client.ask(OFFER_PATH, &most).0, 200);

    let mut window = stage.window;
    let (bad, good) = (window.file_with_material(), window.file_with_material());
    let announced = yichuang_domain::attachment::Announced {
        size: LARGEST + 1,
        ..yichuang_domain::attachment::Announced::of("a.pdf", b"%PDF-1.7").unwrap()
    };
    let hash = announced.hash.clone();
    let material = "m1".to_owned();
    window.write(bad.id, vec![EventBody::AttachmentAdded { material, announced }]);
    let sound = scan(100, 5);
    let sound_one = window.attach(good.id, "b.pdf", &sound);
    assert_eq!(window.sync().unwrap().rejected, 1);
    let parked = window.store().parked().unwrap();
    assert_eq!((parked[0].code.as_str(), parked[0].field.as_str()), ("bad-attachment", "size"));
    let offer = json!({ "attachments": [{ "case": bad.id, "hash": hash }] });
    let reply = client.ask(OFFER_PATH, &offer).1;
    assert_eq!(reply["attachments"][0]["fault"]["code"], "unknown-attachment");
    assert_eq!(stage.hub.attachment(&sound_one.hash).unwrap(), sound, "another case goes on");
    assert_eq!(sha256_hex(&sound), sound_one.hash);
}
