//! PouchDB Server: the protocol of CouchDB over LevelDB. A client replicates as that protocol does:
//! it asks what is missing, sends it with its revisions, and notes how far it is.
//!
//! It is asked for less than our hub: nobody signs in, nothing is signed or judged, and its writes
//! do not wait for the disk, which ours do.

use std::process::Command;
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use yichuang_domain::case::SealedEvent;

use super::{Server, client, installed, told};
use crate::table::timed;

/// The one database, which all share as windows share a hub.
const DATABASE: &str = "events";

/// Starts it.
///
/// # Errors
/// Why it can't be measured.
pub fn start() -> Result<Server, String> {
    let script = installed("beside/pouchdb/node_modules/pouchdb-server/bin/pouchdb-server")?;
    let server = Server::start(|port, folder| {
        let mut command = Command::new("node");
        command.arg(&script).args(["--no-stdout-logs", "--host", "127.0.0.1", "--port"]);
        command.arg(port.to_string()).arg("--dir").arg(folder.path().join("databases"));
        command.current_dir(folder.path());
        command
    })?;
    ask(&server.url, Method::PUT, "", None)?;
    Ok(server)
}

/// An event as a document: the same text, the same hash, and a revision made from it.
fn document(event: &SealedEvent) -> Value {
    let revision = &event.hash[..32];
    json!({
        "_id": event.hash,
        "_rev": format!("1-{revision}"),
        "_revisions": { "start": 1, "ids": [revision] },
        "text": event.text,
    })
}

fn differences(batch: &[SealedEvent]) -> Value {
    let revision =
        |event: &SealedEvent| (event.hash.clone(), json!([format!("1-{}", &event.hash[..32])]));
    Value::Object(batch.iter().map(revision).collect())
}

fn ask(url: &str, method: Method, path: &str, body: Option<&Value>) -> Result<Value, String> {
    ask_with(&client()?, url, method, path, body)
}

fn ask_with(
    http: &reqwest::blocking::Client,
    url: &str,
    method: Method,
    path: &str,
    body: Option<&Value>,
) -> Result<Value, String> {
    let mut request = http.request(method, format!("{url}/{DATABASE}{path}"));
    if let Some(body) = body {
        request = request.json(body);
    }
    request.send().and_then(|answer| answer.error_for_status()?.json()).map_err(told)
}

/// Replicates batches of events to it, one after the other; how long that took.
///
/// # Errors
/// Why it can't be measured.
pub fn catch_up(server: &Server, batches: &[&[SealedEvent]]) -> Result<Duration, String> {
    let http = client()?;
    let ask =
        |method, path: &str, body: Option<&Value>| ask_with(&http, &server.url, method, path, body);
    let (time, done) = timed(|| {
        ask(Method::GET, "", None)?;
        let mut note = json!({ "last_seq": 0 });
        for batch in batches {
            ask(Method::POST, "/_revs_diff", Some(&differences(batch)))?;
            let documents: Vec<Value> = batch.iter().map(document).collect();
            let body = json!({ "docs": documents, "new_edits": false });
            ask(Method::POST, "/_bulk_docs", Some(&body))?;
            note["last_seq"] = json!(note["last_seq"].as_u64().unwrap_or(0) + batch.len() as u64);
            let noted = ask(Method::PUT, "/_local/window", Some(&note))?;
            note["_rev"] = noted["rev"].clone();
        }
        Ok::<_, String>(())
    });
    done?;
    let stored = ask(Method::GET, "", None)?["doc_count"].as_u64().unwrap_or(0);
    let sent: usize = batches.iter().map(|batch| batch.len()).sum();
    if stored == sent as u64 { Ok(time) } else { Err(format!("{stored} of {sent} arrived")) }
}

/// A client that comes back with one event: six requests, as a window makes six. How long it took.
///
/// # Errors
/// What failed.
pub async fn reconnect(url: &str, event: &SealedEvent) -> Result<Duration, String> {
    let http = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().map_err(told)?;
    let ask = async |method: Method, path: &str, body: Option<&Value>| {
        let mut request = http.request(method, format!("{url}/{DATABASE}{path}"));
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await.map_err(told)?;
        answer.error_for_status().map_err(told)?.json::<Value>().await.map_err(told)
    };
    let start = Instant::now();
    let note = format!("/_local/{}", event.hash);
    let batch = std::slice::from_ref(event);
    ask(Method::GET, "", None).await?;
    // It has replicated nothing before: there is no such note, which is no error.
    let _ = ask(Method::GET, &note, None).await;
    ask(Method::POST, "/_revs_diff", Some(&differences(batch))).await?;
    let body = json!({ "docs": [document(event)], "new_edits": false });
    ask(Method::POST, "/_bulk_docs", Some(&body)).await?;
    ask(Method::GET, "/_changes?since=now", None).await?;
    ask(Method::PUT, &note, Some(&json!({ "last_seq": 1 }))).await?;
    Ok(start.elapsed())
}
