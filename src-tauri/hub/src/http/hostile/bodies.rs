//! Bodies that are too large or never end: no more of one is read than a body may have, and while
//! many are waited for, others are served.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, header};
use futures_util::stream;
use serde_json::json;
use tower::ServiceExt as _;
use yichuang_protocol::limits::BODY_BYTES;
use yichuang_protocol::{enrol, hello, push, session};

use super::Stage;
use super::sessions::WITH_SESSION;
use crate::sample::{On, on_both_engines};

/// The steps that anybody may ask.
const FOR_ALL: [&str; 4] = [hello::PATH, enrol::PATH, session::CHALLENGE_PATH, session::PATH];

/// A body without an end, in chunks of 64 KiB, and how many bytes of it were taken.
fn endless() -> (Body, Arc<AtomicUsize>) {
    let taken = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&taken);
    let chunks = stream::repeat_with(move || {
        counted.fetch_add(1 << 16, Ordering::Relaxed);
        Ok::<_, Infallible>(Bytes::from(vec![b' '; 1 << 16]))
    });
    (Body::from_stream(chunks), taken)
}

fn a_body_that_is_too_large_is_refused_before_it_is_read(on: On) {
    let stage = Stage::new(on);
    let (token, _) = stage.session(&stage.one);
    stage.unchanged(&[], |stage| {
        for path in FOR_ALL.iter().chain(&WITH_SESSION) {
            let declared = Body::from(vec![b' '; BODY_BYTES + 1]);
            let told = stage.send(Method::POST, path, &token, declared);
            assert_eq!((told.status, told.code()), (413, "too-large"), "{path}");
            // Without a length, as much is read as a body may have, and then no more.
            let (body, taken) = endless();
            let told = stage.send(Method::POST, path, &token, body);
            assert_eq!((told.status, told.code()), (413, "too-large"), "{path}");
            let taken = taken.load(Ordering::Relaxed);
            assert!(taken <= BODY_BYTES + (4 << 16), "{path}: {taken}");
        }
        // Who has no session is not read at all.
        for path in WITH_SESSION {
            let (body, taken) = endless();
            assert_eq!(stage.send(Method::POST, path, "x", body).code(), "unauthorised", "{path}");
            assert_eq!(taken.load(Ordering::Relaxed), 0, "{path}");
        }
    });
}

fn a_body_that_breaks_off_changes_nothing(on: On) {
    let stage = Stage::new(on);
    let (token, _) = stage.session(&stage.one);
    let event = stage.one.log.clone().write(crate::sample::case(1), crate::sample::accepted());
    let whole = json!({ "events": [event] }).to_string().into_bytes();
    stage.unchanged(&[], |stage| {
        for len in (0..whole.len()).step_by(97) {
            let told = stage.send(Method::POST, push::PATH, &token, whole[..len].to_vec().into());
            assert_eq!((told.status, told.code()), (400, "malformed"), "{len}");
            let part = Ok(Bytes::copy_from_slice(&whole[..len]));
            let broken = Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset));
            let body = Body::from_stream(stream::iter([part, broken]));
            let told = stage.send(Method::POST, push::PATH, &token, body);
            assert_eq!((told.status, told.code()), (400, "malformed"), "{len}");
        }
    });
}

/// Hundreds of clients that send a beginning and then nothing: they hold no place at the database.
fn who_dawdles_holds_nobody_up(on: On) {
    let stage = Stage::new(on);
    let (token, _) = stage.session(&stage.one);
    let dawdling = |path: &str| {
        let begun = stream::iter([Ok::<_, Infallible>(Bytes::from_static(b"{"))]);
        let body = Body::from_stream(futures_util::StreamExt::chain(begun, stream::pending()));
        let mut request = Request::post(path).body(body).unwrap();
        let bearer = format!("Bearer {token}").parse().unwrap();
        request.headers_mut().insert(header::AUTHORIZATION, bearer);
        let peer = std::net::SocketAddr::from(([10, 9, 9, 9], 1));
        request.extensions_mut().insert(ConnectInfo(peer));
        stage.runtime.spawn(stage.router.clone().oneshot(request))
    };
    let paths = FOR_ALL.iter().chain(&WITH_SESSION).cycle();
    let waiting: Vec<_> = paths.take(600).map(|path| dawdling(path)).collect();
    stage.unchanged(&["challenges", "sessions"], |stage| {
        let told = stage.ask(hello::PATH, "", &json!({ "versions": [1], "program": "x" }));
        assert_eq!(told.status, 200);
        stage.session(&stage.two);
    });
    assert!(waiting.iter().all(|request| !request.is_finished()));
    waiting.iter().for_each(tokio::task::JoinHandle::abort);
}

on_both_engines!(
    a_body_that_is_too_large_is_refused_before_it_is_read,
    a_body_that_breaks_off_changes_nothing,
    who_dawdles_holds_nobody_up,
);
