//! The loopback door: the same screens and the same commands in the system's browser, for
//! desktops without a web view that is new enough.
//!
//! Only this machine can reach it (it listens on 127.0.0.1), only who was given the token may
//! ask, and a page of another site can't (the `Host` header must be ours).

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Json;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::Value;
use tokio::net::TcpListener;

use crate::applicant::{self, PAGE};
use crate::ipc::dispatch::dispatch;
use crate::ipc::failure::Failure;
use crate::ipc::transfer::{LARGEST, REQUEST_HEADER, download, upload};
use crate::shell::Shell;
use crate::window;

/// As in tauri.conf.json: the page runs its own scripts only.
const CSP: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; \
     worker-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

struct Door {
    shell: Arc<Shell>,
    token: String,
    /// Of the applicant's screen, which may do far less.
    applicant: String,
    port: u16,
    screens: tauri::Context,
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = match self.code.as_str() {
            "not-signed-in" | "locked" | "bad-token" => StatusCode::UNAUTHORIZED,
            "not-from-here" => StatusCode::FORBIDDEN,
            "unknown-command" | "not-found" => StatusCode::NOT_FOUND,
            _ if self.refused => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        (status, Json(self)).into_response()
    }
}

fn token() -> Result<String, Failure> {
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes)
        .map_err(|_| Failure::failed("no-randomness", "系统随机数不可用"))?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

/// Opens the door on `port` (0: any) and serves until the process is told to end. `opened` gets
/// the address with the token.
///
/// # Errors
/// `port` if the port is taken.
pub(crate) fn serve(
    shell: Arc<Shell>,
    port: u16,
    opened: impl FnOnce(&str),
) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        Failure::failed("port", format!("端口无法打开：{}", yichuang_domain::system::words(&error)))
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(failed)?;
    let (token, applicant) = (token()?, token()?);
    runtime.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        opened(&format!("http://127.0.0.1:{port}/#token={token}"));
        let page = format!("http://127.0.0.1:{port}/{PAGE}#token={applicant}");
        shell.applicant.opened_by(move || Ok(Some(page.clone())));
        let screens = window::context();
        let door = Arc::new(Door { shell, token, applicant, port, screens });
        let router = Router::new()
            .route("/rpc/{command}", post(rpc))
            .route("/upload/{command}", post(take))
            .route("/download/{command}", post(give))
            .fallback(get(screen))
            .layer(middleware::from_fn_with_state(door.clone(), guard))
            .with_state(door);
        axum::serve(listener, router).with_graceful_shutdown(told_to_end()).await.map_err(failed)
    })
}

/// Resolves when the process is told to end.
pub(crate) async fn told_to_end() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without signals there is nothing to wait for but the end of the process itself.
    let _ = interrupt.await;
}

/// Lets in only requests to this very address, and marks what leaves.
async fn guard(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|h| h.to_str().ok());
    let ours = [format!("127.0.0.1:{}", door.port), format!("localhost:{}", door.port)];
    if !host.is_some_and(|host| ours.iter().any(|o| o == host)) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, CSP),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Refuses who was given no token, and at the applicant's screen every command that is the clerk's.
fn let_in(door: &Door, request: &Request, command: &str) -> Result<(), Failure> {
    let given = request.headers().get(header::AUTHORIZATION).and_then(|h| h.to_str().ok());
    let given = given.and_then(|h| h.strip_prefix("Bearer ")).unwrap_or_default();
    if same(given.as_bytes(), door.token.as_bytes()) {
        return Ok(());
    }
    if same(given.as_bytes(), door.applicant.as_bytes()) {
        return applicant::allow(command);
    }
    Err(Failure::refused("bad-token", None, "请从程序打开的地址进入"))
}

/// In which a page says whom it shows: `records/` or `training/` and the id of the clerk.
const SHOWN_HEADER: &str = "x-clerk";
/// What every page may ask whomever it shows: where the program stands, to change that, and to keep
/// what was typed. Drafts are the window's, and a page that is left can't ask first.
const ANYBODYS: [&str; 8] = [
    "status",
    "unlock",
    "first_account",
    "sign_in",
    "sign_out",
    "enter_training",
    "leave_training",
    "save_draft",
];

