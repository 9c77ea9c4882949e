//! Packed bodies at a hub: what comes out counts, in size and in form.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::blocking::{Client, Response};
use serde_json::Value;
use yichuang_domain::case::event::CaseId;
use yichuang_protocol::limits::BODY_BYTES;
use yichuang_protocol::push::{self, PushRequest};
use yichuang_tests::hub::TestHub;
use yichuang_tests::raw_window::{RawWindow, get};

fn packed(body: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(body).unwrap();
    packer.finish().unwrap()
}

fn send(hub: &TestHub, token: &str, encoding: &str, body: Vec<u8>) -> (u16, Value) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
    let request = http.post(format!("{}{}", hub.url(), push::PATH)).bearer_auth(token);
    let answer: Response = request.header("content-encoding", encoding).body(body).send().unwrap();
    (answer.status().as_u16(), answer.json().unwrap())
}

#[test]
fn a_packed_batch_is_a_batch_and_a_bomb_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    let mut window = RawWindow::join(hub.url(), &hub.code("03"), 1);
    let token = window.session(hub.url());
    let batch: Vec<_> = (1..=40).map(|n| window.file(CaseId::from_u128(n))).collect();
    let plain = serde_json::to_vec(&PushRequest { events: batch }).unwrap();
    let small = packed(&plain);
    assert!(small.len() * 4 < plain.len(), "{} of {}", small.len(), plain.len());
    let cut = small[..small.len() / 2].to_vec();
    assert_eq!(send(&hub, &token, "gzip", cut).1["code"], "malformed");
    assert_eq!(send(&hub, &token, "gzip", plain).1["code"], "malformed");
    assert_eq!(send(&hub, &token, "br", small.clone()).1["code"], "malformed");
    let bomb = packed(&vec![b' '; 16 * BODY_BYTES]);
    assert!(bomb.len() < 100_000);
    assert_eq!(send(&hub, &token, "gzip", bomb).1["code"], "too-large");
    let (status, told) = send(&hub, &token, "gzip", small);
    assert_eq!((status, told["items"].as_array().map(Vec::len)), (200, Some(40)));
}

#[test]
fn answers_are_packed_for_who_takes_them() {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    let whole = get(hub.url(), "/v1/openapi.json").unwrap().text().unwrap();
    let http = Client::builder().no_proxy().no_gzip().tls_certs_only([]).build().unwrap();
    let address = format!("{}/v1/openapi.json", hub.url());
    let answer = http.get(&address).header("accept-encoding", "gzip").send().unwrap();
    assert_eq!(answer.headers()["content-encoding"], "gzip");
    let bytes = answer.bytes().unwrap();
    assert!(bytes.len() * 4 < whole.len(), "{} of {}", bytes.len(), whole.len());
    assert_eq!(http.get(&address).send().unwrap().text().unwrap(), whole);
}
