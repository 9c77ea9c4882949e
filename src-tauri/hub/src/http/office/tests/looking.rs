use axum::http::{StatusCode, header};
use yichuang_domain::bundle::BundleRef;
use yichuang_domain::case::Parties;
use yichuang_domain::case::event::EventBody;
use yichuang_domain::matter::{Limit, LimitUnit};
use yichuang_domain::review::Role;

use super::{PASSWORD, Pages};
use crate::sample::{On, case, number, on_both_engines};

/// What a field of a case may hold when somebody means harm.
const HARM: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;{{7*7}}";

/// The page with what was written in a case taken out: nothing of it may be left unescaped.
fn is_harmless(text: &str, what: &str) {
    for harm in ["<script", "<img", "onerror=alert(2)>", "\"'><"] {
        assert!(!text.contains(harm), "{harm} of a {what} in {text}");
    }
}

fn what_a_case_says_is_shown_and_never_runs(on: On) {
    let pages = Pages::new(on);
    let id = case(1);
    let mut body = pages.filing(1);
    let EventBody::Filed { number, matter, applicant, agent, materials, bundle, .. } = &mut body
    else {
        panic!()
    };
    *bundle = Some(BundleRef {
        id: HARM.to_owned(),
        name: HARM.to_owned(),
        lead: number.clone(),
        cases: vec![number.clone()],
        limit: None,
    });
    matter.name = HARM.to_owned();
    applicant.party.name = HARM.to_owned();
    applicant.party.id_number = HARM.to_owned();
    applicant.party.phone = Some(HARM.to_owned());
    *agent = Some(applicant.party.clone());
    let material = materials[0].material.id.clone();
    materials[0].material.name = HARM.to_owned();
    materials[0].material.standard = HARM.to_owned();
    materials[0].reason = HARM.to_owned();
    // A material's id becomes part of the names of fields.
    materials[1].material.id = HARM.to_owned();
    pages.push(id, vec![body, pages.accepted()]);
    let reviewer = pages.official("lina", Role::Reviewer);
    pages.account("all", Role::Reviewer, None);
    let mut shown = vec![("case", pages.get(&format!("/office/cases/{id}"), &reviewer).text())];
    assert!(shown[0].1.contains("一件事："), "the department sees what it belongs to");
    let mend = format!("mend.{material}");
    let wrong = [("items", material.as_str()), (mend.as_str(), HARM), ("reason", "")];
    let refused = pages.act(id, "ask", &reviewer, &wrong);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    shown.push(("form", refused.text()));
    let odd = format!("mend.{HARM}");
    let asks = [("items", HARM), (odd.as_str(), HARM), ("reason", HARM)];
    assert_eq!(pages.act(id, "ask", &reviewer, &asks).status, StatusCode::SEE_OTHER);
    shown.push(("history", pages.get(&format!("/office/cases/{id}"), &reviewer).text()));
    let denial = [("reason", HARM), ("basis", HARM), ("remedies", HARM)];
    assert_eq!(pages.act(id, "deny", &reviewer, &denial).status, StatusCode::SEE_OTHER);
    let late = pages.send(
        &format!("/office/cases/{id}/deny"),
        Some(&reviewer),
        &[&[("form", pages.get("/office/cases", &reviewer).hidden("form").as_str())], &denial[..]]
            .concat(),
    );
    assert_eq!(late.status, StatusCode::CONFLICT);
    shown.push(("late form", late.text()));
    let search = format!("/office/cases?shelf=decided&q={}", super::encode("<script>"));
    let list = pages.get(&search, &reviewer).text();
    assert!(list.contains("&lt;script&gt;") && list.contains(&id.to_string()), "{list}");
    shown.push(("list", list));
    shown.push((
        "address",
        pages.get(&format!("/office/cases?q={}&page=x", super::encode(HARM)), &reviewer).text(),
    ));
    shown.push(("sign-in", pages.try_sign_in(HARM, "x").text()));
    pages.account("admin", Role::Administrator, None);
    let admin = pages.sign_in("admin", PASSWORD);
    shown.push(("audit", pages.get("/office/audit", &admin).text()));
    for (what, text) in &shown {
        is_harmless(text, what);
    }
    assert!(shown[2].1.contains("&lt;script&gt;alert(1)"), "it is shown as it was written");
}

