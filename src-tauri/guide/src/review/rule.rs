//! The rules of the health check, each with its weight and what it rests on.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Weight {
    /// 必须改: the applicant would be told something wrong or unlawful.
    Must,
    /// 应当改: somebody will stumble over it.
    Should,
    /// 提示: worth a look.
    Note,
}

impl Weight {
    /// As shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Must => "必须改",
            Self::Should => "应当改",
            Self::Note => "提示",
        }
    }
}

/// A rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable and for machines.
    pub code: &'static str,
    /// How much its findings matter.
    pub weight: Weight,
    /// What it asks for, in a few words.
    pub title: &'static str,
    /// The law, standard or practice it comes from.
    pub source: &'static str,
}

const LICENSING: &str = "行政许可法";
const GUIDE_STANDARD: &str = "GB/T 36114-2018 进驻事项服务指南编制";
const NO_CATCH_ALL: &str = "国办发〔2018〕45号：取消“其他材料”“有关材料”等兜底条款";
const PRACTICE: &str = "窗口实务";

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $weight:ident, $title:literal, $source:expr;)*) => {
        $($(#[$doc])* pub(super) const $name: Rule =
            Rule { code: $code, weight: Weight::$weight, title: $title, source: $source };)*
        /// Every rule.
        pub const RULES: &[Rule] = &[$($name),*];
    };
}

