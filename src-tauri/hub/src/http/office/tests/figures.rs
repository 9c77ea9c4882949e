use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use axum::http::{StatusCode, header};
use calamine::{Data, Reader as _, Xlsx};
use jiff::civil::{Date, date};
use yichuang_domain::review::Role;

use super::hall::{Hall, OTHER, Planned, Way, by_hand, plain, table};
use super::{DEPARTMENT, PASSWORD, Pages, Session};
use crate::sample::{On, on_both_engines};
use crate::store::{AuditQuery, KeptCase};

/// More than the store gives at once, so that the pages must go on.
const CASES: u32 = 430;
const MONTH: &str = "from=2026-02-01&to=2026-02-28";

fn today() -> Date {
    date(2026, 3, 2)
}

fn in_february(planned: &&Planned) -> bool {
    planned.on.year() == 2026 && planned.on.month() == 2
}

impl Hall {
    fn page(&self, query: &str, session: &Session) -> String {
        let answer = self.pages.get(&format!("/office/figures?{query}"), session);
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.text()
    }
}

/// Each line of the page says what the oracle counted for its cases, and no line is missing.
fn agrees(page: &str, groups: &BTreeMap<String, Vec<Planned>>) {
    let (heads, mut lines) = table(page);
    let mut all = groups.clone();
    all.insert("合计".to_owned(), groups.values().flatten().copied().collect());
    for (name, planned) in &all {
        let line = lines.remove(name).unwrap_or_else(|| panic!("no line {name}"));
        for (word, count) in by_hand(planned, today()) {
            let at = heads.iter().position(|head| head == word).unwrap() - 1;
            assert_eq!(line[at], count.to_string(), "{word} of {name}");
        }
        let with_limit =
            planned.iter().filter(|p| matches!(p.way, Way::OnTime | Way::Late)).count();
        let on_time = planned.iter().filter(|p| p.way == Way::OnTime).count();
        let rate = (on_time * 1000).checked_div(with_limit);
        let rate = rate.map_or("—".to_owned(), |r| format!("{}.{}%", r / 10, r % 10));
        let at = heads.iter().position(|head| head == "按期办结率").unwrap() - 1;
        assert_eq!(line[at], rate, "{name}");
    }
    assert!(lines.is_empty(), "lines of nothing: {lines:?}");
}

fn grouped(all: &[Planned], by: impl Fn(&Planned) -> String) -> BTreeMap<String, Vec<Planned>> {
    let mut groups: BTreeMap<String, Vec<Planned>> = BTreeMap::new();
    for planned in all.iter().filter(in_february) {
        groups.entry(by(planned)).or_default().push(*planned);
    }
    groups
}

fn figures_are_what_was_counted_by_hand(on: On) {
    let mut hall = Hall::of(Pages::real(on));
    let all: Vec<Planned> = (1..=CASES).map(Planned::nth).collect();
    hall.file(&all);
    let lead = hall.lead("suhe");
    let station = |p: &Planned| ["ZX", "ZX", "JH"][p.window].to_owned();
    let window = |p: &Planned| ["ZX 03号", "ZX 04号", "JH 03号"][p.window].to_owned();
    let page = |group: &str| hall.page(&format!("{MONTH}&group={group}"), &lead);
    agrees(&page("station"), &grouped(&all, station));
    assert!(hall.page(MONTH, &lead).contains("selected>按站点"), "what the hall looks at first");
    agrees(&page("window"), &grouped(&all, window));
    agrees(&page("clerk"), &grouped(&all, |p| format!("白哈斯（{}）", window(p))));
    agrees(&page("department"), &grouped(&all, |p| p.department.to_owned()));
    agrees(&page("day"), &grouped(&all, |p| p.on.to_string()));
    agrees(&page("month"), &grouped(&all, |p| p.on.strftime("%Y-%m").to_string()));

    // A department's lead sees the same of the department's cases, and nothing of the others'.
    let own: Vec<Planned> = all.iter().filter(|p| p.department == DEPARTMENT).copied().collect();
    let head = hall.pages.official("lina", Role::Lead);
    for group in ["station", "window", "matter", "department"] {
        let text = hall.page(&format!("{MONTH}&group={group}"), &head);
        let (heads, lines) = table(&text);
        let filed = heads.iter().position(|head| head == "收件").unwrap() - 1;
        assert_eq!(lines["合计"][filed], own.iter().filter(in_february).count().to_string());
        assert!(!text.contains(OTHER) && !text.contains("整改率"), "{group}");
    }
    agrees(&hall.page(&format!("{MONTH}&group=window"), &head), &grouped(&own, window));

    // Poor ratings of the period's cases, none of which anybody has looked into.
    let poor = all.iter().filter(in_february).filter(|p| p.n % 5 == 2).count();
    let text = plain(page("station").split("aria-label=\"差评回访\"").nth(1).unwrap());
    assert!(text.contains(&format!("{poor}差评")) && text.contains("0.0%整改率"), "{text}");
    // The course has a bar for every day, and says the sum to who can't see it.
    let filed = all.iter().filter(in_february).count();
    let text = page("station");
    assert!(text.contains(&format!("按日期的收件和办结：共收件{filed}件")));
    assert_eq!(text.matches("<title>2/").count(), 28);
}

