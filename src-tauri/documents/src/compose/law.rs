//! What the papers rest on: articles in our own words, and the matter's own basis.

use yichuang_domain::document::DocumentKind;
use yichuang_domain::matter::{Matter, StopOutcome, SupplementLaw};

use crate::facts::PaperFacts;
use crate::paper::Text;
use crate::template::{Values, yes_no};

pub(super) const LICENCE_ACT: &str = "《中华人民共和国行政许可法》";
pub(super) const REAL_ESTATE: &str = "《不动产登记暂行条例》";

/// The matter's basis without what is `cited` anyway: 《甲》、《乙》.
pub(super) fn basis(matter: &Matter, cited: &str) -> Text {
    let mut text = Text::default();
    let named = |b: &&String| {
        let bare = b.trim().trim_matches(['《', '》']);
        !bare.is_empty() && !cited.contains(&format!("《{bare}》"))
    };
    for (i, one) in matter.basis.iter().filter(named).enumerate() {
        if i > 0 {
            text = text.say("、");
        }
        let titled = one.contains('《') || is_description(one);
        text = match titled {
            true => text.put("设定依据", one),
            false => text.say("《").put("设定依据", one).say("》"),
        };
    }
    text
}

/// A basis that describes a document instead of naming it takes no title marks.
fn is_description(basis: &str) -> bool {
    ["规定", "文件", "规程", "清单"].iter().any(|end| basis.ends_with(end))
}

/// The article that a paper rests on and the matter's basis, and where to object.
pub(super) fn law(kind: DocumentKind, facts: &PaperFacts<'_>, values: &mut Values) {
    let rule = match facts.matter.supplement.rule {
        SupplementLaw::LicenceArt32 => "许可法",
        SupplementLaw::WrittenOnTheSpot => "当场书面",
        SupplementLaw::Local => "地方规定",
    };
    values.choice("补正规则", rule);
    values.choice("行政许可", yes_no(facts.matter.is_licence()));
    values.field("依据", ground(facts, article(kind, facts)));
    let or = |field: &'static str, value: &str, otherwise: &str| match value.is_empty() {
        true => Text::of(otherwise),
        false => Text::value(field, value),
    };
    let department = facts.department;
    values.field("复议机关", or("复议机关", &department.review_body, "有管辖权的行政复议机关"));
    values.field("诉讼法院", or("诉讼法院", &department.court, "有管辖权的人民法院"));
    let short = match kind {
        DocumentKind::OneTimeNotice | DocumentKind::NotRequiredNotice => "告知书",
        _ => "通知书",
    };
    values.field("文书简称", Text::of(short));
    values.field("复议期限", Text::kept("复议期限", "60日"));
    values.field("诉讼期限", Text::kept("诉讼期限", "6个月"));
}

/// The articles of one step: 行政许可法, 不动产登记暂行条例.
#[derive(Clone, Copy, Debug, Default)]
struct Articles {
    licence: Option<&'static str>,
    real_estate: Option<&'static str>,
}

/// The step that a paper takes.
fn article(kind: DocumentKind, facts: &PaperFacts<'_>) -> Articles {
    let both = |licence, real_estate| Articles { licence: Some(licence), real_estate };
    let stopped = facts.case.stopped.as_ref().map(|s| s.stop.outcome);
    match kind {
        DocumentKind::NotRequiredNotice => both("第三十二条第一款第一项", None),
        DocumentKind::Refusal if stopped == Some(StopOutcome::OutOfScope) => {
            both("第三十二条第一款第二项", Some("第十七条"))
        }
        DocumentKind::Refusal | DocumentKind::ReturnNotice => both("第三十二条", Some("第十七条")),
        DocumentKind::OneTimeNotice => both("第三十二条第一款第四项", Some("第十七条")),
        DocumentKind::Acceptance if facts.case.deemed => {
            both("第三十二条第一款第四项", Some("第十七条"))
        }
        DocumentKind::Acceptance | DocumentKind::Commitment | DocumentKind::DeferralCommitment => {
            both("第三十二条第一款第五项", Some("第十七条"))
        }
        DocumentKind::MaterialReceipt => both("第三十二条第二款", Some("第十七条")),
        DocumentKind::SpecialProcedureNotice => both("第四十五条", None),
        DocumentKind::ExtensionNotice => both("第四十二条", None),
        DocumentKind::PowerOfAttorney => both("第二十九条第二款", None),
        DocumentKind::ResultSlip | DocumentKind::DeliveryReceipt => both("第四十四条", None),
        DocumentKind::WithdrawalRequest
        | DocumentKind::TransferSheet
        | DocumentKind::EvaluationForm => Articles::default(),
    }
}

/// `《…法》第…条及《…》`: the article that applies, and the matter's own basis.
fn ground(facts: &PaperFacts<'_>, articles: Articles) -> Text {
    let cited = match facts.matter.supplement.rule {
        SupplementLaw::WrittenOnTheSpot => Some((REAL_ESTATE, articles.real_estate)),
        _ if facts.matter.is_licence() => Some((LICENCE_ACT, articles.licence)),
        _ => None,
    };
    let (act, basis) = match cited {
        Some((act, Some(article))) => {
            (Text::of(format!("{act}{article}")), basis(facts.matter, act))
        }
        _ => (Text::default(), basis(facts.matter, "")),
    };
    match (act.is_empty(), basis.is_empty()) {
        (true, true) => Text::of("有关法律、法规和规章"),
        (true, false) => basis,
        (false, true) => act,
        (false, false) => act.say("及").then(basis),
    }
}