fn the_list_is_sorted_by_urgency_and_found_by_number_and_name(on: On) {
    let pages = Pages::new(on);
    let reviewer = pages.official("lina", Role::Reviewer);
    // 2026-03-02 is a Monday. Last days: the 6th, the 3rd, the 27th of February, the 4th, none.
    let limits = [Some(4), Some(1), Some(0), Some(2), None];
    let from = |n: usize| if n == 2 { "2026-02-27" } else { "2026-03-02" };
    for (n, limit) in limits.iter().enumerate() {
        let on = from(n).parse().unwrap();
        let due = limit
            .map(|value| pages.guide.calendar.due(on, Limit { value, unit: LimitUnit::Workdays }));
        let accepted = EventBody::Accepted { on, due, deferred: Vec::new() };
        let mut body = pages.filing(n as u32 + 1);
        if let EventBody::Filed { applicant, .. } = &mut body {
            applicant.party.name = format!("申请人{n}_%");
        }
        pages.push(case(n as u128 + 1), vec![body, accepted]);
    }
    let order = |text: &str| -> Vec<usize> {
        let number_of = |n: usize| number(&pages.device, true, n as u32 + 1).to_string();
        let mut found: Vec<(usize, usize)> =
            (0..5).filter_map(|n| Some((text.find(&number_of(n))?, n))).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, n)| n).collect()
    };
    let list = |path: &str| pages.get(path, &reviewer).text();
    let all = list("/office/cases");
    assert_eq!(order(&all), [2, 1, 3, 0, 4]);
    for (light, count) in [("red", 1), ("orange", 1), ("yellow", 1), ("green", 1)] {
        let lit = all.matches(&format!("<span class=\"light {light}\">")).count();
        assert_eq!(lit, count, "{light}");
        assert_eq!(order(&list(&format!("/office/cases?light={light}"))).len(), count, "{light}");
    }
    let found = |q: &str| order(&list(&format!("/office/cases?q={}", super::encode(q))));
    let third = number(&pages.device, true, 3).to_string().to_lowercase();
    assert_eq!(found(&third), [2]);
    assert_eq!(found("申请人3"), [3]);
    assert_eq!(found("_%"), [2, 1, 3, 0, 4], "what is typed is no pattern");
    assert_eq!(found("%人"), [0usize; 0]);
    assert_eq!(order(&list("/office/cases?shelf=asked")), [0usize; 0]);
    assert_eq!(order(&list("/office/cases?page=2")), [0usize; 0]);
    // The clock of one stops: nothing presses, and it goes to the end.
    let stop = [("procedure", "鉴定"), ("reason", "需要鉴定")];
    assert_eq!(pages.act(case(3), "stop-clock", &reviewer, &stop).status, StatusCode::SEE_OTHER);
    assert_eq!(order(&list("/office/cases")), [1, 3, 0, 2, 4]);
}

fn scans_are_shown_as_what_they_are_or_not_at_all(on: On) {
    let pages = Pages::new(on);
    let id = pages.case(1);
    let png = b"\x89PNG\r\n\x1a\n<script>alert(1)</script>";
    let good = pages.scan(id, "正面 \"1\".png", png);
    let pdf = pages.scan(id, "表.pdf", b"%PDF-1.7 1 0 obj");
    // Announced as a picture; the bytes that came are proven by their hash, and are one.
    let reviewer = pages.official("lina", Role::Reviewer);
    let page = pages.get(&format!("/office/cases/{id}"), &reviewer).text();
    let at = |hash: &str| format!("/office/cases/{id}/scans/{hash}");
    assert!(page.contains(&at(&good.hash)) && page.contains(&at(&pdf.hash)));
    let shown = pages.get(&at(&good.hash), &reviewer);
    assert_eq!((shown.status, shown.bytes.as_slice()), (StatusCode::OK, &png[..]));
    assert_eq!(shown.header(header::CONTENT_TYPE), "image/png");
    assert_eq!(shown.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert!(shown.header(header::CONTENT_SECURITY_POLICY).contains("sandbox"));
    assert!(shown.header(header::CONTENT_DISPOSITION).starts_with("inline; filename*=UTF-8''"));
    let shown = pages.get(&at(&pdf.hash), &reviewer);
    assert_eq!(shown.header(header::CONTENT_TYPE), "application/pdf");
    assert!(shown.header(header::CONTENT_SECURITY_POLICY).contains("sandbox"));
    let saved = pages.get(&format!("{}?save=1", at(&pdf.hash)), &reviewer);
    assert!(saved.header(header::CONTENT_DISPOSITION).starts_with("attachment; "));
    // Of no case of theirs, not there, or no hash at all.
    let missing = "0".repeat(64);
    for wrong in [missing.as_str(), "..%2f..%2fhub.db", "x"] {
        assert_eq!(pages.get(&at(wrong), &reviewer).status, StatusCode::NOT_FOUND, "{wrong}");
    }
    pages.account("other", Role::Lead, Some("根河市医疗保障局"));
    let other = pages.sign_in("other", PASSWORD);
    assert_eq!(pages.get(&at(&good.hash), &other).status, StatusCode::NOT_FOUND);
    let nobody = pages.get_at(0, &at(&good.hash), None);
    assert_eq!((nobody.status, nobody.to()), (StatusCode::SEE_OTHER, "/office/sign-in"));
    // Announced, not here yet.
    let mut announced = good.clone();
    announced.hash = "ab".repeat(32);
    let material = pages.guide.matters.iter().find(|m| m.code == super::MATTER).unwrap();
    let material = material.materials[0].id.clone();
    pages.push(id, vec![EventBody::AttachmentAdded { material, announced: announced.clone() }]);
    let page = pages.get(&format!("/office/cases/{id}"), &reviewer).text();
    assert!(page.contains("窗口还没有传到") && !page.contains(&at(&announced.hash)));
    assert_eq!(pages.get(&at(&announced.hash), &reviewer).status, StatusCode::NOT_FOUND);
}

fn the_audit_tells_who_looked_and_who_did(on: On) {
    let pages = Pages::new(on);
    let id = pages.case(1);
    let reviewer = pages.official("lina", Role::Reviewer);
    pages.try_sign_in("lina", "wrong password");
    assert_eq!(pages.act(id, "review", &reviewer, &[]).status, StatusCode::SEE_OTHER);
    pages.account("admin", Role::Administrator, None);
    let admin = pages.sign_in("admin", PASSWORD);
    let of = |query: &str| pages.get(&format!("/office/audit?{query}"), &admin).text();
    let all = of("");
    let no = number(&pages.device, true, 1).to_string();
    assert_eq!(all.matches("<td>登录</td>").count(), 2, "each sign-in once");
    for told in ["登录失败", "查看办件", "办理", "开始审查", "lina·苏和", &no, "10.0.0.9"]
    {
        assert!(all.contains(told), "{told}");
    }
    assert!(!all.contains("𠮷日嘎拉") && !all.contains("152127199001010019"));
    let rows = |text: &str| text.matches("<tr>").count().saturating_sub(1);
    assert_eq!(rows(&of("act=acted")), 1);
    assert_eq!(rows(&of(&format!("act=saw-case&q={no}"))), 1);
    assert_eq!(rows(&of("act=acted&q=nobody")), 0);
    assert_eq!(rows(&of("act=acted&from=2026-03-02&to=2026-03-02")), 1);
    assert_eq!(rows(&of("act=acted&from=2026-03-03")), 0);
    assert_eq!(rows(&of("act=acted&to=2026-03-01")), 0);
    assert_eq!(rows(&of("act=acted&page=2")), 0);
}

fn without_a_guide_it_says_what_is_missing(on: On) {
    let pages = Pages::with(on, 1, None);
    let id = pages.case(1);
    let lead = pages.official("suhe", Role::Lead);
    assert!(pages.get("/office/cases", &lead).text().contains("还没有发布办事指南"));
    let page = pages.get(&format!("/office/cases/{id}"), &lead).text();
    assert!(page.contains("/review") && page.contains("/grant"));
    assert!(!page.contains("/stop-clock") && !page.contains("/extend"));
    let refused = pages.act(id, "extend", &lead, &[("days", "5"), ("reason", "复杂")]);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("请先发布该版本"));
    assert_eq!(pages.added(), 0);
}

