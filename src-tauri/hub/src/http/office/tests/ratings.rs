use axum::http::StatusCode;
use jiff::SignedDuration;
use yichuang_domain::case::CaseId;
use yichuang_domain::case::event::EventBody;
use yichuang_domain::evaluation::Satisfaction;
use yichuang_domain::review::Role;
use yichuang_protocol::pull::PullRequest;

use super::hall::{Hall, Planned};
use super::{Answer, PASSWORD, Pages, Session};
use crate::receive::pull;
use crate::sample::{On, case, day, on_both_engines, rated};
use crate::store::AuditQuery;

const PHONE: &str = "13947001234";
const LIST: &str = "/office/poor-ratings";

impl Pages {
    fn rated_case(&self, n: u32, satisfaction: Satisfaction, words: &str) -> CaseId {
        let id = case(u128::from(n));
        let mut filing = self.filing(n);
        if let EventBody::Filed { applicant, .. } = &mut filing {
            applicant.party.phone = Some(PHONE.to_owned());
        }
        self.push(id, vec![filing, self.accepted(), rated(satisfaction, words)]);
        id
    }

    /// Fills in a form of a task's page and sends it.
    fn step(&self, id: CaseId, step: &str, who: &Session, fields: &[(&str, &str)]) -> Answer {
        let page = self.get(&at(id), who);
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        let form = page.hidden("form");
        let seen = match page.text().contains("name=\"seen\"") {
            true => page.hidden("seen"),
            false => String::new(),
        };
        let own = [("form", form.as_str()), ("seen", seen.as_str())];
        self.send(&format!("{}/{step}", at(id)), Some(who), &[&own, fields].concat())
    }

    fn done(&self, id: CaseId, step: &str, who: &Session, fields: &[(&str, &str)]) {
        let answer = self.step(id, step, who, fields);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{step}: {}", answer.text());
        assert!(self.get(answer.to(), who).text().contains("已记下"));
    }

    /// What the hub wrote down of an act, newest first.
    fn audited(&self, act: &str) -> Vec<String> {
        let query = AuditQuery { act: act.to_owned(), ..AuditQuery::default() };
        let entries = self.store.read(|tx| tx.audit(&query, 99, 0)).unwrap();
        entries.into_iter().map(|entry| format!("{} {}", entry.login, entry.detail)).collect()
    }
}

/// Where the page of a task is.
fn at(id: CaseId) -> String {
    format!("{LIST}/{id}/{}", day())
}

fn lead(pages: &Pages, login: &str) -> Session {
    pages.account(login, Role::HallLead, None);
    pages.sign_in(login, PASSWORD)
}

fn upheld(words: &str) -> [(&str, &str); 2] {
    [("finding", "upheld"), ("words", words)]
}

