//! The pages of the back office as a browser without scripts sees them, and the hub's commands.

use std::path::Path;

use reqwest::blocking::{Client, Response};
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use serde_json::Value;
use yichuang_tests::program;

/// What a command of the hub prints, and its exit code.
pub(crate) fn command(arguments: &[&str], data: &Path) -> (Value, i32) {
    let output =
        program::command("yichuang-hub").args(arguments).arg("--data").arg(data).output().unwrap();
    (serde_json::from_slice(&output.stdout).unwrap(), output.status.code().unwrap())
}

/// A browser that runs no script.
pub(crate) struct Browser {
    http: Client,
    cookie: String,
}

/// The value of a hidden field of a page.
pub(crate) fn hidden(page: &str, name: &str) -> String {
    let at = format!("name=\"{name}\" value=\"");
    let from = page.find(&at).unwrap_or_else(|| panic!("no {name} in {page}")) + at.len();
    page[from..].split('"').next().unwrap().to_owned()
}

impl Browser {
    pub(crate) fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder().no_proxy().tls_certs_only([]).redirect(Policy::none());
        Self { http: http.build().unwrap(), cookie: String::new() }
    }

    pub(crate) fn get(&self, url: &str) -> Response {
        self.http.get(url).header(COOKIE, &self.cookie).send().unwrap()
    }

    pub(crate) fn page(&self, url: &str) -> String {
        let answer = self.get(url);
        assert_eq!(answer.status().as_u16(), 200, "{url}");
        answer.text().unwrap()
    }

    pub(crate) fn send(&self, url: &str, fields: &[(&str, &str)]) -> Response {
        // As a browser writes a form: what is no letter or digit as bytes in hexadecimal.
        let coded = |text: &str| -> String { text.bytes().map(|b| format!("%{b:02X}")).collect() };
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", coded(name), coded(value)))
            .collect();
        self.http
            .post(url)
            .header(COOKIE, &self.cookie)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.join("&"))
            .send()
            .unwrap()
    }

    pub(crate) fn sign_in(&mut self, hub: &str, login: &str, password: &str) {
        let fields = [("login", login), ("password", password)];
        let answer = self.send(&format!("{hub}/office/sign-in"), &fields);
        assert_eq!(answer.status().as_u16(), 303);
        let cookie = answer.headers()[SET_COOKIE].to_str().unwrap();
        self.cookie = cookie.split(';').next().unwrap().to_owned();
    }

    /// Signs in for the first time, and replaces the password that was made.
    pub(crate) fn begin(&mut self, hub: &str, login: &str, made: &str, new: &str) {
        self.sign_in(hub, login, made);
        let first = self.get(&format!("{hub}/office"));
        assert_eq!(first.headers()[LOCATION], "/office/password");
        let url = format!("{hub}/office/password");
        let form = hidden(&self.page(&url), "form");
        let fields = [("form", &*form), ("old", made), ("password", new), ("again", new)];
        assert_eq!(self.send(&url, &fields).status().as_u16(), 303);
        self.sign_in(hub, login, new);
    }

    /// Sends a form of a case's page, which is taken.
    pub(crate) fn act(&self, hub: &str, case: &str, step: &str, fields: &[(&str, &str)]) {
        self.take(hub, &format!("/office/cases/{case}"), step, fields);
    }

    /// Sends a form of a page, which is taken.
    pub(crate) fn take(&self, hub: &str, path: &str, step: &str, fields: &[(&str, &str)]) {
        let url = format!("{hub}{path}");
        let page = self.page(&url);
        let (form, seen) = (hidden(&page, "form"), hidden(&page, "seen"));
        let own = [("form", form.as_str()), ("seen", seen.as_str())];
        let answer = self.send(&format!("{url}/{step}"), &[&own, fields].concat());
        let status = answer.status().as_u16();
        assert_eq!(status, 303, "{step}: {}", answer.text().unwrap());
    }
}
