//! What came out, and how it is said.

use jiff::civil::Date;
use yichuang_domain::calendar::chinese_date;
use yichuang_protocol::PaperMark;

use super::Archived;
use super::judge::Knowledge;
use super::view::{ArchivedCopy, SignedPaper, Verdict, Verification};

/// A roster older than this, in days, is said to be old: what was revoked since is not seen.
const OLD_AFTER_DAYS: i32 = 30;

/// How a paper was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// By its code: what stands on the paper was not seen.
    Code,
    /// By the bytes of its file: everything was.
    File,
}

/// What came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finding {
    /// Signed by a device of the hall.
    Genuine,
    /// The same, in a profile for practice.
    GenuinePractice,
    /// The device was revoked, but only for later papers.
    GenuineBefore { revoked_from: Date },
    /// The device was revoked when the paper says it was issued.
    Revoked { from: Date },
    /// The signature is not the device's.
    BadSignature,
    /// A code that was cut or changed.
    DamagedMark,
    /// A file that was cut or changed.
    DamagedFile,
    /// Rightly signed, but not what the archive of this window holds under its number.
    OtherThanArchive,
    /// A practice paper among real records.
    PracticePaper,
    /// A real paper in a profile for practice.
    RealPaper,
    /// No such device at this hub.
    UnknownDevice,
    /// The roster may be too old for that device.
    RosterOlder { as_of: Date },
    /// No roster came yet.
    NoRoster,
    /// This profile joined no hub.
    NoHub,
    /// A code of this program that nobody signed: a sheet of an enquiry, or an early paper.
    UnsignedCode,
    /// Some other code.
    OtherCode,
    /// A PDF without a signature of a device.
    UnsignedFile,
    /// No PDF.
    OtherFile,
}

const COMPARE: &str = "请把纸上的编号、文书、日期与签名写明的逐项对照";
const DO_NOT_TAKE: &str = "不要凭这份文书办理；留存原件，报告值班长";
const ASK_ISSUER: &str = "可凭办件编号向签发窗口核实";
const SYNC: &str = "联网同步一次后再核验";

impl Finding {
    fn verdict(self) -> Verdict {
        match self {
            Self::Genuine | Self::GenuinePractice | Self::GenuineBefore { .. } => Verdict::Genuine,
            Self::Revoked { .. } => Verdict::Revoked,
            Self::BadSignature | Self::DamagedMark | Self::DamagedFile | Self::OtherThanArchive => {
                Verdict::Altered
            }
            Self::PracticePaper => Verdict::Practice,
            Self::UnknownDevice => Verdict::UnknownDevice,
            Self::RealPaper | Self::RosterOlder { .. } | Self::NoRoster | Self::NoHub => {
                Verdict::Unjudged
            }
            Self::UnsignedCode | Self::OtherCode | Self::UnsignedFile | Self::OtherFile => {
                Verdict::NotOurs
            }
        }
    }

