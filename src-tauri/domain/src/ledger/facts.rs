//! What an entry says: who brought what, when, and about whom.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::LedgerChannel;
use super::LedgerKind;
use crate::identity::{check_phone, mask};
use crate::refusal::{Refusal, RefusalCode};

/// The most characters of a name, a contact, or whom it is about.
pub(super) const SHORT: usize = 50;
/// The most characters of what was said.
pub(super) const LONG: usize = 1000;

/// The matter that somebody asked about, by its name of that day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerMatter {
    /// 实施编码.
    pub code: String,
    /// 事项名称.
    pub name: String,
}

/// The case that it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerCase {
    /// Its id.
    pub id: String,
    /// 办件编号.
    pub number: String,
}

/// What an entry says. A person need not give their name: complaints may be anonymous, and nobody
/// has to say who they are to ask a question.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LedgerFacts {
    /// How it came.
    pub channel: LedgerChannel,
    /// The day it was brought: the limits run from there, also where it is written down later.
    #[ts(type = "string")]
    pub on: Date,
    /// 姓名; empty where the person gave none.
    pub person: String,
    /// A telephone number, or in words how the person is reached; empty where they left none.
    pub contact: String,
    /// 反映内容.
    pub content: String,
    /// Whom or what it is about (被反映的单位或人员); a complaint must say. Of 帮您办: the helper.
    pub about: String,
    /// The matter.
    pub matter: Option<LedgerMatter>,
    /// The case.
    pub case: Option<LedgerCase>,
}

impl std::fmt::Debug for LedgerFacts {
    /// Neither name, contact nor words: facts may end up in a log, and so would a complaint.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LedgerFacts")
            .field("channel", &self.channel)
            .field("on", &self.on)
            .field("contact", &mask(&self.contact))
            .finish_non_exhaustive()
    }
}

/// A text without blanks around it, of at most `most` characters.
///
/// # Errors
/// [`RefusalCode::TooLong`] for more, or for control characters other than line breaks.
pub(super) fn text(text: &str, field: &str, most: usize) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > most {
        let message = format!("最多{most}个字，请写短一些");
        return Err(Refusal::new(RefusalCode::TooLong, field, message));
    }
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        let message = "里面有不能显示的控制符，请删去后重写";
        return Err(Refusal::new(RefusalCode::TooLong, field, message));
    }
    Ok(text.to_owned())
}

/// As [`text`], and something must be there.
pub(super) fn required(
    words: &str,
    field: &str,
    most: usize,
    missing: &str,
) -> Result<String, Refusal> {
    let words = text(words, field, most)?;
    if words.is_empty() {
        return Err(Refusal::new(RefusalCode::EmptyText, field, missing));
    }
    Ok(words)
}

/// A contact that is written in digits is a telephone number, and must be a right one: a wrong
/// digit would only be noticed when somebody waits for the call.
fn contact(words: &str) -> Result<String, Refusal> {
    let words = text(words, "contact", SHORT)?;
    let digits = words.chars().filter(|c| !matches!(c, ' ' | '-' | '－'));
    if words.is_empty() || !digits.clone().all(char::is_numeric) {
        return Ok(words);
    }
    let plain: String = words.chars().filter(|c| *c != ' ').collect();
    check_phone(&plain).map_err(|_| {
        let message = "电话应为11位手机号，或带区号的座机号（如0470-1234567）；没有电话请写明怎样联系，或者不填";
        Refusal::new(RefusalCode::BadPhone, "contact", message)
    })
}

impl LedgerFacts {
    /// Whether nobody can be told what came of it.
    pub fn is_anonymous(&self) -> bool {
        self.person.is_empty() && self.contact.is_empty()
    }

    /// The facts as they are kept, for an entry of that ledger written on `today`.
    ///
    /// # Errors
    /// What is missing or wrong, by the field's name.
    pub fn checked(self, kind: LedgerKind, today: Date) -> Result<Self, Refusal> {
        if self.on > today {
            let message = "反映日期不能晚于今天，请改正";
            return Err(Refusal::new(RefusalCode::BadDate, "on", message));
        }
        let missing = match kind {
            LedgerKind::Consultation => "请写明咨询的问题",
            LedgerKind::Obstruction => "请写明什么事没有办成",
            LedgerKind::Complaint => "请写明投诉的内容",
            LedgerKind::Assistance => "请写明要帮办什么、怎样帮",
        };
        let content = required(&self.content, "content", LONG, missing)?;
        let about = match kind {
            LedgerKind::Complaint => {
                required(&self.about, "about", SHORT, "请写明投诉的是哪个单位、窗口或人员")?
            }
            LedgerKind::Assistance => required(&self.about, "about", SHORT, "请写明由谁帮办")?,
            _ => text(&self.about, "about", SHORT)?,
        };
        if kind == LedgerKind::Assistance {
            // Help is asked for by somebody, and nobody is helped without being reached.
            required(&self.person, "person", SHORT, "请写明帮谁办：帮办要本人自愿提出")?;
            required(&self.contact, "contact", SHORT, "请写明怎样联系本人")?;
        }
        Ok(Self {
            person: text(&self.person, "person", SHORT)?,
            contact: contact(&self.contact)?,
            content,
            about,
            ..self
        })
    }
}
