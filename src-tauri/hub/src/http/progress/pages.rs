//! What the applicant sees. For a telephone of any age: no script, one column, large print.

use jiff::Timestamp;
use maud::{DOCTYPE, Markup, html};
use yichuang_domain::beijing;
use yichuang_domain::calendar::chinese_date;
use yichuang_domain::case::Case;
use yichuang_domain::progress::{Lacking, Milestone, Next, Progress, progress};
use yichuang_protocol::PaperMark;

use crate::progress::{Scanned, TooMany};
use crate::store::Device;

/// What the form begins with.
#[derive(Default)]
pub(super) struct Asking {
    /// The number, as far as it is known.
    pub(super) number: String,
    /// The paper that was scanned, and whose it is.
    pub(super) scanned: Option<(PaperMark, Scanned)>,
    /// What was wrong.
    pub(super) trouble: Option<Trouble>,
}

/// What was wrong with a question.
#[derive(Clone, Copy)]
pub(super) enum Trouble {
    Unreadable,
    NoNumber,
    NoCode,
    Wrong,
    TooMany(TooMany),
    ForeignPaper,
}

impl Trouble {
    fn words(self) -> String {
        match self {
            Self::Unreadable => "没有收到完整的内容，请重新填写。".to_owned(),
            Self::NoNumber => "办件编号不对：请对照凭证上的“办件编号”逐位核对。".to_owned(),
            Self::NoCode => {
                "查询码不对：查询码是凭证正文最后一段里的八位字母和数字，如 7K2M-9QAB。".to_owned()
            }
            Self::Wrong => {
                "没有查到：办件编号或者查询码不对。请对照同一张凭证核对；仍查不到的，请到窗口查询或者\
                 拨打凭证上的咨询电话。"
                    .to_owned()
            }
            Self::TooMany(TooMany { seconds }) => {
                let minutes = (seconds + 59) / 60;
                format!("查询失败次数过多，请{minutes}分钟后再试，也可以到窗口查询。")
            }
            Self::ForeignPaper => {
                "这张文书的二维码不是本中心的窗口签发的，或者签发的设备已经停用。请到窗口核验，\
                 不要据此转账或者提供个人信息。"
                    .to_owned()
            }
        }
    }
}

fn page(title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex, nofollow, noarchive";
                meta name="referrer" content="no-referrer";
                meta name="format-detection" content="telephone=no";
                title { (title) }
                link rel="stylesheet" href="/p/style.css";
            }
            body {
                header { p.brand { "政务服务" } h1 { (title) } }
                main { (content) }
                footer {
                    p { "本页只显示办理进度，不显示证件号码和全名。请勿把查询码告诉他人。" }
                    p { "政务服务便民热线：12345" }
                }
            }
        }
    }
}

/// The form.
pub(super) fn form(asking: &Asking) -> Markup {
    let scanned = asking.scanned.as_ref().and_then(|(mark, scanned)| match scanned {
        Scanned::Ours { hall, window } => Some((mark, hall, window)),
        Scanned::Foreign => None,
    });
    page(
        "办件进度查询",
        &html! {
            @if let Some(trouble) = asking.trouble {
                p.trouble role="alert" id="trouble" { (trouble.words()) }
            }
            @if let Some((mark, hall, window)) = scanned {
                div.proven {
                    p { "二维码由" b { (hall) (window) "号窗口" } "签发，请核对纸面与下列内容一致：" }
                    p { (mark.kind().map_or("文书", |kind| kind.title()))
                        "，" (chinese_date(mark.issued_on)) }
                }
            }
            form.card method="post" action="/p" {
                label for="number" { "办件编号" }
                input #number.number name="number" value=(asking.number) required
                    maxlength="64" autocomplete="off" autocapitalize="characters"
                    spellcheck="false" placeholder="凭证上方的“办件编号”"
                    autofocus[asking.number.is_empty()];
                label for="code" { "查询码" }
                input #code.code name="code" required maxlength="20" autocomplete="off"
                    autocapitalize="characters" spellcheck="false"
                    placeholder="八位，如 7K2M-9QAB" autofocus[!asking.number.is_empty()]
                    aria-describedby="where";
                p.hint id="where" {
                    "查询码印在《申请材料收件凭证》和《受理通知书》的最后一段。不分大小写，横线可以不填。"
                }
                button type="submit" { "查询" }
            }
        },
    )
}