/// 核实 → 整改 → 回访, by the forms; and the window never hears of it.
fn a_poor_rating_is_followed_up_and_no_window_hears_of_it(on: On) {
    let pages = Pages::real(on);
    let id = pages.rated_case(1, Satisfaction::VeryDissatisfied, "让我跑了三趟");
    pages.rated_case(2, Satisfaction::Fair, "可以");
    let suhe = lead(&pages, "suhe");
    let list = |query: &str| pages.get(&format!("{LIST}{query}"), &suhe).text();
    let open = list("");
    assert!(open.contains(&at(id)) && open.contains("非常不满意") && open.contains("待核实"));
    assert_eq!(open.matches("<td class=\"number\">").count(), 1, "only the lower two grades");
    // It came today, a Monday: by tomorrow it is to be looked into.
    assert!(open.contains("light orange") && open.contains("2026-03-03"));
    assert!(!open.contains(PHONE) && !open.contains("𠮷日嘎拉"), "the list names nobody");
    let page = pages.get(&at(id), &suhe).text();
    for told in ["让我跑了三趟", "𠮷日嘎拉", PHONE, "139****1234", "白哈斯", "评价屏"]
    {
        assert!(page.contains(told) || told.contains('*'), "{told} in {page}");
    }
    assert!(!page.contains("152127199001010019"), "no number that nobody needs for a call");

    pages.done(id, "verify", &suhe, &upheld("窗口确实分三次告知"));
    assert!(list("?shelf=upheld").contains(&at(id)) && !list("?shelf=arrived").contains(&at(id)));
    assert!(list("").contains("2026-03-09"), "five workdays from the day it came");
    pages.done(id, "mend", &suhe, &[("on", "2026-03-02"), ("words", "已培训并致歉")]);
    let visit = [("on", "2026-03-02"), ("way", "phone"), ("words", "表示满意")];
    pages.done(id, "visit", &suhe, &visit);
    let done = list("?shelf=done");
    assert!(done.contains(&at(id)) && done.contains("已回访") && !list("").contains(&at(id)));
    let page = pages.get(&at(id), &suhe).text();
    for told in ["窗口确实分三次告知", "已培训并致歉", "表示满意", "suhe·苏和", "电话回访"]
    {
        assert!(page.contains(told), "{told}");
    }
    // Who did what and who looked is on record; no rating and no name is in the audit.
    assert_eq!(pages.audited("followed-up").len(), 3);
    assert_eq!(pages.audited("saw-rating").len(), 8, "each look at the page");
    let figures = pages.get("/office/figures", &suhe).text();
    assert!(figures.contains("100.0%</b><span>整改率") || figures.contains("<b>100.0%</b>"));

    // Nothing of it goes down: neither an event nor a change of what the window has of the case.
    assert_eq!(pages.added(), 0);
    let log = pages.store.read(|tx| tx.hub_log(&pages.device)).unwrap();
    let pulled = pull(&pages.store, &pages.device, &PullRequest { log, after: 0 }).unwrap();
    assert!(pulled.events.is_empty());
}

fn what_is_mistaken_is_not_adopted_and_stays(on: On) {
    let pages = Pages::real(on);
    let id = pages.rated_case(1, Satisfaction::Dissatisfied, "按错了");
    let suhe = lead(&pages, "suhe");
    let nothing = pages.step(id, "verify", &suhe, &[("finding", "malicious"), ("words", " ")]);
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is asked for");
    pages.done(id, "verify", &suhe, &[("finding", "mistaken"), ("words", "本人确认误触")]);
    let page = pages.get(&at(id), &suhe).text();
    assert!(page.contains("不采纳") && page.contains("按错了"), "what was said stays");
    let said = pages.store.read(|tx| tx.case_by_id(id)).unwrap().unwrap().case.evaluations;
    assert_eq!(said.len(), 1);
    let counts = pages.store.read(|tx| tx.follow_up_counts(day(), day())).unwrap();
    assert_eq!((counts.poor, counts.not_adopted, counts.mended_per_mille()), (1, 1, None));
    // It can be taken up again, with what was found before.
    pages.wait(SignedDuration::from_hours(24));
    let suhe = pages.sign_in("suhe", PASSWORD);
    pages.done(id, "reopen", &suhe, &[("words", "申请人提出异议")]);
    let page = pages.get(&at(id), &suhe).text();
    assert!(page.contains("本人确认误触") && page.contains("申请人提出异议"));
    assert!(page.contains("<b>2026-03-04</b>"), "the limit counts anew");
}

