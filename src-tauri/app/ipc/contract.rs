//! The one list of commands. Both doors (the window's IPC and HTTP on the loopback address) and
//! the TypeScript of the screens come from it: a command without a handler does not compile.

mod access;
mod bundle;
mod counter;
mod figures;
mod party;
mod shift;
mod training;

pub use access::{
    AddClerk, ChangePin, FirstAccount, ResetPin, SetAccount, SetRetired, SignIn, Unlock,
};
pub use bundle::{BundleSheetOf, EnquireBundle, FileBundle, PrintBundleSheet, StartBundle};
pub use counter::{
    AnswerEvaluation, ApplicantAddress, AskSignature, EnterEvaluation, HandOver, ServiceOnly, Sign,
    SigningOnly,
};
pub use figures::FigureCases;
pub use party::{CardReaderView, CardText, FindParties, SetCardReader};
use serde::{Deserialize, Serialize};
pub use shift::{HandOverShift, ShiftOnly};
pub use training::{AttemptOnly, RoleCardOnly, RoleCardsOf, SayWord};
use ts_rs::TS;
pub use yichuang_desk::printing::{
    DayEndView, PrintJobFilter, PrintJobView, PrintRuleView, PrinterView,
};
pub use yichuang_desk::renewal::Renewal;
pub use yichuang_desk::templates::{
    Restored, TemplateEditionView, TemplateVocabulary, TemplatesView,
};
pub use yichuang_desk::verification::Verification;
pub use yichuang_desk::view::{
    AccountsView, ApplicantScreen, AttemptResult, AttemptView, Browse, BundleEnquiryView,
    CardReport, CardsView, CaseFilter, CasePage, CaseRow, CaseView, Draft, DraftView, EnquiryView,
    EvaluationScreen, FiguresFilter, FiguresView, FormContent, KnownPartyView, LedgerEntryView,
    LedgerFilter, LedgerInput, LedgerPage, LeftOpen, MatterHit, MatterView, OfferedHandover,
    OfferedPapers, PdfFile, SavedFile, ScanOwner, ScanView, Shelf, ShiftView, SigningView,
    StationWindow, Status, SyncStatus, TrainingBoard, WantedView, Workbench,
};
use yichuang_documents::Format;
pub use yichuang_documents::template::Finding as TemplateFinding;
use yichuang_documents::template::Situation;
pub use yichuang_domain::card::CardRead;
use yichuang_domain::case::{EventPlace, Parties};
use yichuang_domain::condition::Answers;
use yichuang_domain::correction::CorrectionInput;
use yichuang_domain::determination::Determination;
use yichuang_domain::document::DocumentKind;
use yichuang_domain::issue::PaperRequest;
pub use yichuang_domain::ledger::LedgerLimitSet;
use yichuang_domain::ledger::{LedgerKind, LedgerStep};
use yichuang_domain::printing::{OtherWay, ReprintReason};
pub use yichuang_domain::training::RoleCard;
pub use yichuang_guide::Finding;

/// No parameters.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// Looks for matters.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SearchText {
    /// Chinese fragment, pinyin, initials or code; empty lists what this window uses most.
    pub text: String,
    /// How many at most.
    pub limit: u32,
}

/// Names where matters stand together.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ShelfOnly {
    /// A department, a bundle, or the starred ones.
    pub shelf: Shelf,
}

/// Stars a matter, or takes the star away.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct StarMatter {
    /// 实施编码.
    pub code: String,
    /// Whether it is to be starred.
    pub starred: bool,
}

/// Names a matter.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct MatterCodeOnly {
    /// 实施编码.
    pub code: String,
}

/// A matter in the situation told so far.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct Enquire {
    /// 实施编码.
    pub code: String,
    /// Choices by question, as many as there are; `agent` (`yes`, `no`) among them.
    #[ts(type = "Record<string, string>")]
    pub answers: Answers,
}

