//! What the desk shows: plain data for a screen, no rule in it. Identity numbers appear in full
//! only where the clerk compares or types them ([`yichuang_domain::case::Case`], drafts); lists
//! carry none.

mod away;
mod bundle;
mod case;
mod draft;
mod enquiry;
mod evaluation;
mod figures;
mod guide;
mod handover;
mod ledger;
mod matter;
mod paper;
mod party;
mod profile;
mod scan;
mod shelf;
mod shift;
mod signing;
mod training;
mod transfer;
mod upstream;
mod workbench;

pub use self::away::AwayView;
pub use self::bundle::{BundleDraft, BundleMember, BundleView, LinkedCaseView};
pub use self::case::{
    ActionView, CaseAction, CaseFilter, CasePage, CaseRow, CaseView, NoticeItem, TimelineEntry,
    Upload,
};
pub use self::draft::{
    Assessment, CheckOption, ChecklistRow, Draft, DraftRow, DraftView, Step, Told, ToldLine,
};
pub use self::enquiry::{
    BundleEnquiryView, EnquiredMember, EnquiryView, JointProspectView, ProspectView, WantView,
};
pub use self::evaluation::{ApplicantScreen, AskedService, EvaluationScreen, ServiceView};
pub use self::figures::{FigureReason, FigureRow, FiguresFilter, FiguresView, RateParts};
pub use self::guide::{GuideOrigin, GuideView, StaleGuide};
pub use self::handover::{AlsoWaiting, OfferedHandover};
pub use self::ledger::{
    LedgerCountView, LedgerEntryView, LedgerFilter, LedgerHistory, LedgerInput, LedgerPage,
    LedgerRow, LedgerShow, LedgerStepView,
};
pub use self::matter::{FormView, Highlight, MatterHit, MatterView};
pub use self::paper::{
    FormContent, OfferedPapers, OfferedProcedure, PaperView, PdfFile, SavedFile,
};
pub use self::party::KnownPartyView;
pub use self::profile::{
    AccountView, AccountsView, ClerkView, Phase, ProfileMode, ProfileView, Status,
};
pub use self::scan::{ScanOwner, ScanState, ScanView};
pub use self::shelf::{Browse, DepartmentShelf, GroupShelf, Shelf};
pub use self::shift::{LeftOpen, ShiftView};
pub use self::signing::{PadBox, SigningRequest, SigningState, SigningView};
pub use self::training::{
    AttemptResult, AttemptRow, AttemptState, AttemptView, CardMaterial, CardOrigin, CardReport,
    CardRow, CardsView, RoleDocument, RoleReply, RoleView, TraineeRow, TrainingBoard, WordView,
};
pub use self::transfer::{ConflictSide, ConflictView, SettledView, StationWindow, WantedView};
pub use self::upstream::{ParkedCase, SyncFailure, SyncStatus};
pub use self::workbench::{Queue, QueueView, Workbench};
