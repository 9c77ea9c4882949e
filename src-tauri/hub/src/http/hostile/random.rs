//! Anything at all, at every address that the hub's description names: an answer, or a fault with a
//! code, and never the hub's own failure.

use axum::body::Body;
use axum::http::Method;
use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use yichuang_protocol::session;

use super::Stage;
use super::texts::{Needs, places, put, requests, with_open_challenge};
use crate::sample::{On, on_both_engines};

/// Values that no field expects.
fn strange() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(-1e300),
        json!(u32::MAX),
        json!(1u64 << 32),
        json!(i64::MAX),
        json!(1u64 << 63),
        json!(u64::MAX),
        json!(""),
        json!("\0"),
        json!("0".repeat(64)),
        json!("f".repeat(64)),
        json!("9999-12-31T23:59:59Z"),
        json!([]),
        json!([[]]),
        json!(vec![Value::Null; 5000]),
        json!({}),
        json!({ "text": "", "hash": "" }),
        json!({ "seq": u64::MAX, "head": "" }),
        json!({ "seq": 9_007_199_254_740_991u64, "head": "a".repeat(64) }),
    ]
}

/// JSON of any form.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(|n| json!(n)),
        any::<String>().prop_map(Value::from),
    ];
    let name = "(case|events|text|hash|log|after|origin|held|seq|head|\\PC{0,5})";
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::hash_map(name, inner, 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// The paths of the description, with the methods it knows there.
fn described(stage: &Stage) -> Vec<(String, Vec<String>)> {
    let told = stage.send(Method::GET, "/v1/openapi.json", "", Body::empty());
    let paths = told.body["paths"].as_object().unwrap();
    paths
        .iter()
        .map(|(path, item)| (path.clone(), item.as_object().unwrap().keys().cloned().collect()))
        .collect()
}

fn a_strange_value_in_any_place_is_no_failure_of_the_hub(on: On) {
    let stage = Stage::new(on);
    let (token, own_log) = stage.session(&stage.one);
    let good = requests(&stage, &own_log);
    // Every path of the description has its good request.
    let mut known: Vec<&str> = good.iter().map(|(path, ..)| *path).collect();
    known.push("/v1/health");
    known.sort_unstable();
    assert_eq!(described(&stage).into_iter().map(|(path, _)| path).collect::<Vec<_>>(), known);
    for (path, needs, good) in &good {
        let token = match needs {
            Needs::Nothing => "",
            Needs::Session => &token,
            Needs::Office => &stage.office,
        };
        for place in places(good) {
            for what in strange() {
                let open = match *path {
                    session::PATH => with_open_challenge(&stage, good),
                    _ => good.clone(),
                };
                stage.ask(path, token, &put(&open, &place, &what));
                let doubled = good.to_string().replacen('{', &format!("{{\"x\":{what},"), 1);
                let doubled = doubled.replace(",}", "}");
                stage.send(Method::POST, path, token, Body::from(doubled));
            }
        }
    }
    assert!(*stage.asked.lock().unwrap() > 2000);
}

fn random_bodies_at_every_address_are_no_failure_of_the_hub(on: On) {
    let stage = Stage::new(on);
    let mut runner = TestRunner::deterministic();
    let methods = [Method::GET, Method::PUT, Method::DELETE, Method::PATCH, Method::HEAD];
    for (path, known) in described(&stage) {
        for method in &methods {
            let told = stage.send(method.clone(), &path, "", Body::empty());
            let here = known.iter().any(|known| method.as_str().eq_ignore_ascii_case(known))
                || (*method == Method::HEAD && known.iter().any(|known| known == "get"));
            assert!(here == (told.status == 200), "{method} {path}: {told:?}");
        }
        // Sessions end; those who guess codes are shut out for ten minutes.
        stage.wait(SignedDuration::from_mins(20));
        let (token, _) = stage.session(&stage.one);
        for n in 0..60 {
            let tokens = [token.as_str(), stage.office.as_str(), ""];
            let token = if n < 40 { tokens[n % 2] } else { tokens[n % 3] };
            let json = any_json().new_tree(&mut runner).unwrap().current();
            stage.ask(&path, token, &json);
            let bytes = prop::collection::vec(any::<u8>(), 0..200).new_tree(&mut runner).unwrap();
            stage.send(Method::POST, &path, token, Body::from(bytes.current()));
        }
    }
}

/// Addresses that are none, among them pages of the back office and of applicants.
fn no_address_is_a_failure_of_the_hub(on: On) {
    let stage = Stage::new(on);
    let get = |path: &str| {
        let request = axum::http::Request::get(path).body(Body::empty()).unwrap();
        let answer = tower::ServiceExt::oneshot(stage.router.clone(), request);
        stage.runtime.block_on(answer).unwrap().status().as_u16()
    };
    stage.unchanged(&[], |_| {
        for path in [
            "/v1/../../etc/passwd",
            "/v1/%2e%2e/%2e%2e/etc/passwd",
            "/v1/push/",
            "/v1//push",
            "/v1/hello%00",
            "/v2/hello",
            "/%ff%fe",
            "/office/../hub.db",
            "/office/case/'%20OR%201=1%20--",
            "/office/case/%00",
            "/office/%ff",
            "/office?next=https://example.org",
            "/metrics/../office.token",
            "/hub.db",
            "/office.token",
        ] {
            let status = get(path);
            assert!(status < 500 && status != 200, "{path}: {status}");
        }
    });
}

on_both_engines!(
    a_strange_value_in_any_place_is_no_failure_of_the_hub,
    random_bodies_at_every_address_are_no_failure_of_the_hub,
    no_address_is_a_failure_of_the_hub,
);
