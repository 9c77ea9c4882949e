//! Why a cell can't be read.

/// Why a cell can't be read, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// A formula that failed.
    #[error("公式的结果是错误值“{0}”，请改正公式或直接填写内容")]
    Fault(String),
    /// A code that a spreadsheet keeps as a number.
    #[error("编码存成了数字，长编码的后几位和前面的0会丢；请把单元格格式设为“文本”后重新填写")]
    NumericCode,
    /// Not a whole number.
    #[error("“{0}”应为整数，如 1")]
    NotWhole(String),
    /// Not an amount.
    #[error("“{0}”应为金额（元），最多两位小数，如 80 或 12.50；不收费请留空")]
    NotMoney(String),
    /// Neither yes nor no.
    #[error("“{0}”应填“是”或“否”")]
    NotFlag(String),
    /// Not a date.
    #[error("“{0}”不是日期，应写成 2026-03-02")]
    NotDate(String),
    /// A range that ends before it begins, or is longer than a year.
    #[error("“{0}”的起止日期不对，应写成 2026-02-15至2026-02-23")]
    BadRange(String),
    /// A word that the column does not have.
    #[error("不认识“{word}”，应为：{words}")]
    UnknownWord {
        /// What was found.
        word: String,
        /// What there is.
        words: String,
    },
    /// A condition.
    #[error(transparent)]
    Condition(#[from] crate::workbook::condition::Unreadable),
}

impl Unfit {
    /// Stable and for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Fault(_) => "formula-error",
            Self::NumericCode => "numeric-code",
            Self::NotWhole(_) => "not-whole",
            Self::NotMoney(_) => "not-money",
            Self::NotFlag(_) => "not-flag",
            Self::NotDate(_) | Self::BadRange(_) => "bad-date",
            Self::UnknownWord { .. } => "unknown-word",
            Self::Condition(_) => "bad-condition",
        }
    }
}