fn who_can_not_be_reached_is_tried_again(on: On) {
    let pages = Pages::real(on);
    let id = pages.rated_case(1, Satisfaction::Dissatisfied, "");
    let suhe = lead(&pages, "suhe");
    pages.done(id, "verify", &suhe, &[upheld("属实").as_slice(), &[("complex", "on")]].concat());
    assert!(pages.get(LIST, &suhe).text().contains("2026-03-23"), "fifteen workdays");
    pages.done(id, "mend", &suhe, &[("on", "2026-03-02"), ("words", "已整改")]);
    let miss = |tries| [("on", "2026-03-02"), ("way", "phone"), ("tries", tries), ("words", "")];
    pages.done(id, "miss", &suhe, &miss("2"));
    assert!(pages.get(&format!("{LIST}?shelf=mended"), &suhe).text().contains(&at(id)));
    pages.done(id, "miss", &suhe, &miss("1"));
    let done = pages.get(&format!("{LIST}?shelf=done"), &suhe).text();
    assert!(done.contains("联系不上"), "{done}");
    let counts = pages.store.read(|tx| tx.follow_up_counts(day(), day())).unwrap();
    assert_eq!((counts.visited_per_mille(), counts.mended_per_mille()), (Some(0), Some(1000)));
}

/// Two people, one task: the second is told, and has what they typed.
fn who_comes_second_loses_nothing(on: On) {
    let pages = Pages::real(on);
    let id = pages.rated_case(1, Satisfaction::Dissatisfied, "慢");
    let (suhe, lina) = (lead(&pages, "suhe"), lead(&pages, "lina"));
    let page = pages.get(&at(id), &lina);
    let (form, seen) = (page.hidden("form"), page.hidden("seen"));
    pages.done(id, "verify", &suhe, &upheld("先到的结论"));
    let typed = "后到的人写了很久的结论";
    let send = |step: &str, seen: &str, fields: &[(&str, &str)]| {
        let own = [("form", form.as_str()), ("seen", seen)];
        pages.send(&format!("{}/{step}", at(id)), Some(&lina), &[&own, fields].concat())
    };
    let late = send("verify", &seen, &[("finding", "mistaken"), ("words", typed)]);
    assert_eq!(late.status, StatusCode::CONFLICT);
    let text = late.text();
    assert!(text.contains("已有新的处理") && text.contains(typed) && text.contains("先到的结论"));
    assert!(!text.contains("<pre class=\"kept\">mistaken"), "a choice is no text");
    // The same step, offered still, keeps the text in its form.
    pages.done(id, "mend", &suhe, &[("on", "2026-03-02"), ("words", "已改")]);
    let miss = [("on", "2026-03-02"), ("way", "phone"), ("tries", "1"), ("words", "")];
    pages.done(id, "miss", &suhe, &miss);
    let visit = [("on", "2026-03-02"), ("way", "phone"), ("words", typed)];
    for stale in ["2", "", "x", "-1", "99999999999"] {
        let late = send("visit", stale, &visit);
        assert_eq!(late.status, StatusCode::CONFLICT, "{stale}");
        assert!(late.text().contains(&format!(">{typed}</textarea>")), "{}", late.text());
    }
    let steps = pages.store.read(|tx| tx.follow_up_steps(id, day())).unwrap();
    assert_eq!(steps.len(), 3);
    assert_eq!(send("visit", "3", &visit).status, StatusCode::SEE_OTHER);
    assert_eq!(pages.audited("act-refused").len(), 6);
}

fn only_the_hall_follows_up(on: On) {
    let pages = Pages::real(on);
    let id = pages.rated_case(1, Satisfaction::Dissatisfied, "慢");
    pages.account("admin", Role::Administrator, None);
    pages.account("all", Role::Lead, None);
    let others = [
        pages.official("lina", Role::Reviewer),
        pages.official("bai", Role::Lead),
        pages.sign_in("all", PASSWORD),
        pages.sign_in("admin", PASSWORD),
    ];
    for session in &others {
        for path in [LIST.to_owned(), at(id)] {
            let answer = pages.get(&path, session);
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
            assert!(!answer.text().contains(PHONE));
        }
        let form = pages.get("/office/password", session).hidden("form");
        let fields =
            [("form", form.as_str()), ("seen", "0"), ("finding", "upheld"), ("words", "x")];
        for path in [format!("{}/verify", at(id)), format!("{LIST}/limits")] {
            let answer = pages.send(&path, Some(session), &fields);
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        }
        assert!(!pages.get("/office/password", session).text().contains("差评"));
    }
    assert_eq!(pages.get_at(0, LIST, None).to(), "/office/sign-in");
    assert_eq!(pages.get_at(0, &at(id), None).to(), "/office/sign-in");
    assert!(pages.store.read(|tx| tx.follow_up_steps(id, day())).unwrap().is_empty());
    assert_eq!(pages.audited("forbidden").len(), 16);
    // The hall's own pages are no way into cases.
    let suhe = lead(&pages, "suhe");
    for path in
        ["/office/cases", &format!("/office/cases/{id}"), "/office/accounts", "/office/audit"]
    {
        assert_eq!(pages.get(path, &suhe).status, StatusCode::FORBIDDEN, "{path}");
    }
}

