//! What the papers rest on: articles in our own words, and the matter's own basis.

use yichuang_domain::matter::{Matter, MatterKind, SupplementLaw};

use crate::facts::PaperFacts;
use crate::paper::Text;

pub(super) const LICENCE_ACT: &str = "《中华人民共和国行政许可法》";
pub(super) const REAL_ESTATE: &str = "《不动产登记暂行条例》";

/// Whether 行政许可法 第32条 rules the matter.
pub(super) fn is_licence(matter: &Matter) -> bool {
    matter.kind == MatterKind::Licence || matter.supplement.rule == SupplementLaw::LicenceArt32
}

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

/// `依据…的规定`: the article that applies to this step, and the matter's basis.
pub(super) fn under(facts: &PaperFacts<'_>, article: Article) -> Text {
    let cited = match facts.matter.supplement.rule {
        SupplementLaw::WrittenOnTheSpot => Some((REAL_ESTATE, article.real_estate())),
        _ if is_licence(facts.matter) => Some((LICENCE_ACT, article.licence())),
        _ => None,
    };
    let text = Text::of("依据");
    let (text, basis) = match cited {
        Some((act, Some(article))) => {
            (text.say(format!("{act}{article}")), basis(facts.matter, act))
        }
        _ => (text, basis(facts.matter, "")),
    };
    let text = match (text.0.len() > 1, basis.is_empty()) {
        (true, true) => text,
        (true, false) => text.say("及").then(basis),
        (false, true) => text.say("有关法律、法规和规章"),
        (false, false) => text.then(basis),
    };
    text.say("的规定")
}

/// The step a paper takes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Article {
    /// 不需要办理
    NotRequired,
    /// 不属于本机关职权
    OutOfScope,
    /// 不予受理, for another reason
    Refused,
    /// 一次告知
    Notice,
    /// 受理
    Accepted,
    /// 逾期未告知, 视为受理
    Deemed,
}

impl Article {
    fn licence(self) -> Option<&'static str> {
        match self {
            Self::NotRequired => Some("第三十二条第一款第一项"),
            Self::OutOfScope => Some("第三十二条第一款第二项"),
            Self::Refused => Some("第三十二条"),
            Self::Notice | Self::Deemed => Some("第三十二条第一款第四项"),
            Self::Accepted => Some("第三十二条第一款第五项"),
        }
    }

    fn real_estate(self) -> Option<&'static str> {
        match self {
            Self::NotRequired => None,
            _ => Some("第十七条"),
        }
    }
}

/// 复议与诉讼.
pub(super) fn remedies(facts: &PaperFacts<'_>, paper: &str) -> Text {
    let department = facts.department;
    let review = if department.review_body.is_empty() {
        Text::of("有管辖权的行政复议机关")
    } else {
        Text::value("复议机关", &department.review_body)
    };
    let court = if department.court.is_empty() {
        Text::of("有管辖权的人民法院")
    } else {
        Text::value("诉讼法院", &department.court)
    };
    Text::of("如不服本")
        .say(paper)
        .say("，可以自收到之日起")
        .hold("复议期限", "60日")
        .say("内，依法向")
        .then(review)
        .say("申请行政复议；也可以自收到之日起")
        .hold("诉讼期限", "6个月")
        .say("内，依法向")
        .then(court)
        .say("提起行政诉讼。")
}