fn a_corrected_name_is_what_is_listed_and_found(on: On) {
    let pages = Pages::new(on);
    let filing = pages.filing(1);
    let EventBody::Filed { applicant, agent, .. } = &filing else { panic!() };
    let was = Parties { applicant: applicant.clone(), agent: agent.clone() };
    let mut now = was.clone();
    now.applicant.party.name = "乌日娜𬱖".to_owned();
    let corrected = EventBody::PartiesCorrected {
        was: was.clone(),
        now,
        on: crate::sample::day(),
        reason: "录入有误".to_owned(),
    };
    let id = case(1);
    pages.push(id, vec![filing, pages.accepted()]);
    let reviewer = pages.official("lina", Role::Reviewer);
    let listed = |name: &str| {
        let path = format!("/office/cases?q={}", super::encode(name));
        pages.get(&path, &reviewer).text().contains(&format!("/office/cases/{id}"))
    };
    assert!(listed(&was.applicant.party.name));
    pages.push(id, vec![corrected]);
    assert!(listed("乌日娜𬱖") && !listed(&was.applicant.party.name));
    let page = pages.get(&format!("/office/cases/{id}"), &reviewer).text();
    assert!(page.contains("更正为“乌日娜𬱖”，原因：录入有误"));
}

/// A case follows the release it was filed under, whatever was published since.
fn a_case_stays_with_its_release(on: On) {
    let pages = Pages::new(on);
    let id = pages.case(1);
    let newer = yichuang_guide::EXAMPLE
        .replacen("\"release\": 1", "\"release\": 2", 1)
        .replace("\"appraisal\"", "\"hearing\"");
    assert_ne!(newer.len(), yichuang_guide::EXAMPLE.len(), "another procedure");
    crate::publish::publish(&pages.store, newer.as_bytes(), crate::sample::now()).unwrap();
    let reviewer = pages.official("lina", Role::Reviewer);
    let page = pages.get(&format!("/office/cases/{id}"), &reviewer).text();
    assert!(page.contains("鉴定") && !page.contains("听证"));
    let stop = |procedure| [("procedure", procedure), ("reason", "需要")];
    let other = pages.act(id, "stop-clock", &reviewer, &stop("听证"));
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    let own = pages.act(id, "stop-clock", &reviewer, &stop("鉴定"));
    assert_eq!(own.status, StatusCode::SEE_OTHER);
}

on_both_engines!(
    what_a_case_says_is_shown_and_never_runs,
    the_list_is_sorted_by_urgency_and_found_by_number_and_name,
    scans_are_shown_as_what_they_are_or_not_at_all,
    the_audit_tells_who_looked_and_who_did,
    without_a_guide_it_says_what_is_missing,
    a_case_stays_with_its_release,
    a_corrected_name_is_what_is_listed_and_found,
);