fn what_is_sent_wrongly_changes_nothing(on: On) {
    let pages = Pages::real(on);
    let harm = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
    let id = pages.rated_case(1, Satisfaction::Dissatisfied, harm);
    let suhe = lead(&pages, "suhe");
    let page = pages.get(&at(id), &suhe);
    for running in ["<script", "<img", " style=", "javascript:"] {
        assert!(!page.text().contains(running), "{running}");
    }
    // Of no session, of another one, of none at all: as every form of these pages.
    let form = page.hidden("form");
    let verify = format!("{}/verify", at(id));
    for wrong in ["", "x", &form[..63]] {
        let fields = [("form", wrong), ("seen", "0"), ("finding", "upheld"), ("words", "写了很久")];
        let answer = pages.send(&verify, Some(&suhe), &fields);
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.text().contains("写了很久"));
    }
    let fields = [("form", form.as_str()), ("seen", "0"), ("words", "写了很久")];
    assert_eq!(pages.send(&verify, None, &fields).status, StatusCode::UNAUTHORIZED);
    // Tasks and steps that are none.
    let unknown = [
        format!("{LIST}/{}/{}", case(9), day()),
        format!("{LIST}/{id}/2026-03-01"),
        format!("{LIST}/{id}/x"),
        format!("{LIST}/x/{}", day()),
        format!("{LIST}/{id}"),
    ];
    for path in &unknown {
        assert_eq!(pages.get(path, &suhe).status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in [format!("{}/verify", unknown[0]), format!("{}/nothing", at(id))] {
        assert_eq!(pages.send(&path, Some(&suhe), &fields).status, StatusCode::NOT_FOUND, "{path}");
    }
    for (step, fields) in [
        ("verify", vec![("finding", harm), ("words", "x")]),
        ("verify", vec![("finding", "upheld"), ("words", "a\0b")]),
        ("verify", vec![("finding", "upheld")]),
        ("mend", vec![("on", "2026-03-02"), ("words", "x")]),
        ("visit", vec![("on", harm), ("way", harm), ("words", harm)]),
        ("miss", vec![("on", "2026-03-02"), ("way", "phone"), ("tries", harm)]),
        ("reopen", vec![("words", "x")]),
    ] {
        let answer = pages.step(id, step, &suhe, &fields);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{step} {fields:?}");
        assert!(!answer.text().contains("<script"));
    }
    let long = "长".repeat(1001);
    let answer = pages.step(id, "verify", &suhe, &upheld(&long));
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains(&long), "what was typed is not lost");
    for query in ["?q=%25", "?q=%27%3B%20DROP%20TABLE%20x", "?page=999999", "?shelf=x&light=x"] {
        assert_eq!(pages.get(&format!("{LIST}{query}"), &suhe).status, StatusCode::OK, "{query}");
    }
    assert!(!pages.get(&format!("{LIST}?q=%25"), &suhe).text().contains(&at(id)), "no pattern");
    let stands = pages.store.read(|tx| tx.follow_up(id, day())).unwrap().unwrap();
    assert_eq!(stands.task.steps, 0);
}

