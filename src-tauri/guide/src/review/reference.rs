//! What the reference data of a matter (format 2) must agree with: its own rules, and what the
//! standard asks of a service guide. A matter without reference data is left alone.

use jiff::civil::Date;
use yichuang_domain::applicant::ApplicantKind;
use yichuang_domain::matter::{
    Limit, Matter, MatterKind, MatterReference, MatterState, NotInForce, OnlineDepth,
};

use super::Findings;
use super::rule::{
    FEE_ONLINE, FEW_STEPS, NO_FAQ, NO_RESULT_SAMPLE, NO_TOPIC, NO_VISIT_REASON, NOT_IN_FORCE,
    NOT_YET_IN_FORCE, ONLINE_YET_VISITS, STEPS_AGAINST_PROMISE,
};

/// 受理、审核、审批、办结、送达.
const STEPS_OF_A_LICENCE: usize = 5;

pub(super) fn review(matter: &Matter, issued_on: Date, findings: &mut Findings) {
    let Some(reference) = matter.reference.as_deref() else { return };
    in_force(matter, reference, issued_on, findings);
    visits(matter, reference, findings);
    steps(matter, reference, findings);
    fees(matter, reference, findings);
    if matter.kind == MatterKind::Licence && reference.faq.is_empty() {
        let message = "行政许可至少要有一条常见问题，请把窗口常被问到的写上";
        findings.add(&NO_FAQ, "reference.faq", message);
    }
    if reference.result.sample_form.is_empty() {
        let message = format!("没有“{}”的样本，申请人不知道会拿到什么", matter.result.name);
        findings.add(&NO_RESULT_SAMPLE, "reference.result.sample_form", message);
    }
    let person = matter.audience.contains(&ApplicantKind::Person);
    let body = matter.audience.iter().any(|kind| *kind != ApplicantKind::Person);
    for (serves, topics, field, who) in [
        (person, &reference.topics.person, "person", "自然人"),
        (body, &reference.topics.legal_person, "legal_person", "法人"),
    ] {
        if serves == topics.is_empty() {
            let message = match serves {
                true => format!("服务对象有{who}，却没有面向{who}的主题，按主题找不到它"),
                false => format!("服务对象没有{who}，却有面向{who}的主题，请核对"),
            };
            findings.add(&NO_TOPIC, &format!("reference.topics.{field}"), message);
        }
    }
}

fn in_force(
    matter: &Matter,
    reference: &MatterReference,
    issued_on: Date,
    findings: &mut Findings,
) {
    let catalogue = &reference.catalogue;
    if catalogue.effective_until.is_some_and(|until| until <= issued_on) {
        let message = "计划取消日期已到，窗口查得到却不能收件，请从指南里取下，或改正日期";
        findings.add(&NOT_IN_FORCE, "reference.catalogue.effective_until", message);
    }
    if matches!(catalogue.state, Some(MatterState::Suspended | MatterState::Cancelled)) {
        let message =
            "事项已暂停或取消，窗口查得到却不能收件：已取消的请从指南里取下，恢复办理的请改正状态";
        findings.add(&NOT_IN_FORCE, "reference.catalogue.state", message);
    }
    if let Err(NotInForce::NotYet { from }) = matter.in_force(issued_on) {
        let message = format!("{from}才生效，在此之前窗口查得到却不能收件，请核对生效日期");
        findings.add(&NOT_YET_IN_FORCE, "reference.catalogue.effective_from", message);
    }
}

fn visits(matter: &Matter, reference: &MatterReference, findings: &mut Findings) {
    if matter.visits > 0 && reference.service.visit_reason.trim().is_empty() {
        let message = format!("要到现场{}次，没有写必须到现场的原因，请补上", matter.visits);
        findings.add(&NO_VISIT_REASON, "reference.service.visit_reason", message);
    }
    if matter.visits > 0 && reference.online.depth == Some(OnlineDepth::WholeProcess) {
        let message = format!("写着全程网办，又要到现场{}次，请核对", matter.visits);
        findings.add(&ONLINE_YET_VISITS, "reference.online.depth", message);
    }
}

fn steps(matter: &Matter, reference: &MatterReference, findings: &mut Findings) {
    let steps = &reference.steps;
    if matter.kind == MatterKind::Licence && steps.len() < STEPS_OF_A_LICENCE {
        let message = format!(
            "行政许可的流程应有受理、审核、审批、办结、送达等{STEPS_OF_A_LICENCE}个环节，这里有{}个",
            steps.len()
        );
        findings.add(&FEW_STEPS, "reference.steps", message);
    }
    let limits: Option<Vec<Limit>> = steps.iter().map(|step| step.limit).collect();
    if let (Some(limits), Some(promised)) = (limits, matter.promised_limit)
        && !limits.is_empty()
        && limits.iter().all(|limit| limit.unit == promised.unit)
    {
        let sum: u32 = limits.iter().map(|limit| u32::from(limit.value)).sum();
        if sum != u32::from(promised.value) {
            let message =
                format!("各环节时限合计{sum}，承诺时限是{}，两者应当一致", promised.value);
            findings.add(&STEPS_AGAINST_PROMISE, "reference.steps", message);
        }
    }
}

fn fees(matter: &Matter, reference: &MatterReference, findings: &mut Findings) {
    let online = reference.fees.iter().any(|fee| fee.online_payment == Some(true));
    let message = match (&matter.fee, online) {
        (None, true) => "不收费，却写着支持网上支付，请核对",
        (Some(_), false) => "收费，却没有写支持网上支付，请核对",
        _ => return,
    };
    findings.add(&FEE_ONLINE, "reference.fees", message);
}