/// The sheet of an enquiry.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SheetOf {
    /// 实施编码.
    pub code: String,
    /// As in an enquiry.
    #[ts(type = "Record<string, string>")]
    pub answers: Answers,
    /// Whether the samples of forms go along.
    pub samples: bool,
}

/// Names a form of the guide.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct FormOnly {
    /// Its id.
    pub id: String,
}

/// Sends a form of the guide to a printer.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PrintForm {
    /// Its id.
    pub id: String,
    /// The printer's name; none means the system's default.
    pub printer: Option<String>,
}

/// Sends the sheet of an enquiry to a printer.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PrintGuideSheet {
    /// 实施编码.
    pub code: String,
    /// As in an enquiry.
    #[ts(type = "Record<string, string>")]
    pub answers: Answers,
    /// Whether the samples of forms go along.
    pub samples: bool,
    /// The printer's name; none means the system's default.
    pub printer: Option<String>,
}

/// What became of a print job.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Printed {
    /// What to tell the clerk: handed over, to which printer.
    pub words: String,
}

/// Begins a case.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct StartDraft {
    /// 实施编码.
    pub code: String,
    /// What an enquiry brought, if one went before.
    #[serde(default)]
    #[ts(type = "Record<string, string>", optional)]
    pub answers: Option<Answers>,
}

/// Names a draft.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DraftOnly {
    /// Its id.
    pub id: String,
}

/// Saves a draft.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SaveDraft {
    /// The draft, whole.
    pub draft: Draft,
    /// The state that it was typed over; none saves over whatever is there.
    #[serde(default)]
    #[ts(optional)]
    pub over: Option<String>,
}

/// Turns a draft into a case.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct FileCase {
    /// The draft.
    pub id: String,
    /// What the clerk saw and agreed to.
    pub confirmed: Determination,
    /// Take the materials in now and give the one-time notice later (within its days).
    pub notice_later: bool,
}

/// Names a case.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CaseOnly {
    /// Its id.
    pub id: String,
}

/// A step of a case on a day.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CaseOnDay {
    /// The case.
    pub id: String,
    /// `YYYY-MM-DD`; none means today. Only practice may choose another day.
    pub on: Option<String>,
}

/// Asks for a paper of a case.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct IssuePaper {
    /// The case.
    pub id: String,
    /// Which paper, and what it is about.
    pub request: PaperRequest,
    /// `YYYY-MM-DD`; none means today. Only practice may choose another day.
    pub on: Option<String>,
}

/// Records what arrived after a notice.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RecordSupplement {
    /// The case.
    pub id: String,
    /// `YYYY-MM-DD`; none means today.
    pub on: Option<String>,
    /// The materials that arrived.
    pub ids: Vec<String>,
}

/// Puts right what a case says of who applies.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CorrectParties {
    /// The case.
    pub id: String,
    /// What is right.
    pub input: CorrectionInput,
    /// What the case said when it was looked at.
    pub seen: Parties,
}

/// Withdraws a case.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct WithdrawCase {
    /// The case.
    pub id: String,
    /// Why.
    pub reason: String,
}

/// Asks for a case that another window has in hand.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct TakeOver {
    /// 办件编号.
    pub number: String,
    /// Why.
    pub reason: String,
}

/// Names a case that was asked for.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct WantedOnly {
    /// 办件编号.
    pub number: String,
}

/// Hands a case on to another window of the station.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct HandOn {
    /// The case.
    pub id: String,
    /// The code of the window's device.
    pub device: String,
    /// Why.
    pub reason: String,
}

/// Says what is to become of an event that did not apply.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SettleConflict {
    /// The case.
    pub id: String,
    /// Where the event stands.
    pub of: EventPlace,
    /// Whether it counts after all.
    pub adopted: bool,
    /// Why.
    pub reason: String,
}

/// Names a paper.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PaperOnly {
    /// 文号.
    pub number: String,
}