fn the_limits_are_the_halls_own(on: On) {
    let pages = Pages::real(on);
    pages.rated_case(1, Satisfaction::Dissatisfied, "慢");
    let suhe = lead(&pages, "suhe");
    let page = pages.get(LIST, &suhe);
    assert!(page.text().contains("按本地办法") && page.text().contains("2026-03-03"));
    let form = page.hidden("form");
    let set = |verify: &str, mend: &str, complex: &str| {
        let fields =
            [("form", form.as_str()), ("verify", verify), ("mend", mend), ("complex", complex)];
        pages.send(&format!("{LIST}/limits"), Some(&suhe), &fields)
    };
    for (verify, mend, complex) in
        [("0", "5", "15"), ("2", "1", "15"), ("2", "5", "4"), ("x", "", "99999")]
    {
        let refused = set(verify, mend, complex);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains(&format!("value=\"{complex}\"")), "as it was typed");
    }
    assert!(pages.get(LIST, &suhe).text().contains("2026-03-03"));
    assert_eq!(set("2", "7", "20").status, StatusCode::SEE_OTHER);
    let text = pages.get(LIST, &suhe).text();
    assert!(text.contains("2026-03-04"), "what waits follows them");
    assert_eq!(pages.audited("set-limits"), ["suhe 核实2、整改7、情况复杂20个工作日"]);
}

fn lights_and_counts_follow_the_days(on: On) {
    let mut hall = Hall::of(Pages::real(on));
    let all: Vec<Planned> = (1..=125).map(Planned::nth).collect();
    hall.file(&all);
    let poor: Vec<&Planned> = all.iter().filter(|p| p.n % 5 == 2).collect();
    let suhe = hall.lead("suhe");
    let list =
        |query: &str, session: &Session| hall.pages.get(&format!("{LIST}{query}"), session).text();
    let text = list("", &suhe);
    assert!(text.contains(&format!("待办 {}", poor.len())) && text.contains("第1/2页"));
    assert!(text.contains(&format!("<b>{}</b>", poor.len())), "all of them by tomorrow");
    let second = list("?page=2", &suhe);
    let rows = |text: &str| text.matches("<td class=\"number\">").count();
    assert_eq!((rows(&text), rows(&second)), (20, 5));
    for planned in &poor {
        let address = format!("{LIST}/{}/{}", planned.id(), planned.on);
        assert!(text.contains(&address) != second.contains(&address), "{planned:?}");
    }
    let number = hall.number(poor[3]);
    assert_eq!(rows(&list(&format!("?q={}", number.to_lowercase()), &suhe)), 1);
    // Two days later nothing was done: red.
    hall.pages.wait(SignedDuration::from_hours(48));
    let suhe = hall.pages.sign_in("suhe", PASSWORD);
    assert_eq!(rows(&list("?light=red&page=2", &suhe)), 5);
    assert_eq!(rows(&list("?light=orange", &suhe)), 0);
}

fn practice_makes_no_task(on: On) {
    let mut hall = Hall::of(Pages::new(on));
    hall.file(&(1..=20).map(Planned::nth).collect::<Vec<_>>());
    let suhe = hall.lead("suhe");
    let text = hall.pages.get(LIST, &suhe).text();
    assert!(text.contains("演练办件的评价不是真实评价") && text.contains("没有待办的差评"));
    assert!(
        hall.pages
            .get("/office/figures?from=2026-01-01&to=2026-03-02", &suhe)
            .text()
            .contains("收件")
    );
}

on_both_engines!(
    a_poor_rating_is_followed_up_and_no_window_hears_of_it,
    what_is_mistaken_is_not_adopted_and_stays,
    who_can_not_be_reached_is_tried_again,
    who_comes_second_loses_nothing,
    only_the_hall_follows_up,
    what_is_sent_wrongly_changes_nothing,
    the_limits_are_the_halls_own,
    lights_and_counts_follow_the_days,
    practice_makes_no_task,
);
