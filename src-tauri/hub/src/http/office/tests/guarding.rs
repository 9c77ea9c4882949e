use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use jiff::SignedDuration;
use yichuang_domain::review::Role;

use super::{DEPARTMENT, PASSWORD, Pages};
use crate::sample::{On, on_both_engines};

fn signing_in_opens_a_session_that_ends(on: On) {
    let pages = Pages::of(on, 2);
    pages.account("lina", Role::Reviewer, Some(DEPARTMENT));
    let answer = pages.get_at(0, "/office/cases", None);
    assert_eq!((answer.status, answer.to()), (StatusCode::SEE_OTHER, "/office/sign-in"));
    let signed = pages.try_sign_in(" LiNa ", PASSWORD);
    let cookie = signed.header(header::SET_COOKIE);
    for part in ["HttpOnly", "SameSite=Strict", "Path=/office"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "plain HTTP on this machine: {cookie}");
    let token = cookie.split(['=', ';']).nth(1).unwrap();
    assert_eq!(token.len(), 64);
    let lina = super::Session { cookie: cookie.split(';').next().unwrap().to_owned() };

    // Several processes are one.
    assert_eq!(pages.get_at(1, "/office/cases", Some(&lina)).status, StatusCode::OK);
    // It lasts while it is used, for twelve hours at most.
    for _ in 0..24 {
        pages.wait(SignedDuration::from_mins(29));
        assert_eq!(pages.get_at(1, "/office/cases", Some(&lina)).status, StatusCode::OK);
    }
    pages.wait(SignedDuration::from_mins(25));
    assert_eq!(pages.get("/office/cases", &lina).status, StatusCode::SEE_OTHER);
    // It ends when it is not used.
    let lina = pages.sign_in("lina", PASSWORD);
    pages.wait(SignedDuration::from_mins(30));
    assert_eq!(pages.get("/office/cases", &lina).status, StatusCode::SEE_OTHER);
    // And when its holder says so, everywhere.
    let lina = pages.sign_in("lina", PASSWORD);
    let form = pages.get("/office/cases", &lina).hidden("form");
    let out = pages.send("/office/sign-out", Some(&lina), &[("form", &form)]);
    assert!(out.header(header::SET_COOKIE).contains("Max-Age=0"));
    assert_eq!(pages.get_at(1, "/office/cases", Some(&lina)).status, StatusCode::SEE_OTHER);
}

