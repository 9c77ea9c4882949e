//! What a matter promises against what the law and its own entries say.

use yichuang_domain::matter::{
    Delivery, Handling, LimitUnit, Material, MaterialHandling, MaterialKind, MaterialSource,
    Matter, MatterKind, SpecialProcedureKind, SupplementLaw,
};

use super::Findings;
use super::rule::{
    CLOCK_NOT_STOPPED, COMMITTED_WITHOUT_LIMIT, COUNT_AGAINST_HANDLING, FEE_OF_NOTHING,
    FEE_WITHOUT_BASIS, IMMEDIATE_WITH_LIMIT, ISSUER_UNKNOWN, LICENCE_NOTICE_RULE,
    LICENCE_OVER_TWENTY_DAYS, LICENCE_REUSE_OF_FORM, NO_BASIS, NO_CONDITIONS, NO_STANDARD,
    NO_WAY_TO_DELIVER, NO_WAY_TO_GET, NOBODY_MAY_TAKE, PROMISE_OVER_STATUTORY, RESULT_KIND,
};

/// 行政许可法 第42条: the general limit of a licence, in workdays.
const LICENCE_LIMIT: u16 = 20;

pub(super) fn review(matter: &Matter, findings: &mut Findings) {
    limits(matter, findings);
    law(matter, findings);
    fee(matter, findings);
    result(matter, findings);
    if matter.levels.is_empty() {
        findings.add(
            &NOBODY_MAY_TAKE,
            "levels",
            "没有写在哪一级办理，窗口无法判断能不能收，请填写",
        );
    }
    if matter.conditions.is_empty() {
        findings.add(
            &NO_CONDITIONS,
            "conditions",
            "没有受理条件，申请人无从判断自己能不能办，请补上",
        );
    }
    for (at, one) in matter.materials.iter().enumerate() {
        material(at, one, findings);
    }
}

fn limits(matter: &Matter, findings: &mut Findings) {
    if let (Some(promised), Some(statutory)) = (matter.promised_limit, matter.statutory_limit) {
        // So many workdays are never fewer than so many days.
        let comparable = promised.unit == statutory.unit || promised.unit == LimitUnit::Workdays;
        if comparable && promised.value > statutory.value {
            let message = format!(
                "承诺{}{}，法定{}{}，承诺不能比法定长，请核对",
                promised.value,
                promised.unit.label(),
                statutory.value,
                statutory.unit.label()
            );
            findings.add(&PROMISE_OVER_STATUTORY, "promised_limit", message);
        }
    }
    match (matter.handling, matter.promised_limit) {
        (Handling::Immediate, Some(limit)) if limit.value > 1 => {
            let message = format!(
                "即办件却承诺{}{}，请改为承诺件，或把时限改为当场",
                limit.value,
                limit.unit.label()
            );
            findings.add(&IMMEDIATE_WITH_LIMIT, "promised_limit", message);
        }
        (Handling::Committed, None) => {
            let message = "承诺件没有承诺时限，到期日算不出来，请补上";
            findings.add(&COMMITTED_WITHOUT_LIMIT, "promised_limit", message);
        }
        _ => {}
    }
}

fn law(matter: &Matter, findings: &mut Findings) {
    if matter.basis.is_empty() {
        findings.add(&NO_BASIS, "basis", "没有设定依据，请写明法律、法规或文件");
    }
    if matter.kind == MatterKind::Licence {
        if matter.supplement.rule == SupplementLaw::Local {
            let message = "行政许可应按第三十二条：当场或5个工作日内一次告知，逾期视为受理";
            findings.add(&LICENCE_NOTICE_RULE, "supplement.rule", message);
        }
        if let Some(limit) = matter.statutory_limit
            && limit.unit == LimitUnit::Workdays
            && limit.value > LICENCE_LIMIT
        {
            let message = format!(
                "法定时限{}个工作日，长于一般规定的{LICENCE_LIMIT}个，请核对有没有专门规定",
                limit.value
            );
            findings.add(&LICENCE_OVER_TWENTY_DAYS, "statutory_limit", message);
        }
    }
    for (at, procedure) in matter.special_procedures.iter().enumerate() {
        let named = !matches!(procedure.kind, SpecialProcedureKind::Other(_));
        if named && !procedure.stops_clock {
            let message =
                format!("{}所需时间依法不计入期限，这里写成计入，请核对", procedure.kind.label());
            findings.add(&CLOCK_NOT_STOPPED, &format!("special_procedures[{at}]"), message);
        }
    }
}

