use axum::http::StatusCode;
use jiff::SignedDuration;
use yichuang_domain::case::event::EventBody;
use yichuang_domain::case::{Case, CaseState, SealedEvent, SignedEvent};
use yichuang_domain::review::Role;
use yichuang_protocol::pull::PullRequest;

use super::{DEPARTMENT, Pages};
use crate::receive::pull;
use crate::sample::{On, on_both_engines};

impl Pages {
    /// What the window that filed the cases pulls.
    fn pulled(&self) -> Vec<SealedEvent> {
        let log = self.store.read(|tx| tx.hub_log(&self.device)).unwrap();
        let reply = pull(&self.store, &self.device, &PullRequest { log, after: 0 }).unwrap();
        reply.events.iter().map(SignedEvent::sealed).collect()
    }

    /// A case as the window that filed it folds it: its own events and what it pulls.
    fn at_the_window(&self, id: yichuang_domain::case::CaseId) -> Case {
        let own = self.store.read(|tx| tx.events_after(&self.device.origin, 0, 999)).unwrap();
        let pulled = self.pulled();
        let events = own.iter().chain(&pulled).map(|sealed| sealed.open().unwrap());
        Case::fold(events.filter(|event| event.case == id).collect()).unwrap()
    }
}

/// 前台综合受理 → 后台分类审批 → 窗口统一出件, by the forms of the pages.
fn every_step_is_taken_through_the_pages_and_pulled_by_the_window(on: On) {
    let pages = Pages::new(on);
    let id = pages.case(1);
    let reviewer = pages.official("lina", Role::Reviewer);
    let lead = pages.official("suhe", Role::Lead);
    let state = || pages.at_the_window(id).state;
    let done = |step: &str, session, fields: &[(&str, &str)]| {
        let answer = pages.act(id, step, session, fields);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{step}: {}", answer.text());
        assert_eq!(answer.to(), format!("/office/cases/{id}?done={step}"));
        assert!(pages.get(answer.to(), session).text().contains("已办理"));
        pages.wait(SignedDuration::from_hours(24));
        // A day is longer than a session.
    };
    let again = |login: &str| pages.sign_in(login, super::PASSWORD);

    done("review", &reviewer, &[]);
    assert_eq!(state(), CaseState::InReview);
    let case = pages.at_the_window(id);
    let material = case.materials[0].material.id.clone();
    let mend = format!("mend.{material}");
    let asks = [("items", material.as_str()), (mend.as_str(), "重新盖章"), ("reason", "公章不清")];
    let reviewer = again("lina");
    done("ask", &reviewer, &asks);
    assert_eq!(state(), CaseState::SupplementAsked);
    assert!(pages.at_the_window(id).awaited().open.iter().eq([&material]));
    let came = EventBody::Supplemented { on: crate::sample::day(), ids: vec![material] };
    let mut log = pages.log.lock().unwrap().clone();
    // The window writes on behind what it pulled.
    let mut event = log.event(id, came);
    event.lamport = pages.at_the_window(id).lamport + 1;
    let sealed = yichuang_domain::case::SealedEvent::seal(&event).unwrap();
    let events = vec![log.keep(sealed)];
    *pages.log.lock().unwrap() = log;
    let request = yichuang_protocol::push::PushRequest { events };
    crate::receive::push(&pages.store, &pages.device, &request, crate::sample::now()).unwrap();
    assert_eq!(state(), CaseState::InReview);

    let was = pages.at_the_window(id).due.unwrap().on;
    let reviewer = again("lina");
    done("stop-clock", &reviewer, &[("procedure", "鉴定"), ("reason", "需要鉴定等级")]);
    assert_eq!(state(), CaseState::ClockStopped);
    let reviewer = again("lina");
    done("resume", &reviewer, &[]);
    let due = pages.at_the_window(id).due.unwrap().on;
    assert!(due > was, "{due} is not after {was}");
    let lead_again = again("suhe");
    done("extend", &lead_again, &[("days", "5"), ("reason", "案情复杂")]);
    assert!(pages.at_the_window(id).extended);
    let reviewer = again("lina");
    done("grant", &reviewer, &[("result_number", "残字第1号"), ("reason", "")]);
    let reviewer = again("lina");
    done("ready", &reviewer, &[]);
    let case = pages.at_the_window(id);
    assert_eq!((case.state, case.conflicts.len()), (CaseState::ReadyForHandover, 0));
    assert_eq!(case.decision.unwrap().result_number.as_deref(), Some("残字第1号"));

    // Who did it stands in every event, and what the hub keeps is what the window has.
    let pulled = pages.pulled();
    let actors: Vec<String> = pulled.iter().map(|s| s.open().unwrap().actor.id).collect();
    assert_eq!(actors, ["lina", "lina", "lina", "lina", "suhe", "lina", "lina"]);
    let here = pages.store.read(|tx| tx.case_by_id(id)).unwrap().unwrap().case;
    assert_eq!(here, pages.at_the_window(id));
    drop(lead);
}