rules! {
    PROMISE_OVER_STATUTORY = "promise-over-statutory", Must,
        "承诺时限不长于法定时限", "行政许可法第四十二条";
    IMMEDIATE_WITH_LIMIT = "immediate-with-limit", Must,
        "即办件当场办结", "GB/T 39046-2020 附录A.6";
    COMMITTED_WITHOUT_LIMIT = "committed-without-limit", Must,
        "承诺件有承诺时限", "GB/T 39046-2020 附录A.6";
    LICENCE_NOTICE_RULE = "licence-notice-rule", Must,
        "行政许可按第三十二条告知", "行政许可法第三十二条第四项";
    LICENCE_OVER_TWENTY_DAYS = "licence-over-twenty-days", Note,
        "许可法定时限一般不超过二十个工作日", "行政许可法第四十二条";
    NO_BASIS = "no-basis", Must, "写明设定依据", LICENSING;
    CLOCK_NOT_STOPPED = "clock-not-stopped", Should,
        "听证、招标、检验等时间不计入期限", "行政许可法第四十五条";
    FEE_WITHOUT_BASIS = "fee-without-basis", Must,
        "收费有项目、标准和依据", "行政许可法第五十九条";
    FEE_OF_NOTHING = "fee-of-nothing", Should, "不收费的事项不列收费", "行政许可法第五十八条";
    NO_WAY_TO_DELIVER = "no-way-to-deliver", Should,
        "不用到现场的事项能邮寄或电子送达", GUIDE_STANDARD;
    RESULT_KIND = "result-kind", Should, "结果名称与结果类型一致", GUIDE_STANDARD;
    NO_CONDITIONS = "no-conditions", Should, "写明受理条件", "行政许可法第三十条";
    CATCH_ALL = "catch-all", Must, "没有兜底表述", NO_CATCH_ALL;
    PLACEHOLDER = "placeholder", Must, "没有待补的占位文字", GUIDE_STANDARD;
    UNPRINTABLE = "unprintable", Must,
        "文书上的字都有字形", "GB 18030-2022";
    NO_STANDARD = "no-standard", Should, "每份材料有受理标准", GUIDE_STANDARD;
    NO_WAY_TO_GET = "no-way-to-get", Should, "每份材料写明怎样取得", GUIDE_STANDARD;
    ISSUER_UNKNOWN = "issuer-unknown", Should, "政府核发的材料写明出具机构", GUIDE_STANDARD;
    COUNT_AGAINST_HANDLING = "count-against-handling", Must,
        "份数与收取方式一致", GUIDE_STANDARD;
    LICENCE_REUSE_OF_FORM = "licence-reuse-of-form", Should,
        "免提交的是证照", "国办发〔2022〕3号 电子证照扩大应用";
    SAME_MATERIAL = "same-material", Should, "同一情形下材料不重复", NO_CATCH_ALL;
    NEVER_NEEDED = "never-needed", Must, "每份材料都有人需要", PRACTICE;
    NEVER_ASKED = "never-asked", Must, "每个问题都有机会问到", PRACTICE;
    QUESTION_WITHOUT_EFFECT = "question-without-effect", Should,
        "每个问题都影响结果", PRACTICE;
    CHOICE_LEADS_NOWHERE = "choice-leads-nowhere", Must,
        "每种情形都有材料或结论", PRACTICE;
    NOBODY_GETS_THROUGH = "nobody-gets-through", Must, "总有情形可以受理", PRACTICE;
    TOO_MANY_SITUATIONS = "too-many-situations", Note,
        "情形组合不过多", PRACTICE;
    ONE_CHOICE = "one-choice", Should, "问题至少有两个选项", PRACTICE;
    SAME_CHOICE = "same-choice", Must, "选项不重复", PRACTICE;
    MANY_CHOICES = "many-choices", Note, "选项不超过九个，能用数字键选", PRACTICE;
    NOBODY_MAY_TAKE = "nobody-may-take", Must, "写明在哪里办理", GUIDE_STANDARD;
    SAME_ALIAS = "same-alias", Should, "别名不指向两个事项", PRACTICE;
    USELESS_ALIAS = "useless-alias", Note, "别名与名称不同", PRACTICE;
    COMPLAINTS_TO_ITSELF = "complaints-to-itself", Must,
        "监督电话与咨询电话不同", GUIDE_STANDARD;
    ODD_PHONE = "odd-phone", Should, "电话带区号", GUIDE_STANDARD;
    REVIEWS_ITSELF = "reviews-itself", Must, "复议机关不是本机关", "行政复议法第二十四条";
    DEPARTMENT_WITHOUT_MATTERS = "department-without-matters", Note,
        "实施主体都有事项", PRACTICE;
    NOT_IN_FORCE = "not-in-force", Must,
        "停用的事项不再收件", "GB/T 39554-2020 事项状态";
    NOT_YET_IN_FORCE = "not-yet-in-force", Note,
        "尚未生效的事项注意生效日期", "GB/T 39554-2020 事项状态";
    NO_VISIT_REASON = "no-visit-reason", Should,
        "要到现场的写明原因", GUIDE_STANDARD;
    ONLINE_YET_VISITS = "online-yet-visits", Must,
        "全程网办不用到现场", GUIDE_STANDARD;
    FEW_STEPS = "few-steps", Should,
        "许可的流程至少五个环节", GUIDE_STANDARD;
    STEPS_AGAINST_PROMISE = "steps-against-promise", Should,
        "各环节时限合计等于承诺时限", GUIDE_STANDARD;
    FEE_ONLINE = "fee-online", Note,
        "收费的能网上支付，不收费的不写", GUIDE_STANDARD;
    NO_FAQ = "no-faq", Should, "许可至少一条常见问题", GUIDE_STANDARD;
    NO_RESULT_SAMPLE = "no-result-sample", Note, "结果有样本", GUIDE_STANDARD;
    NO_TOPIC = "no-topic", Should, "服务对象与主题一致", GUIDE_STANDARD;
    BUNDLE_OF_ONE = "bundle-of-one", Should, "一件事至少两个事项", "国办发〔2024〕3号";
    BUNDLE_FOR_NOBODY = "bundle-for-nobody", Must,
        "有人能办全一件事", "国办发〔2024〕3号";
    YEAR_MISSING = "year-missing", Must, "日历有发布当年和次年", "国务院办公厅放假通知";
    YEAR_STILL_ESTIMATED = "year-still-estimated", Should,
        "放假通知公布后换成正式日历", "国务院办公厅放假通知";
    ODD_YEAR = "odd-year", Note, "全年工作日在240到256天之间", PRACTICE;
}
