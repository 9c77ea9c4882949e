//! What a paper says that the case itself does not hold.

use jiff::civil::Date;
use yichuang_domain::bundle::{Joint, JointEnquiry};
use yichuang_domain::calendar::DueDate;
use yichuang_domain::case::Case;
use yichuang_domain::case::event::Actor;
use yichuang_domain::document::DocumentNumber;
use yichuang_domain::enquiry::Enquiry;
use yichuang_domain::matter::{Department, Matter};
use yichuang_domain::particulars::Particulars;

use crate::logo::Logo;

/// Everything a paper is written from.
#[derive(Clone, Copy, Debug)]
pub struct PaperFacts<'a> {
    /// The case as it stands.
    pub case: &'a Case,
    /// The matter, of the guide release the case is pinned to.
    pub matter: &'a Matter,
    /// The department that issues the paper (落款机关).
    pub department: &'a Department,
    /// What the paper is about, where the case does not hold it.
    pub particulars: &'a Particulars,
    /// 文号.
    pub document_number: &'a DocumentNumber,
    /// 发文字号, where the hall gives one.
    pub formal_number: Option<&'a str>,
    /// 一件事: every case that the paper is of, where there are several; else empty.
    pub linked: &'a [LinkedCase<'a>],
    /// The day on the paper.
    pub issued_on: Date,
    /// 经办人.
    pub issued_by: &'a Actor,
    /// The hall, for instance 根河市政务服务中心.
    pub hall: &'a str,
    /// The window, for instance 3号窗口.
    pub window: &'a str,
    /// What the QR code holds; ASCII, at most about 120 bytes.
    pub qr_text: &'a str,
    /// How the applicant asks for progress; none where the hall has no page for it.
    pub progress: Option<ProgressFacts<'a>>,
    /// Whether the guide is an example (示例), which every page then says.
    pub sample: bool,
    /// The release of the guide.
    pub guide_release: u32,
    /// The day that release was issued, as the guide writes it (`2026-11-24`).
    pub guide_issued_on: &'a str,
    /// Which edition of the templates; 0 for those of the program.
    pub template_edition: u32,
}

/// One of the cases that a paper of a bundle (一件事) is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkedCase<'a> {
    /// 事项名称.
    pub matter: &'a str,
    /// 实施编码.
    pub code: &'a str,
    /// 实施主体.
    pub department: &'a str,
    /// 办件编号.
    pub number: &'a str,
    /// 应办结日, where it is accepted and something is promised.
    pub due: Option<Date>,
}

/// How an applicant asks for the progress of the case (办件进度查询).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProgressFacts<'a> {
    /// 查询码, as shown: `7K2M-9QAB`.
    pub code: &'a str,
    /// 查询网址: `https://cx.genhe.gov.cn/p`.
    pub page: &'a str,
}

/// A form of the guide, as a sheet speaks of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetForm<'a> {
    /// Its id, as materials and results name it.
    pub id: &'a str,
    /// 名称.
    pub name: &'a str,
    /// How many pages of it are bound behind the sheet; none where it is not.
    pub bound: Option<u32>,
}

/// Everything the sheet of an enquiry is written from.
#[derive(Clone, Copy, Debug)]
pub struct SheetFacts<'a> {
    /// The matter asked about.
    pub matter: &'a Matter,
    /// Its department.
    pub department: &'a Department,
    /// What the matter asks for in the situation told.
    pub enquiry: &'a Enquiry<'a>,
    /// The forms that the matter names; those bound behind the sheet in the order they lie there.
    pub forms: &'a [SheetForm<'a>],
    /// The day on the sheet.
    pub given_on: Date,
    /// The hall, for instance 根河市政务服务中心.
    pub hall: &'a str,
    /// The window, for instance 3号窗口.
    pub window: &'a str,
    /// What the QR code holds; ASCII, at most about 120 bytes.
    pub qr_text: &'a str,
    /// The hall's, at the head.
    pub logo: Option<&'a Logo>,
    /// Whether the profile practises, which every page then says.
    pub practice: bool,
    /// Whether the guide is an example (示例), which every page then says.
    pub sample: bool,
    /// The release of the guide.
    pub guide_release: u32,
    /// The day that release was issued, as the guide writes it (`2026-11-24`).
    pub guide_issued_on: &'a str,
}

/// Everything the sheet of an enquiry about a bundle (一件事) is written from.
#[derive(Clone, Copy, Debug)]
pub struct JointSheetFacts<'a> {
    /// The matters of the bundle, looked at as one.
    pub joint: &'a Joint<'a>,
    /// What those that are taken ask for together in the situation told.
    pub enquiry: &'a JointEnquiry<'a>,
    /// The department of each matter of the bundle, by its position.
    pub departments: &'a [&'a Department],
    /// By when each matter would be done if it were accepted on the day of the sheet, by its
    /// position; none where nothing is promised.
    pub dues: &'a [(usize, Option<DueDate>)],
    /// What the sheet of the leading matter alone would be written from: of it, everything that
    /// is no matter's own is said once for all.
    pub sheet: SheetFacts<'a>,
}
