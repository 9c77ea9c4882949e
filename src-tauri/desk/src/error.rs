//! Why an action was not taken. Nothing of it happened, and nothing typed is lost.

use yichuang_documents::print::PrintError;
use yichuang_documents::template::Finding;
use yichuang_documents::thermal::DeviceError;
use yichuang_documents::{AnnexFault, DocumentError};
use yichuang_domain::clerk::ClerkRole;
use yichuang_domain::named::Named as _;
use yichuang_domain::printing::BadReason;
use yichuang_domain::training::CardFinding;
use yichuang_domain::{Refusal, RefusalCode};
use yichuang_exchange::WriteError;
use yichuang_guide::Problem;
use yichuang_storage::StorageError;

/// A refused or failed action.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The input or the state of the case does not allow it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A paper can't be made.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The edition of the templates in use can't be read by this program.
    #[error("文书模板第{edition}版无法读取（{detail}），请恢复出厂模板，或者恢复以前的一版")]
    TemplatesUnreadable {
        /// Which edition; 0 for the program's own.
        edition: u32,
        /// Where it stops, as the reader says it.
        detail: String,
    },
    /// Templates that would let a paper go out incomplete.
    #[error("文书模板有{}处问题，没有启用：{}", .0.len(), first_words(.0))]
    TemplatesFaulty(Vec<Finding>),
    /// Somebody installed another edition in the meantime.
    #[error("文书模板已被换成第{newest}版，没有覆盖它；请先记下改动，重新打开后再改")]
    TemplatesChanged {
        /// The edition in use.
        newest: u32,
    },
    /// The note on an edition is too long, or no text.
    #[error("版本说明最多{most}个字，不能有控制符，请改短")]
    BadEditionNote {
        /// How many characters it may have.
        most: usize,
    },
    /// A form of the guide can't be printed here.
    #[error("“{name}”{why}")]
    Form {
        /// Its name.
        name: String,
        /// Why not.
        #[source]
        why: AnnexFault,
    },
    /// A receipt printer at a port failed.
    #[error(transparent)]
    Slip(#[from] DeviceError),
    /// A paper of an earlier version has no words to set on a slip.
    #[error("这份文书由较早的版本出具，不能打印成小票，请改用A4打印机")]
    NoSlip,
    /// A printer failed.
    #[error(transparent)]
    Print(#[from] PrintError),
    /// An earlier job of the paper has no result.
    #[error("这份文书上一次打印还没有结果，请先确认是否出纸，或取消那次打印")]
    PrintUnsettled,
    /// The paper came out before, and nobody said why it is wanted again.
    #[error("这份文书已经打印过，补打请写明原因")]
    ReprintNeedsReason,
    /// The reason says nothing, or too much.
    #[error(transparent)]
    BadReason(#[from] BadReason),
    /// The printer took the paper, and the machine could not note it.
    #[error(
        "打印机“{printer}”已经接收，但本机没能记下（{source}）。请不要重复打印，恢复后会请您确认是否出纸"
    )]
    PrintUnrecorded {
        /// Which.
        printer: String,
        /// Why.
        #[source]
        source: Box<DeskError>,
    },
    /// A setting of a printer makes no sense.
    #[error("{message}，请改正")]
    BadPrintRule {
        /// Which field.
        field: &'static str,
        /// In words.
        message: &'static str,
    },
    /// Nobody is signed in.
    #[error("请先登录")]
    NotSignedIn,
    /// The PIN is wrong.
    #[error("PIN 不正确，还可以试{left}次")]
    WrongPin {
        /// How many tries are left before the account rests.
        left: u32,
    },
    /// Too many wrong PINs.
    #[error("PIN 连续输错，请在{minutes}分钟后再试")]
    PinLocked {
        /// How long it still rests.
        minutes: i64,
    },
    /// The PIN is too easy.
    #[error("PIN 至少6位数字，不能全部相同，也不能是连续数字")]
    WeakPin,
    /// The name of the account is empty or taken.
    #[error("{0}")]
    BadClerkName(&'static str),
    /// The PIN was set by somebody else, so that its owner must set their own.
    #[error("这是管理员设置的临时 PIN，请设置自己的 PIN 后登录")]
    TemporaryPin,
    /// The new PIN is the old one.
    #[error("新 PIN 与原来的相同，请换一个")]
    SamePin,
    /// Only somebody with this role may do it.
    #[error("只有{}可以，请由{}登录后操作", .0.word(), .0.word())]
    NotRole(ClerkRole),
    /// Whose word counts is a lead.
    #[error("只有组长可以确认：请由组长本人选择姓名并输入 PIN")]
    NotLead,
    /// It would leave no administrator.
    #[error("至少要有一名管理员：请先指定另一名")]
    LastAdministrator,
    /// An administrator's own account, which they neither retire nor reset.
    #[error("不能停用自己的账户，也不能重置自己的 PIN")]
    OwnAccount,
    /// A lead's word that says too little or too much.
    #[error("{}", match *field {
        "days" => "请填写确认的天数，1至30天",
        _ => "请写明原因，不超过200字",
    })]
    BadConfirmation {
        /// `days` or `reason`.
        field: &'static str,
    },
    /// A workbook can't be written.
    #[error(transparent)]
    Workbook(#[from] WriteError),
    /// There already is an account.
    #[error("本机已有账号，请登录后由已有人员添加")]
    NotFirst,
    /// Nothing of that id is here.
    #[error("找不到{what}，可能已被处理，请刷新后再试")]
    NotFound {
        /// What was looked for.
        what: &'static str,
    },
    /// Somebody changed it in the meantime.
    #[error("这条记录在别处已经处理过了")]
    Stale,
    /// The draft became a case, or was thrown away.
    #[error("这份登记已经办成办件，或者已经放弃")]
    DraftGone,
    /// Another page saved the draft in the meantime.
    #[error("这份登记刚在另一个页面改过，两边内容不一样")]
    Overtaken,
    /// What the clerk confirmed is not what follows now.
    #[error("认定结果在确认前有了变化（跨日、指南换版或登记在别处改动），请按新的结果重新核对")]
    Changed,
    /// There is no guide.
    #[error("本机还没有办事指南，请先导入")]
    NoGuide,
    /// The guide package has faults; nothing was changed.
    #[error("指南包有{}处错误，未作任何改动", .0.len())]
    BadGuide(Vec<Problem>),
    /// The guide package is not newer.
    #[error("指南第{found}版不比本机的第{current}版新，未作任何改动")]
    OldGuide {
        /// The package's release.
        found: u32,
        /// The release in use.
        current: u32,
    },
    /// The guide is another region's.
    #[error("这份指南是{region}的，本机属于{own}，未作任何改动")]
    ForeignGuide {
        /// The package's 行政区划代码.
        region: String,
        /// The window's.
        own: String,
    },
    /// The guide is example data, and this window takes real applications.
    #[error(
        "这是示例指南（第{found}版），内容没有人核实，正式窗口不能启用，未作任何改动。\
         请向大厅管理员要正式版；培训请用演练档案（--data 指定另一个目录）"
    )]
    SampleGuide {
        /// The package's release.
        found: u32,
    },
    /// The package is not what the hub's statement says it is.
    #[error("指南包的内容（第{found}版）与大厅中心签发的（第{said}版）不符，未作任何改动")]
    OtherGuide {
        /// The package's release.
        found: u32,
        /// The release that the hub signed.
        said: u32,
    },
    /// A scripted case in a profile with real records.
    #[error("本机保存的是正式办件，不能在此演练；请用 --data 指定另一个目录")]
    RealRecords,
    /// A folder or file can't be written.
    #[error("“{path}”无法写入：{}", yichuang_domain::system::words(source))]
    Unwritable {
        /// Which.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file that was named can't be read.
    #[error("文件“{path}”无法读取：{}", yichuang_domain::system::words(source))]
    File {
        /// Which.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Training is not among records.
    #[error("现在不在训练中，请先从“训练”进入")]
    NotTraining,
    /// A role card that can't be played.
    #[error("角色卡有{}处要改正：{}", .0.len(), first_fault(.0))]
    CardFaulty(Vec<CardFinding>),
    /// The scenario is not a scenario.
    #[error("情景文件格式不对：{0}")]
    BadScenario(String),
}

impl DeskError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code.as_str(),
            Self::Storage(error) => error.code(),
            Self::Document(error) => error.code(),
            Self::TemplatesUnreadable { .. } => "templates-unreadable",
            Self::TemplatesFaulty(_) => "templates-faulty",
            Self::TemplatesChanged { .. } => "templates-changed",
            Self::BadEditionNote { .. } => "bad-edition-note",
            Self::Form { why, .. } => why.code(),
            Self::Slip(error) => error.code(),
            Self::NoSlip => "no-slip",
            Self::Print(error) => error.code(),
            Self::PrintUnsettled => "print-unsettled",
            Self::ReprintNeedsReason => "reprint-needs-reason",
            Self::BadReason(_) => "reprint-reason",
            Self::PrintUnrecorded { .. } => "print-unrecorded",
            Self::BadPrintRule { .. } => "bad-print-rule",
            Self::NotSignedIn => "not-signed-in",
            Self::WrongPin { .. } => "wrong-pin",
            Self::PinLocked { .. } => "pin-locked",
            Self::WeakPin => "weak-pin",
            Self::BadClerkName(_) => "bad-clerk-name",
            Self::TemporaryPin => "pin-temporary",
            Self::SamePin => "same-pin",
            Self::NotRole(ClerkRole::Lead) | Self::NotLead => "not-lead",
            Self::NotRole(ClerkRole::Administrator) => "not-administrator",
            Self::NotRole(ClerkRole::Trainer) => "not-trainer",
            Self::LastAdministrator => "last-administrator",
            Self::OwnAccount => "own-account",
            Self::BadConfirmation { .. } => "bad-confirmation",
            Self::Workbook(_) => "workbook-failed",
            Self::NotFirst => "not-first",
            Self::NotFound { .. } => "not-found",
            Self::Stale => "stale",
            Self::DraftGone => "draft-gone",
            Self::Overtaken => "draft-overtaken",
            Self::Changed => "changed",
            Self::NoGuide => "no-guide",
            Self::BadGuide(_) => "bad-guide",
            Self::OldGuide { .. } => "guide-not-newer",
            Self::ForeignGuide { .. } => "guide-foreign",
            Self::SampleGuide { .. } => "guide-sample",
            Self::OtherGuide { .. } => "guide-damaged",
            Self::RealRecords => "real-records",
            Self::Unwritable { .. } => "file-unwritable",
            Self::File { .. } => "file",
            Self::NotTraining => "not-training",
            Self::CardFaulty(_) => "card-faulty",
            Self::BadScenario(_) => "bad-scenario",
        }
    }

    /// Which field it is about, where there is one.
    pub fn field(&self) -> Option<String> {
        match self {
            Self::Refused(refusal) => Some(refusal.field.clone()),
            Self::Document(DocumentError::NoGlyph { found_in, .. }) => Some(paper_field(found_in)),
            Self::BadGuide(problems) => problems.first().map(|p| p.place.clone()),
            Self::OldGuide { .. } => Some("release".to_owned()),
            Self::ForeignGuide { .. } => Some("region.code".to_owned()),
            Self::SampleGuide { .. } => Some("status".to_owned()),
            Self::WrongPin { .. } | Self::PinLocked { .. } | Self::WeakPin => {
                Some("pin".to_owned())
            }
            Self::CardFaulty(findings) => findings.first().map(|found| found.path.clone()),
            Self::TemplatesFaulty(findings) => findings.first().map(|found| found.path.clone()),
            Self::BadEditionNote { .. } => Some("note".to_owned()),
            Self::TemporaryPin | Self::SamePin => Some("new_pin".to_owned()),
            Self::NotLead => Some("lead".to_owned()),
            Self::LastAdministrator => Some("roles".to_owned()),
            Self::BadConfirmation { field } => Some((*field).to_owned()),
            Self::ReprintNeedsReason | Self::BadReason(_) => Some("reason".to_owned()),
            Self::BadPrintRule { field, .. } => Some((*field).to_owned()),
            Self::BadClerkName(_) => Some("name".to_owned()),
            Self::File { path, .. } | Self::Unwritable { path, .. } => Some(path.clone()),
            _ => None,
        }
    }

    /// Whether the input was refused, rather than the machine having failed.
    pub fn is_refusal(&self) -> bool {
        match self {
            Self::Storage(
                StorageError::Practised
                | StorageError::Training
                | StorageError::NotTraining
                | StorageError::Enrolled
                | StorageError::AttachmentMissing
                | StorageError::AttachmentDamaged,
            ) => true,
            Self::Print(error) => matches!(error, PrintError::WrongPrinter { .. }),
            Self::Storage(_)
            | Self::PrintUnrecorded { .. }
            | Self::Unwritable { .. }
            | Self::Workbook(_) => false,
            Self::Document(error) => matches!(error, DocumentError::NoGlyph { .. }),
            _ => true,
        }
    }

    /// The step does not follow from where the case stands.
    pub(crate) fn not_now(message: impl Into<String>) -> Self {
        Self::Refused(Refusal::new(RefusalCode::NotNow, "case", message))
    }
}

/// The field of the intake that a place on a paper was filled from; the place itself where there
/// is none.
fn paper_field(place: &str) -> String {
    match place {
        "申请人姓名" | "申请人名称" => "applicant.name",
        "代理人姓名" => "agent.name",
        "核对说明" => "materials",
        place => place,
    }
    .to_owned()
}

fn first_fault(findings: &[CardFinding]) -> &str {
    findings.first().map_or("", |found| found.message.as_str())
}

fn first_words(findings: &[Finding]) -> String {
    findings.first().map(|f| format!("{}{}", f.whereabouts(), f.message)).unwrap_or_default()
}