fn a_denial_needs_its_ground_and_carries_it(on: On) {
    let pages = Pages::new(on);
    let id = pages.case(1);
    let reviewer = pages.official("lina", Role::Reviewer);
    let page = pages.get(&format!("/office/cases/{id}"), &reviewer).text();
    assert!(page.contains("依法向根河市人民政府申请行政复议"), "the guide names the body");
    let refused = pages.act(id, "deny", &reviewer, &[("reason", "不符合条件"), ("basis", " ")]);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("法律条款") && refused.text().contains("不符合条件"));
    assert_eq!(pages.added(), 0);
    let ground =
        [("reason", "不符合条件"), ("basis", "某办法第五条"), ("remedies", "可在60日内申请复议")];
    assert_eq!(pages.act(id, "deny", &reviewer, &ground).status, StatusCode::SEE_OTHER);
    let taken = pages.at_the_window(id).decision.unwrap();
    assert_eq!(
        (taken.basis.as_str(), taken.remedies.as_str()),
        ("某办法第五条", "可在60日内申请复议")
    );
}

fn who_acts_on_an_old_page_is_told_and_loses_nothing(on: On) {
    let pages = Pages::new(on);
    let id = pages.case(1);
    let reviewer = pages.official("lina", Role::Reviewer);
    let old = pages.get(&format!("/office/cases/{id}"), &reviewer);
    pages.push(id, vec![EventBody::ReviewStarted {}]);
    let (form, seen) = (old.hidden("form"), old.hidden("seen"));
    let path = format!("/office/cases/{id}/deny");
    let written = [
        ("form", form.as_str()),
        ("seen", seen.as_str()),
        ("reason", "写了很久的理由"),
        ("basis", "某办法第五条"),
        ("remedies", "可申请复议"),
    ];
    let refused = pages.send(&path, Some(&reviewer), &written);
    assert_eq!(refused.status, StatusCode::CONFLICT);
    let text = refused.text();
    assert!(text.contains("案件已有新进展，请刷新后再办"), "{text}");
    assert!(text.contains("写了很久的理由") && text.contains("某办法第五条"));
    assert_eq!(pages.added(), 0);
    // The page that says so shows how the case stands now, and can be sent.
    let seen = refused.hidden("seen");
    let mut now = written;
    now[1].1 = &seen;
    assert_eq!(pages.send(&path, Some(&reviewer), &now).status, StatusCode::SEE_OTHER);
    // Decided: what another one wrote meanwhile has no form left, and is shown.
    let late = pages.send(&path, Some(&reviewer), &now);
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text().contains("写了很久的理由"));
    assert_eq!(pages.added(), 1);
    // Without the place it was made at, a form is an old one.
    let placeless = [("form", form.as_str()), ("reason", "理由")];
    assert_eq!(pages.send(&path, Some(&reviewer), &placeless).status, StatusCode::CONFLICT);
}

/// Two officials decide at the same moment: one of them is told.
fn of_two_who_decide_at_once_one_is_told(on: On) {
    let pages = Pages::new(on);
    let reviewer = pages.official("lina", Role::Reviewer);
    for n in 1..4 {
        let id = pages.case(n);
        let page = pages.get(&format!("/office/cases/{id}"), &reviewer);
        let seen: crate::append::Seen = page.hidden("seen").parse().unwrap();
        let (account, _) = pages.store.read(|tx| tx.account("lina")).unwrap().unwrap();
        let decide = |act: yichuang_domain::review::Act| {
            let doing =
                crate::office::acts::Doing { account: &account, id, seen, address: "10.0.0.9" };
            let guides = crate::office::Guides::default();
            crate::office::acts::act(&pages.store, &guides, &doing, &act, crate::sample::now())
                .is_ok()
        };
        use yichuang_domain::review::Act;
        let text = str::to_owned;
        let (one, other) = std::thread::scope(|scope| {
            let grant = || decide(Act::Grant { reason: text(""), result_number: text("") });
            let deny = || {
                decide(Act::Deny {
                    reason: text("理由"),
                    basis: text("法"),
                    remedies: text("复议"),
                })
            };
            let (one, other) = (scope.spawn(grant), scope.spawn(deny));
            (one.join().unwrap(), other.join().unwrap())
        });
        assert!(one != other, "both or neither decided");
        assert_eq!(pages.added(), u64::from(n));
    }
}

