//! The window: Tauri, the one IPC command, and what the web view needs on each system.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tauri::ipc::{InvokeBody, Response};
use tauri::{
    AppHandle, Manager, State, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
};

use crate::applicant::{self, PAGE};
use crate::cli::play::Ending;
use crate::ipc::dispatch::dispatch;
use crate::ipc::failure::Failure;
use crate::ipc::transfer;
use crate::shell::Shell;

/// The clerk's window.
const MAIN: &str = "main";
/// The applicant's.
const APPLICANT: &str = "applicant";

/// How long the last screen of a scripted case stays before the window closes.
const LAST_LOOK: Duration = Duration::from_secs(2);

/// The header with the name of the command, for files that are sent up.
const COMMAND_HEADER: &str = "x-command";

/// The one command of the IPC door that carries JSON.
#[tauri::command(async)]
fn rpc(
    from: WebviewWindow,
    shell: State<'_, Arc<Shell>>,
    command: &str,
    request: Value,
) -> Result<Value, Failure> {
    allow(&from, command)?;
    let answer = dispatch(&**shell, command, request);
    tracing::debug!(command, answered = answer.is_ok());
    answer
}

/// Files that are sent up, with their bytes as the body.
#[tauri::command(async)]
fn upload(
    from: WebviewWindow,
    shell: State<'_, Arc<Shell>>,
    request: tauri::ipc::Request<'_>,
) -> Result<Value, Failure> {
    let header =
        |name| request.headers().get(name).map(|value| value.as_bytes()).unwrap_or_default();
    let command = String::from_utf8_lossy(header(COMMAND_HEADER)).into_owned();
    allow(&from, &command)?;
    let bytes = match request.body() {
        InvokeBody::Raw(bytes) => Cow::Borrowed(bytes.as_slice()),
        // A web view whose own protocol carries no bodies sends them as numbers.
        InvokeBody::Json(numbers) => {
            let malformed = |_| Failure::refused("bad-request", None, "文件传送的格式不对");
            Cow::Owned(serde_json::from_value(numbers.clone()).map_err(malformed)?)
        }
    };
    transfer::upload(&**shell, &command, header(transfer::REQUEST_HEADER), &bytes)
}

/// Files that come down, as bytes.
#[tauri::command(async)]
fn download(
    from: WebviewWindow,
    shell: State<'_, Arc<Shell>>,
    command: &str,
    request: Value,
) -> Result<Response, Failure> {
    allow(&from, command)?;
    transfer::download(&**shell, command, request).map(Response::new)
}

/// The applicant's window may call its own commands only.
fn allow(from: &WebviewWindow, command: &str) -> Result<(), Failure> {
    if from.label() == APPLICANT { applicant::allow(command) } else { Ok(()) }
}

/// The program's context: configuration, screens, icons.
pub(crate) fn context() -> tauri::Context {
    tauri::generate_context!()
}

/// A script for the window to play, and where its papers go.
pub(crate) struct Script<'a> {
    /// The scenario.
    pub(crate) scenario: Value,
    /// The folder.
    pub(crate) out: &'a Path,
}