fn shown(request: &Request) -> Option<String> {
    Some(request.headers().get(SHOWN_HEADER)?.to_str().ok()?.to_owned())
}

/// Refuses a page that shows another clerk than is signed in, or other records than the program
/// stands before: a browser may have many pages, and one that slept has heard of nothing.
fn for_whom_it_shows(shell: &Shell, shown: Option<&str>, command: &str) -> Result<(), Failure> {
    let Some(shown) = shown.filter(|_| !ANYBODYS.contains(&command)) else { return Ok(()) };
    let (place, desk) = match shell.training() {
        Some(desk) => ("training", Some(desk)),
        None => ("records", shell.records_at_hand()),
    };
    // Where nobody is signed in, the command itself is refused.
    match desk.and_then(|desk| desk.clerk()) {
        Some(clerk) if format!("{place}/{}", clerk.id) != shown => {
            let message = format!("现在由{}登录，与页面上的不同，这一步没有办", clerk.name);
            Err(Failure::refused("another-clerk", None, message))
        }
        _ => Ok(()),
    }
}

async fn json(request: Request) -> Result<Value, Failure> {
    let body = axum::body::to_bytes(request.into_body(), 4 << 20).await;
    let body = body.map_err(|_| Failure::refused("bad-request", None, "请求过大"))?;
    serde_json::from_slice(&body)
        .map_err(|error| Failure::refused("bad-request", None, error.to_string()))
}

/// The desk waits for the disk: that is no work for the threads that serve connections.
async fn blocking<T: Send + 'static>(
    run: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(run).await;
    done.map_err(|_| Failure::failed("internal", "程序内部出错，请重试；已保存的内容不受影响"))?
}

async fn rpc(
    State(door): State<Arc<Door>>,
    Path(command): Path<String>,
    request: Request,
) -> Result<Json<Value>, Failure> {
    let_in(&door, &request, &command)?;
    let shown = shown(&request);
    let request = json(request).await?;
    blocking(move || {
        for_whom_it_shows(&door.shell, shown.as_deref(), &command)?;
        dispatch(&*door.shell, &command, request)
    })
    .await
    .map(Json)
}

async fn take(
    State(door): State<Arc<Door>>,
    Path(command): Path<String>,
    request: Request,
) -> Result<Json<Value>, Failure> {
    let_in(&door, &request, &command)?;
    let shown = shown(&request);
    let header = request.headers().get(REQUEST_HEADER).map(|value| value.as_bytes().to_vec());
    let bytes = axum::body::to_bytes(request.into_body(), LARGEST).await.map_err(|_| {
        Failure::refused("bad-attachment", Some("file"), yichuang_domain::attachment::too_large())
    })?;
    let header = header.unwrap_or_default();
    blocking(move || {
        for_whom_it_shows(&door.shell, shown.as_deref(), &command)?;
        upload(&*door.shell, &command, &header, &bytes)
    })
    .await
    .map(Json)
}

async fn give(
    State(door): State<Arc<Door>>,
    Path(command): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let_in(&door, &request, &command)?;
    let shown = shown(&request);
    let request = json(request).await?;
    let bytes = blocking(move || {
        for_whom_it_shows(&door.shell, shown.as_deref(), &command)?;
        download(&*door.shell, &command, request)
    })
    .await?;
    let kind = HeaderValue::from_static("application/octet-stream");
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}

/// Compares in a time that does not depend on where the texts differ.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |found, (x, y)| found | (x ^ y)) == 0
}

async fn screen(State(door): State<Arc<Door>>, uri: Uri) -> Response {
    let path = match uri.path() {
        "/" => "/index.html",
        path => path,
    };
    let Some(file) = door.screens.assets().get(&path.into()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = HeaderValue::from_static(media_type(path));
    let mut response = Response::new(Body::from(file.into_owned()));
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, end)| end) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}