fn behind_tls_the_cookie_is_kept_to_it(on: On) {
    let pages = Pages::new(on);
    pages.account("lina", Role::Reviewer, Some(DEPARTMENT));
    let body = format!("login=lina&password={}", super::encode(PASSWORD));
    let request = Request::post("/office/sign-in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("x-forwarded-proto", "https")
        .body(Body::from(body))
        .unwrap();
    assert!(pages.ask(0, request).header(header::SET_COOKIE).contains("; Secure"));
}

fn guessing_is_slowed_for_an_account_and_an_address(on: On) {
    let pages = Pages::new(on);
    pages.account("lina", Role::Reviewer, Some(DEPARTMENT));
    // A login that is none is told the same.
    let nobody = pages.try_sign_in("nobody", "wrong password");
    let wrong = pages.try_sign_in("lina", "wrong password");
    assert_eq!((nobody.status, wrong.status), (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED));
    assert_eq!(nobody.text().replace("nobody", "lina"), wrong.text());
    for _ in 0..4 {
        pages.try_sign_in("lina", "wrong password");
    }
    let resting = pages.try_sign_in("lina", PASSWORD);
    assert_eq!(resting.status, StatusCode::TOO_MANY_REQUESTS, "also with the right password");
    assert!(resting.text().contains("1分钟"));
    pages.wait(SignedDuration::from_secs(61));
    pages.sign_in("lina", PASSWORD);
    assert_eq!(pages.try_sign_in("lina", "wrong password").status, StatusCode::UNAUTHORIZED);
    // What was right is forgiven; an address that guesses at many accounts is stopped.
    for n in 0..40 {
        pages.try_sign_in(&format!("guess{n}"), "wrong password");
    }
    assert_eq!(pages.try_sign_in("lina", PASSWORD).status, StatusCode::TOO_MANY_REQUESTS);
    pages.wait(SignedDuration::from_mins(11));
    pages.sign_in("lina", PASSWORD);
}

fn a_form_of_another_site_changes_nothing(on: On) {
    let pages = Pages::new(on);
    let id = pages.case(1);
    let lina = pages.official("lina", Role::Reviewer);
    let page = pages.get(&format!("/office/cases/{id}"), &lina);
    let (form, seen) = (page.hidden("form"), page.hidden("seen"));
    let other = pages.official("other", Role::Reviewer);
    let others = pages.get("/office/cases", &other).hidden("form");
    let path = format!("/office/cases/{id}/review");
    for wrong in ["", "x", &form[..63], &others] {
        let answer = pages.send(&path, Some(&lina), &[("form", wrong), ("seen", &seen)]);
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{wrong}");
    }
    let missing = pages.send(&path, Some(&lina), &[("seen", &seen), ("reason", "写了很久")]);
    assert_eq!(missing.status, StatusCode::FORBIDDEN);
    assert!(missing.text().contains("写了很久"), "what was written is not lost");
    let nobody = pages.send(&path, None, &[("form", &form), ("seen", &seen), ("reason", "理由")]);
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    assert!(nobody.text().contains("理由"));
    // What the browser says came from elsewhere, with everything right.
    let elsewhere = Request::post(&path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, &lina.cookie)
        .header("sec-fetch-site", "cross-site")
        .body(Body::from(format!("form={form}&seen={seen}")))
        .unwrap();
    assert_eq!(pages.ask(0, elsewhere).status, StatusCode::FORBIDDEN);
    assert_eq!(pages.added(), 0);
    let right = pages.send(&path, Some(&lina), &[("form", &form), ("seen", &seen)]);
    assert_eq!(right.status, StatusCode::SEE_OTHER);
    assert_eq!(pages.added(), 1);
}

fn no_page_may_load_or_run_anything(on: On) {
    let pages = Pages::new(on);
    let id = pages.case(1);
    let lina = pages.official("lina", Role::Reviewer);
    pages.account("admin", Role::Administrator, None);
    let admin = pages.sign_in("admin", PASSWORD);
    pages.account("suhe", Role::HallLead, None);
    let suhe = pages.sign_in("suhe", PASSWORD);
    let case = format!("/office/cases/{id}");
    let paths = [
        ("/office/sign-in", &lina),
        ("/office/cases", &lina),
        (case.as_str(), &lina),
        ("/office/password", &lina),
        ("/office/accounts", &admin),
        ("/office/audit", &admin),
        ("/office/figures", &suhe),
        ("/office/figures?from=x", &suhe),
        ("/office/figures/cases?figure=filed", &suhe),
        ("/office/poor-ratings", &suhe),
        ("/office/nothing", &lina),
    ];
    for (path, session) in paths {
        let answer = pages.get(path, session);
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
        assert!(!policy.contains("script-src") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        let text = answer.text().to_lowercase();
        for running in ["<script", "javascript:", " style=", " onclick", " onload", "<iframe"] {
            assert!(!text.contains(running), "{running} in {path}");
        }
    }
    let style = pages.get_at(0, "/office/style.css", None);
    assert!(style.header(header::CONTENT_TYPE).starts_with("text/css"));
}

fn a_password_of_others_is_replaced_first(on: On) {
    let pages = Pages::new(on);
    pages.account("admin", Role::Administrator, None);
    let admin = pages.sign_in("admin", PASSWORD);
    let form = pages.get("/office/accounts", &admin).hidden("form");
    let new = [
        ("form", form.as_str()),
        ("login", "lina"),
        ("name", "李娜"),
        ("role", "reviewer"),
        ("department", DEPARTMENT),
    ];
    let made = pages.send("/office/accounts", Some(&admin), &new).text();
    let password = made.split("<code>").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let taken = pages.send("/office/accounts", Some(&admin), &new);
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!pages.get("/office/accounts", &admin).text().contains(&password), "shown once");

    let lina = pages.sign_in("lina", &password);
    assert_eq!(pages.get("/office/cases", &lina).to(), "/office/password");
    let form = pages.get("/office/password", &lina).hidden("form");
    let change = |old: &str, new: &str, again: &str| {
        let fields = [("form", form.as_str()), ("old", old), ("password", new), ("again", again)];
        pages.send("/office/password", Some(&lina), &fields)
    };
    for (old, new, again) in [
        ("wrong", "another good one", "another good one"),
        (password.as_str(), "short1", "short1"),
        (&password, "another good one", "another good two"),
        (&password, &password, &password),
    ] {
        let refused = change(old, new, again);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
        assert!(!refused.text().contains(&password));
    }
    assert_eq!(change(&password, "another good one", "another good one").to(), "/office/sign-in");
    assert_eq!(pages.get("/office/cases", &lina).to(), "/office/sign-in", "the old session ended");
    assert_eq!(pages.try_sign_in("lina", &password).status, StatusCode::UNAUTHORIZED);
    let lina = pages.sign_in("lina", "another good one");
    assert_eq!(pages.get("/office/cases", &lina).status, StatusCode::OK);

    // Disabled: out at once, and not in again until that is taken back.
    let form = pages.get("/office/accounts", &admin).hidden("form");
    let change = |what: &str| {
        pages.send(&format!("/office/accounts/lina/{what}"), Some(&admin), &[("form", &form)])
    };
    assert_eq!(change("disable").status, StatusCode::OK);
    assert_eq!(pages.get("/office/cases", &lina).to(), "/office/sign-in");
    assert_eq!(pages.try_sign_in("lina", "another good one").status, StatusCode::UNAUTHORIZED);
    assert_eq!(change("enable").status, StatusCode::OK);
    pages.sign_in("lina", "another good one");
    let last = pages.send("/office/accounts/admin/disable", Some(&admin), &[("form", &form)]);
    assert_eq!(last.status, StatusCode::UNPROCESSABLE_ENTITY, "the last one stays");
}

#[test]
fn a_hub_without_the_pages_has_none() {
    let place = On::Sqlite.place();
    let folder = tempfile::tempdir().unwrap();
    let attachments = crate::objects::Place::of(folder.path());
    let clock = std::sync::Arc::new(crate::clock::SystemClock);
    let hub =
        crate::Hub::open_at(&place.database, folder.path(), &attachments, false, clock).unwrap();
    let router = hub.without_office().router();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let request = Request::get("/office/sign-in").body(Body::empty()).unwrap();
    let answer = runtime.block_on(tower::ServiceExt::oneshot(router, request)).unwrap();
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}

on_both_engines!(
    signing_in_opens_a_session_that_ends,
    behind_tls_the_cookie_is_kept_to_it,
    guessing_is_slowed_for_an_account_and_an_address,
    a_form_of_another_site_changes_nothing,
    no_page_may_load_or_run_anything,
    a_password_of_others_is_replaced_first,
);