/// Opens the window and stays until it is closed; the exit code.
///
/// # Errors
/// `window` if the system has no web view or no display.
pub(crate) fn open(shell: Arc<Shell>, script: Option<Script<'_>>) -> Result<u8, Failure> {
    // Without this, some graphics drivers leave the web view blank. Read by the web process when
    // it starts; a choice made outside is respected.
    let safe_renderer = ("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    let failed = |error: tauri::Error| {
        Failure::failed(
            "window",
            format!("窗口无法打开：{error}。没有图形界面时可用 yichuang serve"),
        )
    };
    if cfg!(target_os = "linux") && std::env::var_os(safe_renderer.0).is_none() {
        restart_with(safe_renderer)?;
    }
    shell.make_ready();
    let app = tauri::Builder::default()
        .manage(shell.clone())
        .invoke_handler(tauri::generate_handler![rpc, upload, download])
        .setup(|app| {
            let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
                .title("一窗")
                .inner_size(1366.0, 768.0)
                .min_inner_size(1024.0, 600.0)
                .maximized(false)
                .build()?;
            prepare(&window)?;
            Ok(())
        })
        .on_window_event(|window, event| {
            // The applicant's window does not outlive the clerk's.
            let beside = window.app_handle().get_webview_window(APPLICANT);
            if window.label() == MAIN
                && matches!(event, WindowEvent::Destroyed)
                && let Some(beside) = beside
                && let Err(error) = beside.destroy()
            {
                tracing::warn!(%error, "the applicant's window stays");
            }
        })
        .build(context())
        .map_err(failed)?;
    let handle = app.handle().clone();
    shell.applicant.opened_by(move || open_applicant(&handle).map(|()| None).map_err(failed));
    if let Some(script) = script {
        let handle = app.handle().clone();
        let finish = move |ending: Ending| close_after(handle.clone(), ending);
        shell.demonstration.set(script.scenario, script.out.to_owned(), finish);
    }
    let _upstream = shell.clone().keep_upstream();
    let code = app.run_return(|_, _| {});
    if shell.demonstration.script().is_some() {
        return Err(Failure::failed("demonstration", "窗口在演示结束之前被关闭"));
    }
    Ok(u8::try_from(code).unwrap_or(u8::MAX))
}

/// Opens the applicant's window, on the screen that the clerk does not use, where there is one.
fn open_applicant(app: &AppHandle) -> tauri::Result<()> {
    if let Some(open) = app.get_webview_window(APPLICANT) {
        return open.show();
    }
    let page = WebviewUrl::App(format!("index.html{PAGE}").into());
    let mut window = WebviewWindowBuilder::new(app, APPLICANT, page)
        .title("一窗 · 申请人屏")
        .inner_size(1280.0, 800.0)
        .focused(false);
    if let Some(main) = app.get_webview_window(MAIN) {
        let own = main.current_monitor()?.map(|monitor| *monitor.position());
        let mut all = main.available_monitors()?.into_iter();
        if let Some(other) = all.find(|monitor| Some(*monitor.position()) != own) {
            let at = other.position().to_logical::<f64>(other.scale_factor());
            window = window.position(at.x, at.y).fullscreen(true);
        }
    }
    window.build()?;
    Ok(())
}

/// Starts this program over with one more variable in its environment, in the same process.
#[cfg(unix)]
fn restart_with((name, value): (&str, &str)) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt as _;
    let program = std::env::current_exe();
    let program = program.map_err(|error| Failure::failed("window", error.to_string()))?;
    let error = std::process::Command::new(program)
        .args(std::env::args_os().skip(1))
        .env(name, value)
        .exec();
    Err(Failure::failed("window", error.to_string()))
}

#[cfg(not(unix))]
fn restart_with(_: (&str, &str)) -> Result<(), Failure> {
    Ok(())
}

/// What the web view needs beyond Tauri's own settings.
#[cfg(target_os = "linux")]
fn prepare(window: &tauri::WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::glib::prelude::ObjectExt as _;
    use webkit2gtk::{
        InputMethodContextExt as _, PermissionRequestExt as _, SettingsExt as _,
        UserMediaPermissionRequest, WebViewExt,
    };
    // The web view is set up without inline composition, which shows the pinyin in a box of its
    // own and never tells the page that a composition is under way.
    window.with_webview(|view| {
        if let Some(input) = view.inner().input_method_context() {
            input.set_enable_preedit(true);
        }
        // The document camera (高拍仪), which only this program's own pages can ask for.
        let web = view.inner();
        if let Some(settings) = WebViewExt::settings(&web) {
            settings.set_enable_media_stream(true);
        }
        web.connect_permission_request(|_, request| {
            match request.is::<UserMediaPermissionRequest>() {
                true => request.allow(),
                false => request.deny(),
            }
            true
        });
    })
}

#[cfg(not(target_os = "linux"))]
fn prepare(_: &tauri::WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Prints how a scripted case went and closes the window.
fn close_after(handle: AppHandle, ending: Ending) {
    let code = ending.print();
    std::thread::spawn(move || {
        std::thread::sleep(LAST_LOOK);
        handle.exit(i32::from(code));
    });
}