fn fee(matter: &Matter, findings: &mut Findings) {
    let Some(fee) = &matter.fee else { return };
    if fee.amount_fen == 0 {
        findings.add(&FEE_OF_NOTHING, "fee", "列了收费项目，金额却是0；不收费请留空");
    }
    if fee.basis.trim().is_empty() {
        findings.add(&FEE_WITHOUT_BASIS, "fee.basis", "收费没有依据，请写明收费文件");
    }
}

fn result(matter: &Matter, findings: &mut Findings) {
    let by_post = |d: &Delivery| !matches!(d, Delivery::Window);
    if matter.visits == 0 && !matter.result.delivery.iter().any(by_post) {
        let message = "不用到现场，结果却只能窗口领取，请补上邮寄或电子送达，或改到现场次数";
        findings.add(&NO_WAY_TO_DELIVER, "result.delivery", message);
    }
    let name = matter.result.name.trim();
    // What stands in brackets says which one, not what it is.
    let name = name.split(['（', '(']).next().unwrap_or(name).trim_end();
    // 凭证 and 证明 say that something was done; they are no licence.
    let looks = if name.ends_with("凭证") {
        None
    } else if name.ends_with(['证', '照', '卡']) || name.ends_with("证书") {
        Some("certificate")
    } else if name.ends_with('文') || name.ends_with("批复") || name.ends_with("通知书") {
        Some("document")
    } else {
        None
    };
    if let Some(looks) = looks
        && matter.result.kind != looks
    {
        let kind = if looks == "certificate" { "证照" } else { "文书" };
        let message = format!("“{name}”看来是{kind}，结果类型应为“{looks}”，请核对");
        findings.add(&RESULT_KIND, "result.kind", message);
    }
}

fn material(at: usize, material: &Material, findings: &mut Findings) {
    let name = &material.name;
    let mut add = |rule, field: &str, message: String| {
        findings.add(rule, &format!("materials[{at}].{field}"), message);
    };
    if material.standard.trim().is_empty() {
        let message = format!("“{name}”没有受理标准，窗口各看各的，请写明看什么");
        add(&NO_STANDARD, "standard", message);
    }
    if material.how_to_get.trim().is_empty() {
        add(&NO_WAY_TO_GET, "how_to_get", format!("“{name}”没有写怎样取得，请补上"));
    }
    if material.source == MaterialSource::Government && material.issuer.trim().is_empty() {
        let message = format!("“{name}”由政府部门核发，请写明是哪个部门");
        add(&ISSUER_UNKNOWN, "issuer", message);
    }
    if material.licence_reuse && material.kind == MaterialKind::Form {
        let message = format!("“{name}”是表格文书，没有电子证照可调取，请核对免提交");
        add(&LICENCE_REUSE_OF_FORM, "licence_reuse", message);
    }
    let (originals, copies) = (material.originals > 0, material.copies > 0);
    let (field, lacks) = match material.handling {
        MaterialHandling::KeepOriginal if !originals => ("originals", "原件"),
        MaterialHandling::KeepCopy if !copies => ("copies", "复印件"),
        MaterialHandling::VerifyOriginalKeepCopy | MaterialHandling::KeepBoth if !copies => {
            ("copies", "复印件")
        }
        MaterialHandling::KeepBoth if !originals => ("originals", "原件"),
        _ => return,
    };
    let message =
        format!("“{name}”的收取方式是{}，{lacks}份数却是0，请核对", material.handling.label());
    add(&COUNT_AGAINST_HANDLING, field, message);
}
