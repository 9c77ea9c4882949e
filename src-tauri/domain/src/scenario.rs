//! A scripted case (情景): an intake with what happens after it, and the result it should have.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::WorkCalendar;
use crate::determination::Outcome;
use crate::document::DocumentKind;
use crate::intake::{self, Examined, Intake, parse_date};
use crate::matter::{MaterialId, Matter};
use crate::refusal::{Refusal, RefusalCode};

/// What arrived after the notice, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SupplementInput {
    /// The day, `YYYY-MM-DD`.
    pub on: String,
    /// Which materials.
    pub ids: Vec<MaterialId>,
}

/// A scripted case, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Scenario {
    /// What it shows.
    pub title: String,
    /// What is taken in on the day of filing.
    #[serde(flatten)]
    pub intake: Intake,
    /// The day of the notice; none means the day of filing.
    pub notice_on: Option<String>,
    /// What arrived after the notice, and when.
    pub supplements: Option<Vec<SupplementInput>>,
    /// The right result; only what it names is compared.
    pub expect: Option<serde_json::Map<String, serde_json::Value>>,
}

/// What arrived after the notice, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supplement {
    /// The day.
    pub on: Date,
    /// Which materials, all of them in the notice.
    pub ids: Vec<MaterialId>,
}

/// A scripted case that was checked whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExaminedScenario {
    /// The day of filing and what follows on it.
    pub filing: Examined,
    /// The day of the notice.
    pub notice_on: Date,
    /// What arrived after it, in the order of the days.
    pub supplements: Vec<Supplement>,
}

/// The result of a case at the window, as `play` prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScenarioResult {
    /// 办件编号.
    pub case_number: String,
    /// What came of it.
    pub outcome: Outcome,
    /// What the notice listed, in guide order.
    pub listed: Vec<MaterialId>,
    /// The papers, in the order issued.
    pub documents: Vec<PlayedDocument>,
    /// The day of acceptance.
    pub accepted_on: Option<Date>,
    /// 应办结日.
    pub due: Option<Date>,
    /// 暂估.
    pub due_estimated: bool,
    /// The last day for the notice; only with `one-time-notice`.
    pub notify_by: Option<Date>,
}

/// A paper of a played case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlayedDocument {
    /// Its kind.
    pub kind: DocumentKind,
    /// Where the PDF was written.
    pub file: String,
}

/// A field that did not come out as expected.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The field of the result.
    pub field: String,
    /// What the scenario expects.
    pub expected: serde_json::Value,
    /// What came out.
    pub actual: serde_json::Value,
}

/// Checks a scripted case whole, before anything of it is done. `find` gives the matter of a
/// code.
///
/// # Errors
/// The first fault in the order of the fields (format `yichuang-guide/1`). After a `stop`
/// nothing further is checked.
pub fn examine<'m>(
    find: impl FnOnce(&str) -> Option<&'m Matter>,
    calendar: &WorkCalendar,
    scenario: &Scenario,
) -> Result<ExaminedScenario, Refusal> {
    let code = &scenario.intake.matter;
    let matter = find(code).ok_or_else(|| intake::unknown_matter(code))?;
    let filed_on = parse_date(&scenario.intake.filed_on, "filed_on")?;
    let given = scenario.notice_on.as_deref().map(|text| parse_date(text, "notice_on"));
    let notice_on = given.transpose()?.unwrap_or(filed_on);
    let inputs = scenario.supplements.as_deref().unwrap_or_default();
    let mut supplements = Vec::with_capacity(inputs.len());
    for (i, input) in inputs.iter().enumerate() {
        let on = parse_date(&input.on, &format!("supplements[{i}].on"))?;
        supplements.push(Supplement { on, ids: input.ids.clone() });
    }
    let filing = intake::examine(matter, calendar, &scenario.intake)?;
    if filing.determination.stopped.is_some() {
        return Ok(ExaminedScenario { filing, notice_on: filed_on, supplements: Vec::new() });
    }
    if notice_on < filed_on {
        let message = "告知日期早于收件日期，请核对";
        return Err(Refusal::new(RefusalCode::DateBeforeFiling, "notice_on", message));
    }
    for (i, supplement) in supplements.iter().enumerate() {
        check_supplement(
            supplement,
            notice_on,
            &filing.determination.listed,
            (&format!("supplements[{i}].on"), &format!("supplements[{i}].ids")),
        )?;
    }
    supplements.sort_by_key(|s| s.on);
    Ok(ExaminedScenario { filing, notice_on, supplements })
}

/// Checks that what arrived was asked for, and arrived after the notice. `fields` are the paths
/// of the day and of the materials.
///
/// # Errors
/// `date-before-notice`, `not-in-notice`.
pub fn check_supplement(
    supplement: &Supplement,
    notice_on: Date,
    listed: &[MaterialId],
    fields: (&str, &str),
) -> Result<(), Refusal> {
    if supplement.on < notice_on {
        let message = "补交日期早于告知日期，请核对";
        return Err(Refusal::new(RefusalCode::DateBeforeNotice, fields.0, message));
    }
    match supplement.ids.iter().find(|id| !listed.contains(id)) {
        None => Ok(()),
        Some(id) => {
            let message = format!("“{id}”不在一次性告知书所列材料中");
            Err(Refusal::new(RefusalCode::NotInNotice, fields.1, message))
        }
    }
}

/// Compares a result with what the scenario expects of it; only the fields it names.
pub fn differences(
    expected: &serde_json::Map<String, serde_json::Value>,
    result: &ScenarioResult,
) -> Vec<Difference> {
    let actual = serde_json::to_value(result).unwrap_or_default();
    let kinds = result.documents.iter().map(|d| d.kind.as_str().into()).collect();
    let kinds = serde_json::Value::Array(kinds);
    let same = |field: &str, wanted: &serde_json::Value, got: &serde_json::Value| match field {
        // Which papers, not which one first: the order they are handed over in is no result.
        "documents" => sorted(wanted) == sorted(got),
        _ => wanted == got,
    };
    expected
        .iter()
        .filter_map(|(field, wanted)| {
            let got = match field.as_str() {
                "documents" => &kinds,
                name => actual.get(name).unwrap_or(&serde_json::Value::Null),
            };
            (!same(field, wanted, got)).then(|| Difference {
                field: field.clone(),
                expected: wanted.clone(),
                actual: got.clone(),
            })
        })
        .collect()
}

fn sorted(list: &serde_json::Value) -> Option<Vec<&str>> {
    let mut texts: Vec<_> = list.as_array()?.iter().filter_map(serde_json::Value::as_str).collect();
    texts.sort_unstable();
    Some(texts)
}