fn a_number_leads_to_its_cases(on: On) {
    let mut hall = Hall::of(Pages::real(on));
    let all: Vec<Planned> = (1..=CASES).map(Planned::nth).collect();
    hall.file(&all);
    let lead = hall.lead("suhe");
    let page = hall.page(&format!("{MONTH}&group=window"), &lead);
    // Every number of the page leads to as many cases as it says.
    let linked: Vec<(String, usize)> = page
        .split("<a href=\"/office/figures/cases?")
        .skip(1)
        .map(|rest| {
            let (query, rest) = rest.split_once("\">").unwrap();
            (query.replace("&amp;", "&"), rest.split('<').next().unwrap().parse().unwrap())
        })
        .collect();
    assert!(linked.len() > 40, "{linked:?}");
    for (query, count) in linked {
        if query.contains("figure=materials") || query.contains("figure=services") {
            continue;
        }
        let mut path = format!("/office/figures/cases?{query}");
        let mut found = Vec::new();
        loop {
            let text = hall.pages.get(&path, &lead).text();
            let numbers = text.split("<td class=\"number\">").skip(1);
            found.extend(numbers.map(|rest| rest.split('<').next().unwrap().to_owned()));
            let Some((before, _)) = text.split_once("\" rel=\"next\">下一页") else { break };
            path = before.rsplit("href=\"").next().unwrap().replace("&amp;", "&");
        }
        assert_eq!(found.len(), count, "{query}");
        assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), count, "each once: {query}");
    }
    // They are the right ones, and nobody's name is told to who decides nothing.
    let late = "&group=window&figure=overdue&key=JH%2F03";
    let text = hall.pages.get(&format!("/office/figures/cases?{MONTH}{late}"), &lead).text();
    let of = |p: &&Planned| p.window == 2 && p.way == Way::Open && p.on < date(2026, 2, 25);
    let expected: Vec<&Planned> = all.iter().filter(in_february).filter(of).collect();
    assert!(!expected.is_empty());
    assert_eq!(text.matches("<td class=\"number\">").count(), expected.len());
    for planned in expected {
        assert!(text.contains(&hall.number(planned)), "{planned:?}");
    }
    assert!(!text.contains("𠮷日嘎拉") && !text.contains("/office/cases/"));
    // A department's lead goes on to the case, and has none of the others'.
    let head = hall.pages.official("lina", Role::Lead);
    let path = format!("/office/figures/cases?{MONTH}&figure=filed");
    let text = hall.pages.get(&path, &head).text();
    assert!(text.contains("𠮷日嘎拉"));
    let first = text.split("<a href=\"/office/cases/").nth(1).unwrap();
    let id = first.split('"').next().unwrap();
    assert_eq!(hall.pages.get(&format!("/office/cases/{id}"), &head).status, StatusCode::OK);
    let other = all.iter().find(|p| p.department == OTHER && in_february(p)).unwrap();
    let path = format!("{path}&after={}", other.id());
    let answer = hall.pages.get(&path, &head).text();
    for planned in all.iter().filter(|p| p.department == OTHER) {
        assert!(!answer.contains(&hall.number(planned)));
    }
    // The hall's lead has no page of a case at all.
    let case = format!("/office/cases/{}", other.id());
    assert_eq!(hall.pages.get(&case, &lead).status, StatusCode::FORBIDDEN);
}