/// Sends a paper to a printer.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PrintPaper {
    /// 文号.
    pub number: String,
    /// The printer's name; none means the one set for its kind, else the system's default.
    pub printer: Option<String>,
    /// Why it is printed again; asked for where it came out before (补打).
    pub reason: Option<ReprintReason>,
}

/// Names a print job.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PrintJobOnly {
    /// Its id.
    pub id: String,
}

/// The answer to 出纸了吗.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SettlePrint {
    /// The job.
    pub id: String,
    /// Whether paper came out.
    pub out: bool,
}

/// Notes that a paper was given in another way.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct GivePaper {
    /// 文号.
    pub number: String,
    /// How.
    pub way: OtherWay,
}

/// Names a day.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DayOnly {
    /// `YYYY-MM-DD`; none means today.
    pub day: Option<String>,
}

/// The code of a paper to be verified.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct VerifyCode {
    /// As scanned or typed.
    pub text: String,
}

/// A file to be verified.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct VerifyFile {
    /// Its bytes, base64.
    pub base64: String,
}

/// A lead's word that work goes on while the window is away from its hub.
#[derive(Clone, Deserialize, TS)]
pub struct ConfirmAway {
    /// The lead's account.
    pub lead: String,
    /// Their PIN.
    pub pin: String,
    /// For how many days.
    pub days: u32,
    /// Why.
    pub reason: String,
}

/// Where a ferry file can go, and what lies there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FerryPlace {
    /// The folder.
    pub path: String,
    /// The name of the stick that it is on; none where it is on no stick.
    pub stick: Option<String>,
    /// Whether it is the program's own, which is made where it is not there.
    pub own: bool,
    /// How many bytes are free there; none where the system does not say.
    #[ts(type = "number | null")]
    pub free: Option<u64>,
    /// Answers of the hub that lie there, those for this window first.
    pub answers: Vec<FerryAnswerFile>,
}

/// An answer of the hub that lies somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FerryAnswerFile {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub path: String,
    /// How many bytes it has.
    #[ts(type = "number")]
    pub size: u64,
    /// When it was written, RFC 3339.
    pub changed_at: String,
}

/// Writes a ferry file.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SaveFerryFile {
    /// Into which folder; none means the program's own among the user's documents.
    pub folder: Option<String>,
    /// Whether scans go along.
    pub scans: bool,
}

/// A ferry file, to be carried to the hub.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FerryFile {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub path: String,
    /// How many bytes it has.
    #[ts(type = "number")]
    pub size: u64,
    /// How many events are in it.
    #[ts(type = "number")]
    pub events: u64,
    /// How many scans are in it.
    #[ts(type = "number")]
    pub scans: u64,
    /// How many bytes of scans.
    #[ts(type = "number")]
    pub scan_bytes: u64,
    /// How many scans had no room and go with the next file.
    #[ts(type = "number")]
    pub scans_left: u64,
    /// How many scans can't be read on this machine.
    #[ts(type = "number")]
    pub scans_unreadable: u64,
}

/// Names an answer of the hub.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct TakeFerryAnswer {
    /// Where it is.
    pub path: String,
}

/// What is being done to a ferry file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FerryPhase {
    /// Events are written; in events.
    Events,
    /// Scans are written; in bytes.
    Scans,
    /// An answer is copied; in bytes.
    Copying,
    /// It is proven; in bytes.
    Proving,
    /// It is taken in; in bytes.
    Taking,
}

/// How far the work on a ferry file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FerryProgress {
    /// What is being done.
    pub phase: FerryPhase,
    /// How much is done.
    #[ts(type = "number")]
    pub done: u64,
    /// Of how much; 0 where nobody knows.
    #[ts(type = "number")]
    pub of: u64,
}