    fn headline(self) -> &'static str {
        match self.verdict() {
            Verdict::Genuine if self == Self::GenuinePractice => "签名属实（演练文书，无法律效力）",
            Verdict::Genuine => "属实：本大厅签发",
            Verdict::Practice => "演练文书，不是正式文书",
            Verdict::Altered => "已被改动，不可采信",
            Verdict::UnknownDevice => "签发设备不明，不可采信",
            Verdict::Revoked => "签发设备已停用，不可采信",
            Verdict::NotOurs if self == Self::UnsignedCode => "没有签名，无从核验",
            Verdict::NotOurs if self == Self::OtherCode => "没有扫到防伪二维码，无法核验",
            Verdict::NotOurs if self == Self::OtherFile => "不是文书的原文件，无法核验",
            Verdict::NotOurs => "不是本系统签发的文书",
            Verdict::Unjudged => "暂时无法判断",
        }
    }

    fn reason(self) -> String {
        let day = |date: Date| chinese_date(date);
        match self {
            Self::Genuine => "签名与大厅登记的窗口设备相符，签发后未被改动".to_owned(),
            Self::GenuinePractice => "签名与演练设备相符，签发后未被改动".to_owned(),
            Self::GenuineBefore { revoked_from } => format!(
                "签名相符。签发设备自{}起停用，这份文书写明的日期在此之前",
                day(revoked_from)
            ),
            Self::Revoked { from } => {
                format!("签发设备自{}起停用，此后以它的名义出具的文书一律无效", day(from))
            }
            Self::BadSignature => "签名与所写的办件编号、文书、日期或内容对不上".to_owned(),
            Self::DamagedMark => "二维码内容残缺或被改动".to_owned(),
            Self::DamagedFile => {
                "文件内容与签名对不上：签发之后被改动、增删过，或没有下载完整".to_owned()
            }
            Self::OtherThanArchive => "签名相符，但与本机存档的同一编号文书不一致".to_owned(),
            Self::PracticePaper => "办件编号以 YS 开头，是培训演练的产物，没有法律效力".to_owned(),
            Self::RealPaper => "这是正式文书，本机是演练环境，没有正式窗口的名册".to_owned(),
            Self::UnknownDevice => "大厅的设备名册里没有签发它的设备".to_owned(),
            Self::RosterOlder { as_of } => {
                format!("名册里没有签发它的设备，但名册截至{}，不晚于文书的签发日期", day(as_of))
            }
            Self::NoRoster => "本机还没有取得大厅的设备名册，只认得本机签发的文书".to_owned(),
            Self::NoHub => "本机没有加入大厅，只认得本机自己的演练文书".to_owned(),
            Self::UnsignedCode => {
                "这是一次性告知单，或旧版程序签发的文书，二维码里没有签名".to_owned()
            }
            Self::OtherCode => "扫到的不是文书右上角的防伪二维码".to_owned(),
            Self::UnsignedFile => "这个 PDF 里没有窗口设备的签名".to_owned(),
            Self::OtherFile => "这个文件不是 PDF".to_owned(),
        }
    }

    fn advice(self, by: Option<By>) -> Vec<&'static str> {
        match self {
            Self::Genuine | Self::GenuinePractice if by == Some(By::File) => vec![],
            Self::Genuine | Self::GenuinePractice => vec![COMPARE],
            Self::GenuineBefore { .. } => {
                vec!["停用的设备可能落入他人之手，日期可以倒填：重要事项请再向签发窗口核实"]
            }
            Self::Revoked { .. }
            | Self::BadSignature
            | Self::OtherThanArchive
            | Self::UnknownDevice => vec![DO_NOT_TAKE, ASK_ISSUER],
            Self::DamagedMark => vec!["请重新扫描一次，手工输入的请逐字核对", DO_NOT_TAKE],
            Self::DamagedFile => {
                vec!["请对方重新发来原文件，或扫描纸质文书上的二维码", DO_NOT_TAKE]
            }
            Self::PracticePaper => vec!["不要凭这份文书办理"],
            Self::RealPaper => vec!["请在正式窗口的电脑上核验"],
            Self::RosterOlder { .. } | Self::NoRoster => vec![SYNC, ASK_ISSUER],
            Self::NoHub => vec!["请在签发它的那台电脑上核验"],
            Self::UnsignedCode => vec!["可凭办件编号在“办件”中查找存档对照", ASK_ISSUER],
            Self::OtherCode => vec!["请扫描文书右上角的二维码"],
            Self::UnsignedFile => vec![
                "重新打印成 PDF、拍照或经其他软件另存的文件会失去签名：请扫描文书上的二维码",
                "旧版程序签发的文书没有签名，可凭办件编号查找存档对照",
            ],
            Self::OtherFile => vec!["请选择窗口签发的 PDF 原文件"],
        }
    }
}

impl Knowledge {
    /// The answer where there is nothing to show of a paper.
    pub(super) fn tell(&self, finding: Finding) -> Verification {
        self.verification(finding, None, None)
    }

    /// The answer on a paper; `same` says whether what is archived here is the same, `by` how it
    /// was looked at.
    pub(super) fn answer(
        &self,
        judged: Finding,
        mark: &PaperMark,
        archived: Option<Archived>,
        same: Option<bool>,
        by: By,
    ) -> Verification {
        let genuine = judged.verdict() == Verdict::Genuine;
        let finding = match same {
            Some(false) if genuine => Finding::OtherThanArchive,
            _ => judged,
        };
        let proven = genuine || matches!(judged, Finding::Revoked { .. });
        let mut told = self.verification(finding, Some(by), Some(self.signed(mark, proven)));
        let own = self.own_device(&mark.device).is_some();
        if genuine && own && archived.is_none() {
            told.advice.push("本机存档里没有这份文书，可能恢复过旧备份：请报告管理员".to_owned());
        }
        told.archived = archived.map(|archived| ArchivedCopy {
            case: archived.case,
            number: archived.document.number,
            same,
        });
        told
    }

    fn verification(
        &self,
        finding: Finding,
        by: Option<By>,
        signed: Option<SignedPaper>,
    ) -> Verification {
        let as_of = self.roster_day();
        let mut advice: Vec<String> = finding.advice(by).into_iter().map(str::to_owned).collect();
        let age = as_of.map_or(0, |as_of| self.today.since(as_of).map_or(0, |age| age.get_days()));
        if age > OLD_AFTER_DAYS && matches!(finding, Finding::Genuine) {
            advice.push(format!("设备名册已有{age}天未更新，其间停用的设备看不出来：请{SYNC}"));
        }
        Verification {
            verdict: finding.verdict(),
            practice: signed.as_ref().is_some_and(|signed| signed.practice),
            headline: finding.headline().to_owned(),
            reason: finding.reason(),
            advice,
            signed,
            archived: None,
            roster_as_of: as_of.map(|day| day.to_string()),
        }
    }

    fn signed(&self, mark: &PaperMark, proven: bool) -> SignedPaper {
        let title = match mark.kind() {
            Some(kind) => kind.title().to_owned(),
            None => format!("本程序不认识的文种（{}）", mark.letters),
        };
        SignedPaper {
            case_number: mark.case.to_string(),
            title,
            nth: mark.nth,
            issued_on: mark.issued_on.to_string(),
            window: self.window_of(&mark.device),
            device: mark.device.clone(),
            practice: mark.case.is_practice(),
            proven,
        }
    }
}