fn a_workbook_says_what_the_page_says(on: On) {
    let mut hall = Hall::of(Pages::real(on));
    hall.file(&(1..=60).map(Planned::nth).collect::<Vec<_>>());
    let lead = hall.lead("suhe");
    let path = format!("/office/figures/export?{MONTH}&group=window");
    let answer = hall.pages.get(&path, &lead);
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.header(header::CONTENT_TYPE).contains("spreadsheetml"));
    let name = answer.header(header::CONTENT_DISPOSITION);
    assert!(name.starts_with("attachment; ") && name.contains("20260201-20260228"), "{name}");
    assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    let mut book = Xlsx::new(Cursor::new(answer.bytes)).expect("it opens");
    assert_eq!(book.sheet_names(), ["统计"]);
    let sheet = book.worksheet_range("统计").unwrap();
    let rows: Vec<Vec<Data>> = sheet.rows().map(<[Data]>::to_vec).collect();
    assert!(!rows[0][0].to_string().contains("演练"));
    assert!(rows[1][0].to_string().starts_with("全大厅"));
    let (heads, lines) = table(&hall.page(&format!("{MONTH}&group=window"), &lead));
    let column = |word: &str| {
        rows[2].iter().position(|cell| *cell == Data::String(word.to_owned())).unwrap()
    };
    for row in &rows[3..] {
        let shown = &lines[&row[0].to_string()];
        for (n, head) in heads.iter().enumerate().skip(1).filter(|(_, h)| !h.ends_with('率')) {
            assert_eq!(row[column(head)].to_string(), shown[n - 1], "{head}");
        }
    }
    assert_eq!(rows.len() - 3, lines.len());
    let taken = AuditQuery { act: "took-figures".to_owned(), ..AuditQuery::default() };
    let entries = hall.pages.store.read(|tx| tx.audit(&taken, 9, 0)).unwrap();
    assert_eq!(entries.len(), 1, "what leaves the hub is on record");
}

fn who_may_not_see_figures_is_refused_and_noted(on: On) {
    let hall = Hall::of(Pages::real(on));
    let reviewer = hall.pages.official("lina", Role::Reviewer);
    hall.pages.account("admin", Role::Administrator, None);
    let admin = hall.pages.sign_in("admin", PASSWORD);
    let paths = ["/office/figures", "/office/figures/cases?figure=filed", "/office/figures/export"];
    for path in paths {
        for session in [&reviewer, &admin] {
            assert_eq!(hall.pages.get(path, session).status, StatusCode::FORBIDDEN, "{path}");
        }
        assert_eq!(hall.pages.get_at(0, path, None).to(), "/office/sign-in", "{path}");
    }
    let audit = hall.pages.get("/office/audit?act=forbidden", &admin).text();
    assert_eq!(audit.matches("<td>越权被拒</td>").count(), 6);
    // The bar offers what an account may, and the first page is one of these.
    for (session, offered, first) in
        [(&reviewer, false, "/office/cases"), (&hall.lead("suhe"), true, "/office/figures")]
    {
        assert_eq!(hall.pages.get("/office", session).to(), first);
        let text = hall.pages.get("/office/password", session).text();
        assert_eq!(text.contains("href=\"/office/figures\""), offered);
    }
}

