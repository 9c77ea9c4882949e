//! Why a paper could not be made.

use std::path::PathBuf;

/// Why a character is not drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDrawable {
    /// A Chinese character that no font has.
    RareCharacter,
    /// Another character that no font has.
    NoFont,
    /// Private use: another system shows another character, or none.
    PrivateUse,
    /// A control character.
    Control,
    /// Nothing to see: a zero-width or directional mark. The paper would not say what the record
    /// holds.
    Invisible,
    /// A combining mark or conjoining letter that would be drawn in the wrong place.
    Combining,
    /// A variation selector: no font has the glyph that it asks for.
    Variation,
    /// Letters that run from right to left beside digits, signs or more such letters: the order
    /// could be read in two ways.
    MixedDirections,
    /// More letters that run from right to left than a line holds.
    LongRightToLeft,
}

impl NotDrawable {
    /// In the clerk's words.
    pub fn words(self) -> &'static str {
        match self {
            Self::RareCharacter => "字库中没有这个生僻字",
            Self::NoFont => "字库中没有这个字符",
            Self::PrivateUse => "这是自造字（专用区编码），换一台电脑就会变成别的字或空白",
            Self::Control => "这是控制符，不是文字",
            Self::Invisible => "这是看不见的符号",
            Self::Combining => "这是附加符号，无法正确组合显示",
            Self::Variation => "这是异体字选择符，字库中没有它指定的字形",
            Self::MixedDirections => {
                "从右向左书写的文字与数字、标点或另一段这样的文字相连，读法不唯一"
            }
            Self::LongRightToLeft => "这段从右向左书写的文字太长，一行排不下",
        }
    }

    /// What the clerk can do about it.
    pub fn advice(self) -> &'static str {
        match self {
            Self::RareCharacter => {
                "请核对是否选错了字；确为此字的，请管理员把含有这个字的字体（.ttf）放入本机字体目录，\
                 或者按身份证件上的写法填写"
            }
            Self::PrivateUse => {
                "请改用这个字的国家标准编码（生僻字输入法或拼音加部首可以查到）；\
                 没有标准编码的，按身份证件上的写法填写，例如用汉语拼音代替"
            }
            Self::Control | Self::Invisible => "请删去后重新输入",
            Self::Combining => "请改用带符号的完整字母，或者按身份证件上的汉字写法填写",
            Self::Variation => {
                "请删去选择符，填写标准字形；必须用指定字形的，请管理员把含有它的字体（.ttf）放入本机字体目录"
            }
            Self::NoFont => {
                "请核对后改正；确需使用的，请管理员把含有它的字体（.ttf）放入本机字体目录"
            }
            Self::MixedDirections | Self::LongRightToLeft => "请按身份证件上的汉字写法填写",
        }
    }
}

/// Why a file of the guide can't be printed or put behind a sheet.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnnexFault {
    /// Neither PDF nor a picture: only the program that made it can print it.
    #[error("不是PDF或图片，请保存后用相应的办公软件打开打印")]
    NotPrintable,
    /// It says what it is, and is not whole.
    #[error("文件已损坏（{detail}），请联系指南管理人员更换")]
    Damaged {
        /// What the reader said.
        detail: String,
    },
    /// A PDF with a password or with restrictions.
    #[error("PDF设了密码或者使用限制，请联系指南管理人员更换")]
    Locked,
    /// Longer than any form.
    #[error("超过{most}页，请保存后自行打印")]
    TooLong {
        /// What is taken.
        most: usize,
    },
}

impl AnnexFault {
    /// A stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotPrintable => "form-not-printable",
            Self::Damaged { .. } => "form-damaged",
            Self::Locked => "form-locked",
            Self::TooLong { .. } => "form-too-long",
        }
    }
}

/// Why a paper could not be made. Nothing was drawn.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A character that can't be printed as itself.
    #[error("{found_in}中的{}无法打印：{}。{}", shown(*character), why.words(), why.advice())]
    NoGlyph {
        /// The character.
        character: char,
        /// Its code point, for instance `U+24D13`.
        code_point: String,
        /// The field it stands in, for instance 申请人姓名.
        found_in: String,
        /// Why.
        why: NotDrawable,
    },
    /// A template that the check would not have passed.
    #[error("文书模板有误：{0}。请在“文书模板”中检查，或恢复出厂模板")]
    Template(#[from] crate::template::FillError),
    /// A font file can't be read.
    #[error("打印字体{}无法读取，请重新安装程序或联系管理员", path.display())]
    FontMissing {
        /// Where it was looked for.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A font file is no usable font.
    #[error("打印字体{}已损坏，请重新安装程序或联系管理员", path.display())]
    FontBroken {
        /// Which.
        path: PathBuf,
    },
    /// A font file of another kind than can be used.
    #[error("字体{}不是单独的TrueType字体（glyf轮廓），打印用不了，请换成同名的.ttf文件", path.display())]
    FontUnsuited {
        /// Which.
        path: PathBuf,
    },
    /// The text of the QR code is longer than a code holds.
    #[error("二维码内容过长（{length}字节），请联系管理员")]
    QrTooLong {
        /// In bytes.
        length: usize,
    },
    /// The PDF writer reported a fault.
    #[error("文书生成失败（{detail}），请重试；仍失败请联系管理员")]
    Writer {
        /// What it said.
        detail: String,
    },
}

impl DocumentError {
    /// A stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoGlyph { .. } => "no-glyph",
            Self::Template(_) => "template-faulty",
            Self::FontMissing { .. } => "font-missing",
            Self::FontBroken { .. } => "font-broken",
            Self::FontUnsuited { .. } => "font-unsuited",
            Self::QrTooLong { .. } => "qr-too-long",
            Self::Writer { .. } => "pdf-writer",
        }
    }

    pub(crate) fn no_glyph(character: char, found_in: &str, why: NotDrawable) -> Self {
        Self::NoGlyph {
            character,
            code_point: code_point(character),
            found_in: found_in.to_owned(),
            why,
        }
    }
}

/// `U+24D13`.
pub(crate) fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// A character as an error shows it: itself where it can be seen, and always its code point.
fn shown(c: char) -> String {
    use unicode_general_category::{GeneralCategory as G, get_general_category};
    let visible = !matches!(
        get_general_category(c),
        G::Control
            | G::Format
            | G::PrivateUse
            | G::Unassigned
            | G::Surrogate
            | G::NonspacingMark
            | G::EnclosingMark
            | G::SpacingMark
            | G::SpaceSeparator
            | G::LineSeparator
            | G::ParagraphSeparator
    );
    if visible {
        format!("字符“{c}”（{}）", code_point(c))
    } else {
        format!("字符{}", code_point(c))
    }
}