/// What an answer brought.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FerryTaken {
    /// How many events of this window the hub now confirms beyond what was known.
    #[ts(type = "number")]
    pub confirmed: u64,
    /// How many events came from the hub.
    #[ts(type = "number")]
    pub pulled: u64,
    /// How many events of this window the hub refused.
    #[ts(type = "number")]
    pub rejected: u64,
    /// How many scans the hub now holds whole beyond what was known.
    #[ts(type = "number")]
    pub scans: u64,
    /// How many scans the hub takes none of.
    #[ts(type = "number")]
    pub scans_refused: u64,
    /// The guide release that was taken into use.
    pub guide: Option<u32>,
    /// The answer is older than what is known here.
    pub stale: bool,
    /// The hub was put back to a backup and asks for a new file.
    pub again: bool,
    /// How the upload stands now.
    pub status: SyncStatus,
}

/// Names a kind of paper.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct KindOnly {
    /// Which.
    pub kind: DocumentKind,
}

/// A template set as it is being written.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct TemplatesText {
    /// JSON.
    pub text: String,
}

/// A specimen of a paper.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PreviewTemplate {
    /// The set, as JSON.
    pub text: String,
    /// Of which kind.
    pub kind: DocumentKind,
    /// On which sheet.
    pub sheet: Format,
    /// What it shows otherwise than usual, by name: `yes` or `no`, or the value of a choice.
    #[ts(type = "Record<string, string>")]
    pub situation: Situation,
}

/// Takes a template set into use as the next edition.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct InstallTemplates {
    /// The set, as JSON.
    pub text: String,
    /// What changed, in words.
    pub note: String,
    /// The edition that it was written from, which must still be the one in use.
    pub base: u32,
}

/// Goes back to the program's own templates, as the next edition.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RestoreTemplates {
    /// What of them.
    pub what: Restored,
    /// Why, in words.
    pub note: String,
    /// The edition in use.
    pub base: u32,
}

/// Takes an earlier edition of the templates into use again, as the next one.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ReuseTemplates {
    /// Which.
    pub edition: u32,
    /// Why, in words.
    pub note: String,
    /// The edition in use.
    pub base: u32,
}

/// Names the scans of a draft or a case.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ScansOf {
    /// Whose.
    pub owner: ScanOwner,
}

/// Adds a scan; its bytes travel beside this.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct AddScan {
    /// Whose.
    pub owner: ScanOwner,
    /// Of which material.
    pub material: String,
    /// The name of its file.
    pub name: String,
}

/// Names a scan.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ScanOnly {
    /// Whose.
    pub owner: ScanOwner,
    /// SHA-256 of its bytes.
    pub hash: String,
}

/// Takes a scan off.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RemoveScan {
    /// Whose.
    pub owner: ScanOwner,
    /// Of which material.
    pub material: String,
    /// SHA-256 of its bytes.
    pub hash: String,
    /// Why; needed in a case.
    pub reason: String,
}

/// Writes an entry into a ledger.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RegisterLedger {
    /// Which ledger.
    pub kind: LedgerKind,
    /// What it says.
    pub input: LedgerInput,
    /// What settles it at once; none where something is still owed.
    pub settled: Option<LedgerStep>,
}

/// Names an entry of a ledger.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct LedgerEntryOnly {
    /// Its id.
    pub id: String,
}

/// A step of an entry.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct StepLedger {
    /// The entry.
    pub id: String,
    /// Its revision as it was seen.
    pub revision: u32,
    /// The step.
    pub step: LedgerStep,
}

/// Corrects what an entry says.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CorrectLedger {
    /// The entry.
    pub id: String,
    /// Its revision as it was seen.
    pub revision: u32,
    /// What it is to say.
    pub input: LedgerInput,
    /// Why.
    pub reason: String,
}

/// Joins a hub.
#[derive(Clone, Deserialize, TS)]
pub struct Enrol {
    /// The hub's address.
    pub hub: String,
    /// The one-time code.
    pub code: String,
    /// A private authority's certificate (PEM), where the hub uses one.
    pub authority: Option<String>,
}

/// A scripted case that the window is to play by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Demonstration {
    /// The scenario, as read from its file.
    #[ts(type = "unknown")]
    pub scenario: serde_json::Value,
}