fn what_is_asked_wrongly_is_said_and_costs_nothing(on: On) {
    let hall = Hall::of(Pages::real(on));
    let lead = hall.lead("suhe");
    for (from, to, field) in [
        ("2026-02-30", "2026-03-01", "from"),
        ("x", "2026-03-01", "from"),
        ("2026-03-02", "2026-03-01", "to"),
        ("1900-01-01", "9999-12-31", "from"),
        ("2026-03-01", "99999999999-01-01", "to"),
        ("'; DROP TABLE cases; --", "2026-03-01", "from"),
        ("<script>alert(1)</script>", "2026-03-01", "from"),
    ] {
        let query = format!("from={}&to={}", super::encode(from), super::encode(to));
        let answer = hall.pages.get(&format!("/office/figures?{query}"), &lead);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{from} {to}");
        let text = answer.text();
        assert!(!text.contains("<script"), "{text}");
        let at = format!("name=\"{field}\" value=");
        let rest = text.split(&at).nth(1).unwrap().split('>').next().unwrap();
        assert!(rest.contains("aria-invalid=\"true\""), "{field} of {text}");
        for path in ["cases", "export"] {
            let answer = hall.pages.get(&format!("/office/figures/{path}?{query}"), &lead);
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        }
    }
    let status = |query: &str| hall.pages.get(&format!("/office/figures{query}"), &lead).status;
    assert_eq!(status("/cases?figure=nothing"), StatusCode::NOT_FOUND);
    assert_eq!(status("/cases"), StatusCode::NOT_FOUND);
    assert_eq!(status("/cases?figure=filed&after=x"), StatusCode::NOT_FOUND);
    let unknown = format!("/cases?figure=filed&after={}", crate::sample::case(999));
    assert_eq!(status(&unknown), StatusCode::NOT_FOUND);
    assert_eq!(status("/cases?figure=filed&key=%27%22%3Cscript%3E"), StatusCode::OK);
    assert_eq!(status("?group=nothing"), StatusCode::OK, "an unknown one is the usual one");
    // An empty hall says so; the days asked for are this month's.
    let text = hall.page("", &lead);
    assert!(text.contains("没有收件") && text.contains("value=\"2026-03-01\""), "{text}");
    assert!(text.contains("value=\"2026-03-02\""));
}

/// Whatever comes to stand in the database: cases of the other kind are not among the hub's own.
fn practice_is_never_counted_with_real_work(on: On) {
    let mut hall = Hall::of(Pages::real(on));
    let all: Vec<Planned> = (1..=20).map(Planned::nth).collect();
    hall.file(&all);
    let planned = all.iter().find(|p| in_february(p) && p.n % 5 == 2).unwrap();
    let lead = hall.lead("suhe");
    let before = table(&hall.page(MONTH, &lead)).1["合计"][0].parse::<usize>().unwrap();
    // The hub refuses practice at its door; this is one that stands there all the same.
    let store = &hall.pages.store;
    store
        .write(|tx| {
            let mut found = tx.case_by_id(planned.id())?.unwrap().case;
            found.practice = true;
            let (origin, number) = (found.origin.clone(), found.number.to_string());
            let kept = KeptCase { origin: &origin, number: &number, case: &found };
            tx.keep_cases(&[kept], crate::sample::now())
        })
        .unwrap();
    let text = hall.page(MONTH, &lead);
    assert_eq!(table(&text).1["合计"][0], (before - 1).to_string());
    let path = format!("/office/figures/cases?{MONTH}&figure=filed");
    assert!(!hall.pages.get(&path, &lead).text().contains(&hall.number(planned)));
    // A practice hub counts practice, and says that it does.
    let mut trial = Hall::of(Pages::new(on));
    trial.file(&all);
    let lead = trial.lead("suhe");
    let text = trial.page(MONTH, &lead);
    assert_eq!(table(&text).1["合计"][0], before.to_string());
    assert!(text.contains("演练大厅中心") && text.contains("<strong class=\"trial\">演练"));
    let book = trial.pages.get(&format!("/office/figures/export?{MONTH}"), &lead);
    assert!(book.header(header::CONTENT_DISPOSITION).contains(&super::encode("演练")));
}

on_both_engines!(
    figures_are_what_was_counted_by_hand,
    a_number_leads_to_its_cases,
    a_workbook_says_what_the_page_says,
    who_may_not_see_figures_is_refused_and_noted,
    what_is_asked_wrongly_is_said_and_costs_nothing,
    practice_is_never_counted_with_real_work,
);
