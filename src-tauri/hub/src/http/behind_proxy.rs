//! The door behind a proxy: what counts by address counts whom the proxy names, not the proxy.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode};
use serde_json::json;
use tower::ServiceExt as _;
use yichuang_protocol::Fault;

use crate::server::Hub;

/// The proxy, on the hub's own machine.
const PROXY: [u8; 4] = [127, 0, 0, 1];

struct Behind {
    router: Router,
    office: String,
    _folder: tempfile::TempDir,
}

/// A hub that believes some proxies.
fn hub(proxies: &[&str]) -> Behind {
    let folder = tempfile::tempdir().unwrap();
    let hub = Hub::open(folder.path(), false, Arc::new(crate::SystemClock)).unwrap();
    let hub = hub.behind(proxies.iter().map(|net| net.parse().unwrap()).collect());
    let office = std::fs::read_to_string(folder.path().join("office.token")).unwrap();
    Behind { router: hub.router(), office: office.trim().to_owned(), _folder: folder }
}

impl Behind {
    async fn send(&self, peer: [u8; 4], mut request: Request<Body>) -> (StatusCode, Vec<u8>) {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((peer, 5000))));
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status();
        (status, to_bytes(answer.into_body(), 1 << 20).await.unwrap().to_vec())
    }

    /// What a window is told that tries to join with a code that is none.
    async fn join(&self, peer: [u8; 4], from: &str) -> String {
        let body = json!({ "code": "23456789ABCD", "device_key": "", "signature": "" });
        let request = Request::post("/v1/enrol").header("x-forwarded-for", from);
        let (_, told) = self.send(peer, request.body(Body::from(body.to_string())).unwrap()).await;
        let fault: Fault = serde_json::from_slice(&told).unwrap();
        fault.code.as_str().to_owned()
    }

    async fn metrics(&self, peer: [u8; 4], headers: &[(&str, &str)]) -> StatusCode {
        let mut request = Request::get("/metrics");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(peer, request.body(Body::empty()).unwrap()).await.0
    }
}

#[tokio::test]
async fn who_guesses_enrolment_codes_shuts_out_nobody_behind_the_same_proxy() {
    let behind = hub(&["127.0.0.1/32"]);
    for _ in 0..20 {
        assert_ne!(behind.join(PROXY, "1.2.3.4").await, "too-many-attempts");
    }
    assert_eq!(behind.join(PROXY, "6.6.6.6, 1.2.3.4").await, "too-many-attempts");
    assert_ne!(behind.join(PROXY, "5.6.7.8").await, "too-many-attempts");
    // Who is no proxy of ours is nobody else, whatever it says.
    for _ in 0..20 {
        behind.join([9, 9, 9, 9], "5.6.7.8").await;
    }
    assert_eq!(behind.join([9, 9, 9, 9], "5.6.7.9").await, "too-many-attempts");
    assert_ne!(behind.join(PROXY, "5.6.7.8").await, "too-many-attempts");
}

#[tokio::test]
async fn the_counts_are_for_this_machine_and_not_for_whom_its_proxy_asks() {
    let named: &[&str] = &["127.0.0.1/32"];
    for proxies in [named, &[]] {
        let behind = hub(proxies);
        assert_eq!(behind.metrics(PROXY, &[]).await, StatusCode::OK);
        let passed_on = [
            ("x-forwarded-for", "1.2.3.4"),
            ("x-forwarded-for", "127.0.0.1, 1.2.3.4"),
            // From a proxy that passes on what the asker wrote.
            ("x-forwarded-for", "127.0.0.1"),
            ("x-forwarded-for", "unknown"),
            ("forwarded", "for=1.2.3.4"),
            ("x-real-ip", "1.2.3.4"),
            ("via", "1.1 proxy"),
        ];
        for header in passed_on {
            let status = behind.metrics(PROXY, &[header]).await;
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{header:?} {proxies:?}");
        }
        let token = format!("Bearer {}", behind.office);
        let with_token = [("x-forwarded-for", "1.2.3.4"), ("authorization", token.as_str())];
        assert_eq!(behind.metrics(PROXY, &with_token).await, StatusCode::OK);
        assert_eq!(behind.metrics([10, 0, 0, 7], &[]).await, StatusCode::UNAUTHORIZED);
    }
}
