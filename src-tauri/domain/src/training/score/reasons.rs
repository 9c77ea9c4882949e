//! Why an outcome is right, and the rule that says so.

use crate::determination::Outcome;
use crate::matter::{Matter, SupplementLaw};
use crate::training::truth::Truth;

/// An outcome as papers and screens call it.
pub(super) fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accept => "予以受理",
        Outcome::AcceptDeferred => "容缺受理",
        Outcome::OneTimeNotice => "一次性告知补正",
        Outcome::NotRequired => "不需要办理",
        Outcome::OutOfScope => "不属于本机关职权",
        Outcome::Refused => "不予受理",
        Outcome::DeemedAccepted => "视为受理",
    }
}

pub(super) fn reason_of(truth: &Truth, matter: &Matter) -> String {
    let determination = &truth.examined.determination;
    if let Some(stopped) = &determination.stopped {
        return stopped.stop.reason.clone();
    }
    let names = |ids: &[String]| -> String {
        let named =
            ids.iter().map(|id| matter.material(id).map_or(id.as_str(), |m| m.name.as_str()));
        named.collect::<Vec<_>>().join("、")
    };
    match determination.outcome {
        Outcome::OneTimeNotice => format!("还缺少或不符：{}", names(&determination.listed)),
        Outcome::AcceptDeferred => {
            format!("主件齐全，可容缺后补：{}", names(&determination.deferred))
        }
        _ => "材料齐全、符合法定形式".to_owned(),
    }
}

pub(super) fn supplement_source(matter: &Matter) -> String {
    match matter.supplement.rule {
        SupplementLaw::LicenceArt32 => "行政许可法第三十二条第一款第四项".to_owned(),
        SupplementLaw::WrittenOnTheSpot => "不动产登记暂行条例第十七条".to_owned(),
        SupplementLaw::Local => format!("办事指南“{}”的补正规则（一次性告知制度）", matter.name),
    }
}

pub(super) fn outcome_source(right: Outcome, matter: &Matter) -> String {
    let law = match right {
        Outcome::NotRequired => "行政许可法第三十二条第一款第一项",
        Outcome::OutOfScope => "行政许可法第三十二条第一款第二项",
        Outcome::Accept | Outcome::DeemedAccepted => "行政许可法第三十二条第一款第五项",
        Outcome::OneTimeNotice => return supplement_source(matter),
        Outcome::AcceptDeferred => return format!("办事指南“{}”的可容缺材料", matter.name),
        Outcome::Refused => return format!("办事指南“{}”的受理条件", matter.name),
    };
    match matter.basis.first() {
        Some(basis) => format!("{law}；{basis}"),
        None => law.to_owned(),
    }
}
