//! The score of an attempt: 100 points, and for everything that differs from what is right a fixed
//! number less. Each difference is named, with what was right, why, and the rule it rests on.

mod compare;
mod reasons;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use self::compare::{answers, material, parties};
use self::reasons::{outcome_source, outcome_word, reason_of, supplement_source};
use super::card::RoleCard;
use super::course::{Course, StepTime};
use super::truth::Truth;
use super::words::CourtesyWord;
use crate::applicant::{Applicant, Party};
use crate::calendar::WorkCalendar;
use crate::checklist::{CheckedMaterial, Stopped};
use crate::condition::Answers;
use crate::determination::{self, Outcome};
use crate::matter::Matter;
use crate::named::{Named as _, named};

/// What kind of difference it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// 结论不对
    WrongOutcome,
    /// 漏掉的问题
    MissedDefect,
    /// 没有的问题
    InventedDefect,
    /// 情形判断错
    WrongAnswer,
    /// 核对结果选错
    WrongCheck,
    /// 录入错误
    Mistyped,
    /// 没有当场告知
    ToldLater,
    /// 没写明原因
    NoReason,
    /// 文明用语没说到
    WordSkipped,
    /// 用时偏长
    Slow,
}

named!(FindingKind {
    WrongOutcome "wrong-outcome" "结论不对",
    MissedDefect "missed-defect" "漏掉的问题",
    InventedDefect "invented-defect" "没有的问题",
    WrongAnswer "wrong-answer" "情形判断错",
    WrongCheck "wrong-check" "核对结果选错",
    Mistyped "mistyped" "录入错误",
    ToldLater "told-later" "没有当场告知",
    NoReason "no-reason" "没写明原因",
    WordSkipped "word-skipped" "文明用语没说到",
    Slow "slow" "用时偏长",
});

impl FindingKind {
    /// How many of the 100 points one of it costs.
    pub fn cost(self) -> u32 {
        match self {
            Self::WrongOutcome => 30,
            Self::MissedDefect => 12,
            Self::InventedDefect | Self::WrongAnswer => 10,
            Self::WrongCheck | Self::Mistyped | Self::ToldLater | Self::Slow => 5,
            Self::NoReason => 3,
            Self::WordSkipped => 2,
        }
    }
}

/// A difference from what is right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScoreFinding {
    /// What kind.
    pub kind: FindingKind,
    /// Where: a material, a question, a field, by name.
    pub of: String,
    /// What the trainee did.
    pub given: String,
    /// What was right.
    pub right: String,
    /// Why.
    pub why: String,
    /// The rule that says so.
    pub source: String,
    /// How many points it cost.
    pub cost: u32,
}

/// The score of an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Score {
    /// Of 100.
    pub points: u32,
    /// What came of the trainee's work.
    pub outcome: Outcome,
    /// What should have come of it.
    pub right: Outcome,
    /// What differs, the dearest first.
    pub findings: Vec<ScoreFinding>,
    /// How long each step took.
    pub steps: Vec<StepTime>,
    /// How many seconds all of it took.
    pub seconds: u32,
    /// What was owed in words.
    pub owed: Vec<CourtesyWord>,
    /// What was said.
    pub said: Vec<CourtesyWord>,
}

/// What a trainee filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Performance {
    /// The day of filing.
    pub filed_on: Date,
    /// 申请人.
    pub applicant: Applicant,
    /// 代理人.
    pub agent: Option<Party>,
    /// The answers that counted.
    pub answers: Answers,
    /// The materials, as checked.
    pub materials: Vec<CheckedMaterial>,
    /// The choice that ended the walk.
    pub stopped: Option<Stopped>,
    /// Whether a notice that was owed was put off.
    pub told_later: bool,
}

/// Collects what differs.
struct Findings(Vec<ScoreFinding>);

impl Findings {
    fn add(
        &mut self,
        kind: FindingKind,
        of: &str,
        (given, right): (String, String),
        why: String,
        source: String,
    ) {
        let of = of.to_owned();
        self.0.push(ScoreFinding { kind, of, given, right, why, source, cost: kind.cost() });
    }
}

/// Scores what a trainee filed against what is right about the card.
pub fn score(
    card: &RoleCard,
    truth: &Truth,
    matter: &Matter,
    calendar: &WorkCalendar,
    filed: &Performance,
    course: &Course,
) -> Score {
    let mut found = Findings(Vec::new());
    let right = truth.examined.determination.outcome;
    let outcome = match &filed.stopped {
        Some(stopped) => stopped.stop.outcome.into(),
        None => {
            determination::determine(matter, calendar, filed.filed_on, &filed.materials).outcome
        }
    };
    if outcome != right {
        found.add(
            FindingKind::WrongOutcome,
            "受理结论",
            (outcome_word(outcome).to_owned(), outcome_word(right).to_owned()),
            reason_of(truth, matter),
            outcome_source(right, matter),
        );
    }
    answers(&mut found, truth, matter, &filed.answers);
    parties(&mut found, truth, filed);
    for true_check in &truth.checks {
        material(&mut found, true_check, matter, &filed.materials);
    }
    if filed.told_later && outcome == Outcome::OneTimeNotice {
        let why = "能当场说清的当场说清，申请人不用再来一趟问结果".to_owned();
        let given = ("先收件，以后告知".to_owned(), "当场一次性告知".to_owned());
        found.add(FindingKind::ToldLater, "一次性告知", given, why, supplement_source(matter));
    }
    let owed: Vec<_> =
        CourtesyWord::ALL.iter().copied().filter(|word| word.is_owed(right)).collect();
    for word in owed.iter().filter(|word| !course.said.contains(word)) {
        let given = ("没有说".to_owned(), word.sample().to_owned());
        let why = word.why().to_owned();
        found.add(FindingKind::WordSkipped, word.word(), given, why, word.source().to_owned());
    }
    slow(&mut found, card, course);
    let mut findings = found.0;
    // Two that cost the same stay in the order in which they were found.
    findings.sort_by_key(|one| std::cmp::Reverse(one.cost));
    let lost = findings.iter().map(|one| one.cost).sum::<u32>();
    Score {
        points: 100u32.saturating_sub(lost),
        outcome,
        right,
        findings,
        steps: course.steps(card.minutes),
        seconds: course.total(),
        owed,
        said: course.said.clone(),
    }
}

fn slow(found: &mut Findings, card: &RoleCard, course: &Course) {
    let hint = u32::from(card.minutes) * 60;
    let total = course.total();
    // Half as long again is no fault of somebody who learns.
    if hint == 0 || total <= hint + hint / 2 {
        return;
    }
    let given = (duration(total), format!("{}分钟左右", card.minutes));
    let why = "窗口后面还有人在等；慢在哪一步，看下面各步用时".to_owned();
    found.add(FindingKind::Slow, "用时", given, why, "角色卡建议用时".to_owned());
}

fn duration(seconds: u32) -> String {
    format!("{}分{}秒", seconds / 60, seconds % 60)
}