/// A case.
pub(super) fn case(case: &Case, device: &Device, now: Timestamp) -> Markup {
    let told = progress(case);
    let mood = match (&told.next, told.closed) {
        (Some(_), _) => "state act",
        (None, true) => "state over",
        (None, false) => "state",
    };
    let at = beijing::time(now);
    page(
        "办件进度",
        &html! {
            @if told.practice { p.practice { "演练办件：仅供培训演练，不具有法律效力" } }
            section.card {
                p class=(mood) { (told.headline) }
                p.meaning { (told.meaning) }
                @if let Some(next) = &told.next { (todo(next, device)) }
            }
            (particulars(case, &told, device))
            p.asof {
                "以上是" (chinese_date(at.date()))
                (format!("{:02}时{:02}分", at.hour(), at.minute()))
                "大厅中心已经收到的记录；窗口没有网络时，进度会晚一些更新。"
            }
            p.back { a href="/p" { "查询另一件" } }
        },
    )
}

fn particulars(case: &Case, told: &Progress<'_>, device: &Device) -> Markup {
    html! {
        section.card {
            h2 { "办理时间" }
            ol.days { @for day in &told.days { (milestone(day)) } }
        }
        section.card {
            h2 { "办件信息" }
            dl {
                dt { "申请事项" } dd { (told.matter) }
                dt { "办理机关" } dd { (told.department) }
                dt { "申请人" } dd { (told.applicant) }
                dt { "办件编号" } dd.number { (case.number) }
                dt { "收件窗口" } dd { (device.hall) " " (device.window) "号窗口" }
            }
        }
    }
}

fn milestone(day: &Milestone) -> Markup {
    html! {
        li {
            span { (day.name) }
            time datetime=(day.on) { (chinese_date(day.on)) @if day.estimated { "（暂估）" } }
        }
    }
}

fn todo(next: &Next<'_>, device: &Device) -> Markup {
    html! {
        h2 { "您需要做的" }
        @match next {
            Next::Bring(open) => {
                p { "请把下列" (open.len()) "项材料交到" (device.hall) (device.window) "号窗口：" }
                ol.lacking { @for one in open { (lacking(one)) } }
            }
            Next::Collect => p {
                "请按凭证或者受理通知书写明的方式领取；到窗口领取的，请带上受理通知书和身份证件，到"
                (device.hall) "出件窗口。委托他人领取的，还要带授权委托书和双方身份证件。"
            },
        }
    }
}

fn lacking(one: &Lacking<'_>) -> Markup {
    html! {
        li {
            p.material { (one.name) @if !one.found.is_empty() { span.found { (one.found) } } }
            @if !one.reason.is_empty() { p { "问题：" (one.reason) } }
            @if !one.standard.is_empty() { p { "要求：" (one.standard) } }
            @if !one.how_to_get.is_empty() { p { "怎样取得：" (one.how_to_get) } }
        }
    }
}

/// The code is right, and the case has not come.
pub(super) fn not_arrived(number: &str) -> Markup {
    page(
        "办件进度",
        &html! {
            section.card {
                p.state { "还没有传到大厅" }
                p.meaning {
                    "凭证有效，材料已经由窗口收下。收件的窗口可能暂时没有网络，记录还没有传到大厅中心，\
                     请过几天再查，也可以拨打凭证上的咨询电话。办理期限照常计算，不受影响。"
                }
                dl { dt { "办件编号" } dd.number { (number) } }
            }
            p.back { a href="/p" { "查询另一件" } }
        },
    )
}

/// The hub can't tell just now.
pub(super) fn away() -> Markup {
    page(
        "办件进度查询",
        &html! {
            p.trouble role="alert" { "现在查不了，请过几分钟再试。办理不受影响；急需了解的，请拨打凭证上的咨询电话。" }
            p.back { a href="/p" { "重新查询" } }
        },
    )
}
