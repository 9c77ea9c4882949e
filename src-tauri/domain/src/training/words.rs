//! What a clerk owes an applicant in words (文明用语). Every hall has its own list; this is what
//! such lists have in common, with the rule that each of it rests on.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::determination::Outcome;
use crate::named::named;

/// Something to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CourtesyWord {
    /// 来有迎声
    Greeting,
    /// 问有答声
    Asking,
    /// 一次性告知
    ToldOnce,
    /// 为什么不能受理, 去哪里办
    Elsewhere,
    /// 什么时候办好
    Limit,
    /// 收下了什么
    Receipt,
    /// 走有送声
    Farewell,
}

named!(CourtesyWord {
    Greeting "greeting" "问候",
    Asking "asking" "询问情形",
    ToldOnce "told-once" "一次说清要补什么",
    Elsewhere "elsewhere" "说明理由和去处",
    Limit "limit" "说明办结时间",
    Receipt "receipt" "交代凭证",
    Farewell "farewell" "送别",
});

impl CourtesyWord {
    /// How it may sound.
    pub fn sample(self) -> &'static str {
        match self {
            Self::Greeting => "您好，请坐，请问您办理什么业务？",
            Self::Asking => "为了少让您跑一趟，我先问您几个情况。",
            Self::ToldOnce => "还差这几样，我一次给您说清，都写在这张告知书上。",
            Self::Elsewhere => "这件事不在这里办，原因是……，您可以到……办理，电话是……",
            Self::Limit => "我们承诺几个工作日办好，最晚哪一天，请您看这里。",
            Self::Receipt => "这是收件凭证，请您收好，凭它可以查进度。",
            Self::Farewell => "您的业务办好了，请带好随身物品，请慢走。",
        }
    }

    /// Why it is said.
    pub fn why(self) -> &'static str {
        match self {
            Self::Greeting => "来有迎声，申请人知道轮到自己，也愿意把情况说清",
            Self::Asking => "先问清情形，材料清单才对得上，不让人多跑",
            Self::ToldOnce => "一次说全，申请人回来一趟就能办成",
            Self::Elsewhere => "不能办也要说清为什么、去哪里办，不能只说不行",
            Self::Limit => "知道最晚哪天办好，就不用来回打听",
            Self::Receipt => "有凭证，才查得到进度，材料交没交也说得清",
            Self::Farewell => "走有送声，也提醒别落下证件",
        }
    }

    /// What it rests on.
    pub fn source(self) -> &'static str {
        match self {
            Self::Greeting | Self::Asking | Self::Farewell => "本大厅《文明用语规范》",
            Self::ToldOnce => "行政许可法第三十二条第一款第四项；本大厅《一次性告知制度》",
            Self::Elsewhere => "行政许可法第三十二条第一款第一项、第二项；本大厅《服务行为规范》",
            Self::Limit => "行政许可法第四十二条；本大厅《限时办结制度》",
            Self::Receipt => "行政许可法第三十二条第二款",
        }
    }

    /// Whether it is owed where the visit ends so.
    pub fn is_owed(self, outcome: Outcome) -> bool {
        let taken =
            matches!(outcome, Outcome::Accept | Outcome::AcceptDeferred | Outcome::DeemedAccepted);
        match self {
            Self::Greeting | Self::Asking | Self::Farewell => true,
            Self::ToldOnce => outcome == Outcome::OneTimeNotice,
            Self::Limit => taken,
            Self::Receipt => taken || outcome == Outcome::OneTimeNotice,
            Self::Elsewhere => !taken && outcome != Outcome::OneTimeNotice,
        }
    }
}