fn roles_and_departments_bound_what_can_be_done(on: On) {
    let pages = Pages::new(on);
    let id = pages.case(1);
    let reviewer = pages.official("lina", Role::Reviewer);
    let page = pages.get(&format!("/office/cases/{id}"), &reviewer).text();
    assert!(page.contains("/stop-clock") && !page.contains("/extend"), "offered to the lead only");
    let refused = pages.act(id, "extend", &reviewer, &[("days", "5"), ("reason", "复杂")]);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("负责人批准"));

    // Of another department: like a case that is not there, to look at and to act on.
    pages.account("other", Role::Lead, Some("根河市医疗保障局"));
    let other = pages.sign_in("other", super::PASSWORD);
    let nowhere = crate::sample::case(999);
    for id in [id, nowhere] {
        assert_eq!(pages.get(&format!("/office/cases/{id}"), &other).status, StatusCode::NOT_FOUND);
        let list = pages.get("/office/cases?shelf=open", &other);
        assert!(!list.text().contains(&id.to_string()));
        let form = list.hidden("form");
        let fields = [("form", form.as_str()), ("seen", "2-2")];
        let acted = pages.send(&format!("/office/cases/{id}/review"), Some(&other), &fields);
        assert_eq!(acted.status, StatusCode::NOT_FOUND);
    }
    // Of every department: there.
    pages.account("all", Role::Reviewer, None);
    let all = pages.sign_in("all", super::PASSWORD);
    let list = pages.get("/office/cases", &all).text();
    assert!(list.contains(&id.to_string()) && list.contains(DEPARTMENT));
    // The administrator sees no case, and officials no accounts.
    pages.account("admin", Role::Administrator, None);
    let admin = pages.sign_in("admin", super::PASSWORD);
    for (path, session) in [
        ("/office/cases".to_owned(), &admin),
        (format!("/office/cases/{id}"), &admin),
        ("/office/accounts".to_owned(), &reviewer),
        ("/office/audit".to_owned(), &reviewer),
    ] {
        assert_eq!(pages.get(&path, session).status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(pages.added(), 0);
}

fn a_case_with_a_refused_event_is_not_acted_on(on: On) {
    let pages = Pages::new(on);
    let id = pages.case(1);
    let reviewer = pages.official("lina", Role::Reviewer);
    let mut log = pages.log.lock().unwrap().clone();
    let mut event = log.event(id, EventBody::ReviewStarted {});
    event.lamport = u64::MAX;
    let events = vec![log.keep(yichuang_domain::case::SealedEvent::seal(&event).unwrap())];
    let request = yichuang_protocol::push::PushRequest { events };
    crate::receive::push(&pages.store, &pages.device, &request, crate::sample::now()).unwrap();
    let page = pages.get(&format!("/office/cases/{id}"), &reviewer).text();
    assert!(page.contains("记录被退回") && !page.contains("/grant"));
    let (form, seen) = ("form", "seen");
    let list = pages.get("/office/cases", &reviewer);
    let own = list.hidden(form);
    let sent = pages.send(
        &format!("/office/cases/{id}/grant"),
        Some(&reviewer),
        &[(form, &own), (seen, "2-3")],
    );
    assert_eq!(sent.status, StatusCode::CONFLICT);
    assert_eq!(pages.added(), 0);
}

on_both_engines!(
    every_step_is_taken_through_the_pages_and_pulled_by_the_window,
    a_denial_needs_its_ground_and_carries_it,
    who_acts_on_an_old_page_is_told_and_loses_nothing,
    of_two_who_decide_at_once_one_is_told,
    roles_and_departments_bound_what_can_be_done,
    a_case_with_a_refused_event_is_not_acted_on,
);
