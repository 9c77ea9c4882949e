//! What concerns the release as a whole: departments, names across matters, bundles, calendar.

use std::collections::HashMap;

use jiff::civil::{Date, date};
use yichuang_domain::bundle::Joint;
use yichuang_domain::calendar::YearStatus;
use yichuang_domain::matter::{Department, Matter};

use super::Findings;
use super::rule::{
    BUNDLE_FOR_NOBODY, BUNDLE_OF_ONE, COMPLAINTS_TO_ITSELF, DEPARTMENT_WITHOUT_MATTERS, ODD_PHONE,
    ODD_YEAR, REVIEWS_ITSELF, SAME_ALIAS, USELESS_ALIAS, YEAR_MISSING, YEAR_STILL_ESTIMATED,
};
use crate::package::{Bundle, GuidePackage};

/// Workdays of a year: 248 to 252 in every year since 2008; far outside something is missing.
const WORKDAYS_OF_A_YEAR: std::ops::RangeInclusive<usize> = 240..=256;

pub(super) fn review(package: &GuidePackage, findings: &mut Findings) {
    calendar(package, findings);
    for (at, department) in package.departments.iter().enumerate() {
        findings.about(format!("departments[{at}]"), &department.name);
        let used = package.matters.iter().any(|m| m.department == department.code);
        review_department(department, used, findings);
    }
    aliases(package, findings);
    for (at, bundle) in package.bundles.iter().enumerate() {
        findings.about(format!("bundles[{at}]"), &bundle.name);
        if bundle.matters.len() == 1 {
            let message = "一件事里只有一个事项，不成其为一件事，请补上其他事项";
            findings.add(&BUNDLE_OF_ONE, "matters", message);
        }
        for_nobody(bundle, &package.matters, findings);
    }
}

/// A bundle that no kind of applicant may apply for as a whole can't be filed by anybody.
fn for_nobody(bundle: &Bundle, matters: &[Matter], findings: &mut Findings) {
    let members: Vec<&Matter> = bundle
        .matters
        .iter()
        .filter_map(|code| matters.iter().find(|matter| matter.code == *code))
        .collect();
    if Joint::of(&bundle.name, &bundle.lead, members.clone()).audience().is_empty() {
        let audiences: Vec<String> = members
            .iter()
            .map(|matter| {
                let kinds: Vec<_> = matter.audience.iter().map(|kind| kind.label()).collect();
                format!("“{}”面向{}", matter.name, kinds.join("、"))
            })
            .collect();
        let message = format!(
            "没有一类申请人能办全这一件事：{}。请核对服务对象，或拆成几件事",
            audiences.join("，")
        );
        findings.add(&BUNDLE_FOR_NOBODY, "matters", message);
    }
}

fn calendar(package: &GuidePackage, findings: &mut Findings) {
    findings.about("calendar", "工作日历");
    let issued = package.issued_on.year();
    for year in [issued, issued.saturating_add(1)] {
        let place = format!("years.{year}");
        match package.calendar.years.get(&year) {
            None => {
                let message = format!("没有{year}年的日历，跨入该年的到期日只能按周末推算，请补上");
                findings.add(&YEAR_MISSING, &place, message);
            }
            Some(entry) if entry.status == YearStatus::Estimated && year == issued => {
                let message = format!("{year}年已经开始，日历还是推算的，请换成放假通知的安排");
                findings.add(&YEAR_STILL_ESTIMATED, &place, message);
            }
            Some(_) => {}
        }
    }
    for (year, entry) in &package.calendar.years {
        if entry.status != YearStatus::Official {
            continue;
        }
        let days = days_of(*year).filter(|day| package.calendar.is_workday(*day)).count();
        if !WORKDAYS_OF_A_YEAR.contains(&days) {
            let message = format!("{year}年共{days}个工作日，与常年相差太多，请核对放假和调休");
            findings.add(&ODD_YEAR, &format!("years.{year}"), message);
        }
    }
}

fn days_of(year: i16) -> impl Iterator<Item = Date> {
    let first = date(year, 1, 1);
    std::iter::successors(Some(first), move |day| day.tomorrow().ok().filter(|d| d.year() == year))
}

fn review_department(department: &Department, used: bool, findings: &mut Findings) {
    let digits = |phone: &str| phone.chars().filter(char::is_ascii_digit).collect::<String>();
    let (ask, complain) = (digits(&department.phone), digits(&department.complaint_phone));
    if !ask.is_empty() && ask == complain {
        let message = "监督投诉电话与咨询电话相同，投诉会回到被投诉的人手里，请换一个";
        findings.add(&COMPLAINTS_TO_ITSELF, "complaint_phone", message);
    }
    for (field, phone, digits) in [
        ("phone", &department.phone, ask),
        ("complaint_phone", &department.complaint_phone, complain),
    ] {
        if !digits.is_empty() && !is_whole_phone(&digits) {
            let message = format!("“{phone}”不像完整的电话，座机请带区号");
            findings.add(&ODD_PHONE, field, message);
        }
    }
    if !department.review_body.is_empty() && department.review_body == department.name {
        let message = "复议机关写成了本机关，请写本级人民政府或上一级主管部门";
        findings.add(&REVIEWS_ITSELF, "review_body", message);
    }
    if !used {
        let message = "没有一个事项属于这个实施主体，请核对代码，或删去";
        findings.add(&DEPARTMENT_WITHOUT_MATTERS, "", message);
    }
}

/// A landline with its area code, a mobile phone, or a service number (12345, 95598, 400…).
fn is_whole_phone(digits: &str) -> bool {
    match digits.len() {
        5 => digits.starts_with('1') || digits.starts_with('9'),
        10 => digits.starts_with('0') || digits.starts_with("400") || digits.starts_with("800"),
        11 => digits.starts_with('0') || digits.starts_with('1'),
        12 => digits.starts_with('0'),
        _ => false,
    }
}

fn aliases(package: &GuidePackage, findings: &mut Findings) {
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (at, matter) in package.matters.iter().enumerate() {
        findings.about_matter(at, matter);
        for (n, alias) in matter.aliases.iter().enumerate() {
            let place = format!("aliases[{n}]");
            let alias = alias.trim();
            if alias == matter.name.trim() {
                findings.add(
                    &USELESS_ALIAS,
                    &place,
                    format!("别名“{alias}”就是事项名称，可以删去"),
                );
            }
            match first.insert(alias, at) {
                Some(other) if other != at => {
                    let name = package.matters.get(other).map_or("", |m| m.name.as_str());
                    let message =
                        format!("别名“{alias}”也是“{name}”的别名，群众说的是哪一件，请写出区别");
                    findings.add(&SAME_ALIAS, &place, message);
                }
                _ => {}
            }
        }
    }
}