/// How a scripted case went in the window.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DemonstrationEnd {
    /// The case that was filed; none where it failed.
    pub case: Option<String>,
    /// What went wrong.
    pub failure: Option<String>,
}

/// The contract: `name: Request => Reply`.
macro_rules! with_commands {
    ($apply:ident) => {
        $apply! {
            /// Where the program stands.
            status: Nothing => Status,
            unlock: Unlock => Status,
            first_account: FirstAccount => Status,
            add_clerk: AddClerk => Status,
            accounts: Nothing => AccountsView,
            set_account: SetAccount => Status,
            reset_pin: ResetPin => Status,
            set_retired: SetRetired => Status,
            change_pin: ChangePin => Status,
            sign_in: SignIn => Status,
            sign_out: Nothing => Status,
            enrol: Enrol => Status,
            search: SearchText => Vec<MatterHit>,
            guide_review: Nothing => Vec<Finding>,
            guide_renewal: Nothing => Option<Renewal>,
            browse: Nothing => Browse,
            shelf: ShelfOnly => Vec<MatterHit>,
            star: StarMatter => Nothing,
            matter: MatterCodeOnly => MatterView,
            workbench: Nothing => Workbench,
            enquire: Enquire => EnquiryView,
            guide_sheet: SheetOf => PdfFile,
            save_guide_sheet: SheetOf => SavedFile,
            print_guide_sheet: PrintGuideSheet => Printed,
            enquire_bundle: EnquireBundle => BundleEnquiryView,
            bundle_sheet: BundleSheetOf => PdfFile,
            save_bundle_sheet: BundleSheetOf => SavedFile,
            print_bundle_sheet: PrintBundleSheet => Printed,
            form: FormOnly => FormContent,
            form_paper: FormOnly => PdfFile,
            save_form: FormOnly => SavedFile,
            print_form: PrintForm => Printed,
            start_draft: StartDraft => DraftView,
            start_bundle: StartBundle => DraftView,
            known_parties: FindParties => Vec<KnownPartyView>,
            card_reader: Nothing => CardReaderView,
            set_card_reader: SetCardReader => CardReaderView,
            read_card: Nothing => CardRead,
            read_card_text: CardText => CardRead,
            open_draft: DraftOnly => DraftView,
            save_draft: SaveDraft => DraftView,
            discard_draft: DraftOnly => Nothing,
            file_case: FileCase => CaseView,
            file_bundle: FileBundle => CaseView,
            cases: CaseFilter => CasePage,
            case: CaseOnly => CaseView,
            seen_case: CaseOnly => Nothing,
            give_notice: CaseOnDay => CaseView,
            supplement: RecordSupplement => CaseView,
            accept: CaseOnDay => CaseView,
            correct_parties: CorrectParties => CaseView,
            withdraw: WithdrawCase => CaseView,
            left_open: Nothing => LeftOpen,
            hand_over_shift: HandOverShift => Status,
            waiting_shift: Nothing => Option<ShiftView>,
            take_shift: ShiftOnly => Nothing,
            wanted_cases: Nothing => Vec<WantedView>,
            take_over: TakeOver => Vec<WantedView>,
            forget_wanted: WantedOnly => Vec<WantedView>,
            station_windows: Nothing => Vec<StationWindow>,
            hand_on: HandOn => CaseView,
            settle_conflict: SettleConflict => CaseView,
            offered_papers: CaseOnly => OfferedPapers,
            issue_paper: IssuePaper => CaseView,
            resume_clock: CaseOnDay => CaseView,
            offered_handover: CaseOnly => OfferedHandover,
            hand_over: HandOver => CaseView,
            ask_signature: AskSignature => SigningView,
            signing: Nothing => SigningView,
            stop_signing: Nothing => SigningView,
            sign: Sign => Nothing,
            leave_signing: SigningOnly => Nothing,
            open_applicant_screen: Nothing => ApplicantAddress,
            evaluation_screen: Nothing => EvaluationScreen,
            invite_evaluation: ServiceOnly => EvaluationScreen,
            stop_evaluation: Nothing => EvaluationScreen,
            enter_evaluation: EnterEvaluation => CaseView,
            applicant_screen: Nothing => ApplicantScreen,
            answer_evaluation: AnswerEvaluation => ApplicantScreen,
            scans: ScansOf => Vec<ScanView>,
            remove_scan: RemoveScan => Vec<ScanView>,
            ledger: LedgerFilter => LedgerPage,
            ledger_entry: LedgerEntryOnly => LedgerEntryView,
            register_ledger: RegisterLedger => LedgerEntryView,
            step_ledger: StepLedger => LedgerEntryView,
            correct_ledger: CorrectLedger => LedgerEntryView,
            ledger_limits: Nothing => LedgerLimitSet,
            set_ledger_limits: LedgerLimitSet => LedgerLimitSet,
            export_ledger: LedgerFilter => FormContent,
            save_ledger: LedgerFilter => SavedFile,
            figures: FiguresFilter => FiguresView,
            figure_cases: FigureCases => CasePage,
            export_figures: FiguresFilter => FormContent,
            save_figures: FiguresFilter => SavedFile,
            paper: PaperOnly => PdfFile,
            save_paper: PaperOnly => SavedFile,
            verify_code: VerifyCode => Verification,
            verify_file: VerifyFile => Verification,
            printers: Nothing => Vec<PrinterView>,
            print_paper: PrintPaper => CaseView,
            give_paper: GivePaper => CaseView,
            print_jobs: PrintJobFilter => Vec<PrintJobView>,
            follow_prints: Nothing => Vec<PrintJobView>,
            settle_print: SettlePrint => PrintJobView,
            cancel_print: PrintJobOnly => PrintJobView,
            print_rules: Nothing => Vec<PrintRuleView>,
            set_print_rule: PrintRuleView => Vec<PrintRuleView>,
            day_end: DayOnly => DayEndView,
            templates: Nothing => TemplatesView,
            template_vocabulary: KindOnly => TemplateVocabulary,
            template_editions: Nothing => Vec<TemplateEditionView>,
            check_templates: TemplatesText => Vec<TemplateFinding>,
            preview_template: PreviewTemplate => PdfFile,
            install_templates: InstallTemplates => TemplatesView,
            restore_templates: RestoreTemplates => TemplatesView,
            reuse_templates: ReuseTemplates => TemplatesView,
            sync_status: Nothing => SyncStatus,
            sync_now: Nothing => SyncStatus,
            confirm_away: ConfirmAway => SyncStatus,
            ferry_places: Nothing => Vec<FerryPlace>,
            save_ferry_file: SaveFerryFile => FerryFile,
            take_ferry_answer: TakeFerryAnswer => FerryTaken,
            ferry_progress: Nothing => Option<FerryProgress>,
            stop_ferry: Nothing => Nothing,
            demonstration: Nothing => Option<Demonstration>,
            demonstration_end: DemonstrationEnd => Nothing,
            enter_training: Nothing => Status,
            leave_training: Nothing => Status,
            reset_training: Nothing => Status,
            role_cards: RoleCardsOf => CardsView,
            start_training: RoleCardOnly => DraftView,
            current_attempt: Nothing => Option<AttemptView>,
            say_word: SayWord => AttemptView,
            drop_training: AttemptOnly => Nothing,
            finish_training: AttemptOnly => AttemptResult,
            training_result: AttemptOnly => AttemptResult,
            training_board: Nothing => TrainingBoard,
            export_training: Nothing => FormContent,
            save_training: Nothing => SavedFile,
            edited_card: RoleCardOnly => RoleCard,
            new_card: MatterCodeOnly => RoleCard,
            check_card: RoleCard => CardReport,
            save_card: RoleCard => RoleCard,
            remove_card: RoleCardOnly => Nothing,
        }
    };
}
pub(crate) use with_commands;
