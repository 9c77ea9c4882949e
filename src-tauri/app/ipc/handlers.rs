//! The handlers: each asks the desk and hands the answer on.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use yichuang_desk::away::LeadsWord;
use yichuang_desk::figures::FigureFile;
use yichuang_desk::forms::FormFile;
use yichuang_desk::handover::HandoverBeside;
use yichuang_desk::ledger::LedgerFile;
use yichuang_desk::papers::{file_name, write_file};
use yichuang_desk::templates::{Author, NewEdition, vocabulary_of};
use yichuang_desk::training::TrainingFile;
use yichuang_desk::transfer::Verdict;

use super::contract::*;
use super::dispatch::Handlers;
use super::failure::Failure;
use super::transfer::Transfers;
use crate::card_reader::{self, CardError, CardReader as _, Helper};
use crate::shell::Shell;
use crate::{ferry, paths};

/// The media type of a workbook.
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The bytes of a file that came with a request.
fn bytes_of(base64: &str) -> Result<Vec<u8>, Failure> {
    BASE64.decode(base64).map_err(|error| {
        Failure::refused("bad-request", Some("base64"), format!("文件传送有误：{error}"))
    })
}

impl Handlers for Shell {
    fn allow(&self, command: &str) -> Result<(), Failure> {
        Shell::allow(self, command)
    }

    fn status(&self, _: Nothing) -> Result<Status, Failure> {
        Shell::status(self)
    }

    fn unlock(&self, request: Unlock) -> Result<Status, Failure> {
        self.open(Some(&request.passphrase))?;
        Shell::status(self)
    }

    fn first_account(&self, request: FirstAccount) -> Result<Status, Failure> {
        self.desk()?.first_account(&request.name, &request.pin)?;
        Shell::status(self)
    }

    fn add_clerk(&self, request: AddClerk) -> Result<Status, Failure> {
        self.desk()?.add_clerk(&request.name, &request.pin, &request.roles)?;
        Shell::status(self)
    }

    fn accounts(&self, _: Nothing) -> Result<AccountsView, Failure> {
        Ok(self.desk()?.accounts()?)
    }

    fn set_account(&self, request: SetAccount) -> Result<Status, Failure> {
        let SetAccount { clerk, name, roles } = &request;
        self.desk()?.set_account(clerk, name, roles)?;
        Shell::status(self)
    }

    fn reset_pin(&self, request: ResetPin) -> Result<Status, Failure> {
        self.desk()?.reset_pin(&request.clerk, &request.pin)?;
        Shell::status(self)
    }

    fn set_retired(&self, request: SetRetired) -> Result<Status, Failure> {
        self.desk()?.set_retired(&request.clerk, request.retired)?;
        Shell::status(self)
    }

    fn change_pin(&self, request: ChangePin) -> Result<Status, Failure> {
        self.desk()?.change_pin(&request.old, &request.new)?;
        Shell::status(self)
    }

    fn sign_in(&self, request: SignIn) -> Result<Status, Failure> {
        let (desk, SignIn { clerk, pin, new_pin }) = (self.desk()?, &request);
        match new_pin {
            Some(new) => desk.sign_in_with_new_pin(clerk, pin, new)?,
            None => desk.sign_in(clerk, pin)?,
        }
        Shell::status(self)
    }

    fn sign_out(&self, _: Nothing) -> Result<Status, Failure> {
        self.lock()
    }

    fn left_open(&self, _: Nothing) -> Result<LeftOpen, Failure> {
        Ok(self.desk()?.left_open()?)
    }

    fn hand_over_shift(&self, request: HandOverShift) -> Result<Status, Failure> {
        self.desk()?.hand_over_shift(&request.note)?;
        self.lock()
    }

    fn waiting_shift(&self, _: Nothing) -> Result<Option<ShiftView>, Failure> {
        Ok(self.desk()?.waiting_shift()?)
    }

    fn take_shift(&self, request: ShiftOnly) -> Result<Nothing, Failure> {
        self.desk()?.take_shift(&request.id)?;
        Ok(Nothing {})
    }

    fn enrol(&self, request: Enrol) -> Result<Status, Failure> {
        self.desk()?.administrator()?;
        self.join_hub(&request.hub, &request.code, request.authority.as_deref())?;
        Shell::status(self)
    }

    fn search(&self, request: SearchText) -> Result<Vec<MatterHit>, Failure> {
        Ok(self.desk()?.search(&request.text, request.limit as usize)?)
    }

    fn browse(&self, _: Nothing) -> Result<Browse, Failure> {
        Ok(self.desk()?.browse()?)
    }

    fn shelf(&self, request: ShelfOnly) -> Result<Vec<MatterHit>, Failure> {
        Ok(self.desk()?.shelf(&request.shelf)?)
    }

    fn star(&self, request: StarMatter) -> Result<Nothing, Failure> {
        self.desk()?.star(&request.code, request.starred)?;
        Ok(Nothing {})
    }

    fn matter(&self, request: MatterCodeOnly) -> Result<MatterView, Failure> {
        Ok(self.desk()?.matter(&request.code)?)
    }

    fn guide_review(&self, _: Nothing) -> Result<Vec<Finding>, Failure> {
        let desk = self.desk()?;
        desk.require_clerk()?;
        Ok(desk.review_guide()?)
    }

    fn guide_renewal(&self, _: Nothing) -> Result<Option<Renewal>, Failure> {
        let desk = self.desk()?;
        desk.require_clerk()?;
        Ok(desk.renewal()?)
    }

    fn workbench(&self, _: Nothing) -> Result<Workbench, Failure> {
        Ok(self.desk()?.workbench()?)
    }

    fn enquire(&self, request: Enquire) -> Result<EnquiryView, Failure> {
        Ok(self.desk()?.enquire(&request.code, &request.answers)?)
    }

    fn guide_sheet(&self, request: SheetOf) -> Result<PdfFile, Failure> {
        let SheetOf { code, answers, samples } = request;
        let sheet = self.desk()?.guide_sheet(&code, &answers, samples)?;
        Ok(PdfFile { name: sheet.name, base64: BASE64.encode(sheet.pdf.bytes) })
    }

    fn save_guide_sheet(&self, request: SheetOf) -> Result<SavedFile, Failure> {
        let SheetOf { code, answers, samples } = request;
        let folder = paths::papers_folder();
        let path = self.desk()?.save_guide_sheet(&code, &answers, samples, &folder)?;
        Ok(SavedFile { path: path.display().to_string() })
    }

    fn print_guide_sheet(&self, request: PrintGuideSheet) -> Result<Printed, Failure> {
        let PrintGuideSheet { code, answers, samples, printer } = request;
        let desk = self.desk()?;
        let words = desk.print_guide_sheet(&code, &answers, samples, printer.as_deref())?;
        Ok(Printed { words })
    }

    fn enquire_bundle(&self, request: EnquireBundle) -> Result<BundleEnquiryView, Failure> {
        Ok(self.desk()?.enquire_bundle(&request.into())?)
    }

    fn bundle_sheet(&self, request: BundleSheetOf) -> Result<PdfFile, Failure> {
        let sheet = self.desk()?.bundle_sheet(&request.about.into(), request.samples)?;
        Ok(PdfFile { name: sheet.name, base64: BASE64.encode(sheet.pdf.bytes) })
    }

    fn save_bundle_sheet(&self, request: BundleSheetOf) -> Result<SavedFile, Failure> {
        let BundleSheetOf { about, samples } = request;
        let folder = paths::papers_folder();
        let path = self.desk()?.save_bundle_sheet(&about.into(), samples, &folder)?;
        Ok(SavedFile { path: path.display().to_string() })
    }

    fn print_bundle_sheet(&self, request: PrintBundleSheet) -> Result<Printed, Failure> {
        let PrintBundleSheet { about, samples, printer } = request;
        let desk = self.desk()?;
        let words = desk.print_bundle_sheet(&about.into(), samples, printer.as_deref())?;
        Ok(Printed { words })
    }

    fn form(&self, request: FormOnly) -> Result<FormContent, Failure> {
        let FormFile { name, media_type, bytes } = self.desk()?.form(&request.id)?;
        Ok(FormContent { name, media_type, base64: BASE64.encode(bytes) })
    }

    fn form_paper(&self, request: FormOnly) -> Result<PdfFile, Failure> {
        let paper = self.desk()?.form_paper(&request.id)?;
        Ok(PdfFile { name: paper.name, base64: BASE64.encode(paper.pdf) })
    }

    fn save_form(&self, request: FormOnly) -> Result<SavedFile, Failure> {
        let path = self.desk()?.save_form(&request.id, &paths::papers_folder())?;
        Ok(SavedFile { path: path.display().to_string() })
    }

    fn print_form(&self, request: PrintForm) -> Result<Printed, Failure> {
        Ok(Printed { words: self.desk()?.print_form(&request.id, request.printer.as_deref())? })
    }

    fn start_draft(&self, request: StartDraft) -> Result<DraftView, Failure> {
        Ok(self.desk()?.start_draft(&request.code, &request.answers.unwrap_or_default())?)
    }

    fn start_bundle(&self, request: StartBundle) -> Result<DraftView, Failure> {
        Ok(self.desk()?.start_bundle(&request.into())?)
    }

    fn known_parties(&self, request: FindParties) -> Result<Vec<KnownPartyView>, Failure> {
        Ok(self.desk()?.known_parties(&request.text)?)
    }

    fn card_reader(&self, _: Nothing) -> Result<CardReaderView, Failure> {
        Ok(CardReaderView { program: self.desk()?.card_reader()? })
    }

    fn set_card_reader(&self, request: SetCardReader) -> Result<CardReaderView, Failure> {
        self.desk()?.set_card_reader(&request.program)?;
        self.card_reader(Nothing {})
    }

    fn read_card(&self, _: Nothing) -> Result<CardRead, Failure> {
        let program = self.desk()?.card_reader()?.ok_or_else(card_reader::none_set)?;
        Ok(Helper::new(Path::new(&program)).read()?)
    }

    fn read_card_text(&self, request: CardText) -> Result<CardRead, Failure> {
        card_reader::recognise(&request.text).ok_or_else(|| CardError::Unreadable.into())
    }

    fn open_draft(&self, request: DraftOnly) -> Result<DraftView, Failure> {
        Ok(self.desk()?.open_draft(&request.id)?)
    }

    fn save_draft(&self, request: SaveDraft) -> Result<DraftView, Failure> {
        Ok(self.desk()?.save_draft_over(request.draft, request.over.as_deref())?)
    }

    fn discard_draft(&self, request: DraftOnly) -> Result<Nothing, Failure> {
        self.desk()?.discard_draft(&request.id)?;
        Ok(Nothing {})
    }

    fn file_case(&self, request: FileCase) -> Result<CaseView, Failure> {
        let FileCase { id, confirmed, notice_later } = request;
        self.acted(self.desk()?.file_case(&id, &confirmed, notice_later))
    }

    fn file_bundle(&self, request: FileBundle) -> Result<CaseView, Failure> {
        let FileBundle { id, confirmed, notice_later } = request;
        self.acted(self.desk()?.file_bundle(&id, &confirmed, notice_later))
    }

    fn cases(&self, request: CaseFilter) -> Result<CasePage, Failure> {
        Ok(self.desk()?.list_cases(request)?)
    }

    fn case(&self, request: CaseOnly) -> Result<CaseView, Failure> {
        Ok(self.desk()?.case(&request.id)?)
    }

    fn seen_case(&self, request: CaseOnly) -> Result<Nothing, Failure> {
        self.desk()?.seen_case(&request.id)?;
        Ok(Nothing {})
    }

    fn give_notice(&self, request: CaseOnDay) -> Result<CaseView, Failure> {
        self.acted(self.desk()?.give_notice(&request.id, request.on.as_deref()))
    }

    fn supplement(&self, request: RecordSupplement) -> Result<CaseView, Failure> {
        let RecordSupplement { id, on, ids } = request;
        self.acted(self.desk()?.record_supplement(&id, on.as_deref(), &ids))
    }

    fn accept(&self, request: CaseOnDay) -> Result<CaseView, Failure> {
        self.acted(self.desk()?.accept(&request.id, request.on.as_deref()))
    }

    fn correct_parties(&self, request: CorrectParties) -> Result<CaseView, Failure> {
        self.acted(self.desk()?.correct_parties(&request.id, &request.input, &request.seen))
    }

    fn withdraw(&self, request: WithdrawCase) -> Result<CaseView, Failure> {
        self.acted(self.desk()?.withdraw(&request.id, &request.reason))
    }

    fn wanted_cases(&self, _: Nothing) -> Result<Vec<WantedView>, Failure> {
        Ok(self.desk()?.wanted_cases()?)
    }

    fn take_over(&self, request: TakeOver) -> Result<Vec<WantedView>, Failure> {
        self.acted(self.desk()?.take_over(&request.number, &request.reason))
    }

    fn forget_wanted(&self, request: WantedOnly) -> Result<Vec<WantedView>, Failure> {
        Ok(self.desk()?.forget_wanted(&request.number)?)
    }

    fn station_windows(&self, _: Nothing) -> Result<Vec<StationWindow>, Failure> {
        Ok(self.desk()?.station_windows()?)
    }

    fn hand_on(&self, request: HandOn) -> Result<CaseView, Failure> {
        self.acted(self.desk()?.hand_on(&request.id, &request.device, &request.reason))
    }

    fn settle_conflict(&self, request: SettleConflict) -> Result<CaseView, Failure> {
        let SettleConflict { id, of, adopted, reason } = request;
        let verdict = Verdict { of: &of, adopted, reason: &reason };
        self.acted(self.desk()?.settle_conflict(&id, verdict))
    }

    fn offered_papers(&self, request: CaseOnly) -> Result<OfferedPapers, Failure> {
        Ok(self.desk()?.offered_papers(&request.id)?)
    }

    fn issue_paper(&self, request: IssuePaper) -> Result<CaseView, Failure> {
        let IssuePaper { id, request, on } = request;
        self.acted(self.desk()?.issue_paper(&id, &request, on.as_deref()))
    }

    fn offered_handover(&self, request: CaseOnly) -> Result<OfferedHandover, Failure> {
        Ok(self.desk()?.offered_handover(&request.id)?)
    }

    fn hand_over(&self, request: HandOver) -> Result<CaseView, Failure> {
        let HandOver { id, input, on, signature, also } = request;
        let beside = HandoverBeside { signature, also };
        self.acted(self.desk()?.hand_over_with(&id, &input, on.as_deref(), &beside))
    }

    fn ask_signature(&self, request: AskSignature) -> Result<SigningView, Failure> {
        let AskSignature { id, input, on, screen } = request;
        Ok(self.desk()?.ask_signature(&id, &input, on.as_deref(), screen)?)
    }

    fn signing(&self, _: Nothing) -> Result<SigningView, Failure> {
        Ok(self.desk()?.signing()?)
    }

    fn stop_signing(&self, _: Nothing) -> Result<SigningView, Failure> {
        Ok(self.desk()?.stop_signing()?)
    }

    fn sign(&self, request: Sign) -> Result<Nothing, Failure> {
        self.desk()?.sign(&request.token, &request.strokes)?;
        Ok(Nothing {})
    }

    fn leave_signing(&self, request: SigningOnly) -> Result<Nothing, Failure> {
        self.desk()?.leave_signing(&request.token)?;
        Ok(Nothing {})
    }

    fn open_applicant_screen(&self, _: Nothing) -> Result<ApplicantAddress, Failure> {
        self.desk()?.require_clerk()?;
        Ok(ApplicantAddress { url: self.applicant.open()? })
    }

    fn evaluation_screen(&self, _: Nothing) -> Result<EvaluationScreen, Failure> {
        Ok(self.desk()?.evaluation_screen()?)
    }

    fn invite_evaluation(&self, request: ServiceOnly) -> Result<EvaluationScreen, Failure> {
        Ok(self.desk()?.invite_evaluation(&request.id, &request.service)?)
    }

    fn stop_evaluation(&self, _: Nothing) -> Result<EvaluationScreen, Failure> {
        Ok(self.desk()?.stop_evaluation()?)
    }

    fn enter_evaluation(&self, request: EnterEvaluation) -> Result<CaseView, Failure> {
        let EnterEvaluation { id, service, evaluation } = request;
        self.acted(self.desk()?.enter_evaluation(&id, &service, evaluation))
    }

    fn applicant_screen(&self, _: Nothing) -> Result<ApplicantScreen, Failure> {
        Ok(self.desk()?.applicant_screen()?)
    }

    fn answer_evaluation(&self, request: AnswerEvaluation) -> Result<ApplicantScreen, Failure> {
        let AnswerEvaluation { token, evaluation } = request;
        self.acted(self.desk()?.answer_evaluation(&token, evaluation))
    }

    fn resume_clock(&self, request: CaseOnDay) -> Result<CaseView, Failure> {
        self.acted(self.desk()?.resume_clock(&request.id, request.on.as_deref()))
    }

    fn scans(&self, request: ScansOf) -> Result<Vec<ScanView>, Failure> {
        Ok(self.desk()?.scans(&request.owner)?)
    }

    fn remove_scan(&self, request: RemoveScan) -> Result<Vec<ScanView>, Failure> {
        let RemoveScan { owner, material, hash, reason } = request;
        self.acted(self.desk()?.remove_scan(&owner, &material, &hash, &reason))
    }

    fn ledger(&self, request: LedgerFilter) -> Result<LedgerPage, Failure> {
        Ok(self.desk()?.ledger(request)?)
    }

    fn ledger_entry(&self, request: LedgerEntryOnly) -> Result<LedgerEntryView, Failure> {
        Ok(self.desk()?.ledger_entry(&request.id)?)
    }

    fn register_ledger(&self, request: RegisterLedger) -> Result<LedgerEntryView, Failure> {
        let RegisterLedger { kind, input, settled } = request;
        self.acted(self.desk()?.register_ledger(kind, input, settled))
    }

    fn step_ledger(&self, request: StepLedger) -> Result<LedgerEntryView, Failure> {
        let StepLedger { id, revision, step } = request;
        self.acted(self.desk()?.step_ledger((&id, revision), step))
    }

    fn correct_ledger(&self, request: CorrectLedger) -> Result<LedgerEntryView, Failure> {
        let CorrectLedger { id, revision, input, reason } = request;
        self.acted(self.desk()?.correct_ledger((&id, revision), input, &reason))
    }

    fn ledger_limits(&self, _: Nothing) -> Result<LedgerLimitSet, Failure> {
        Ok(self.desk()?.ledger_limits()?)
    }

    fn set_ledger_limits(&self, request: LedgerLimitSet) -> Result<LedgerLimitSet, Failure> {
        Ok(self.desk()?.set_ledger_limits(&request)?)
    }

    fn export_ledger(&self, request: LedgerFilter) -> Result<FormContent, Failure> {
        let LedgerFile { name, bytes } = self.desk()?.export_ledger(request)?;
        Ok(FormContent { name, media_type: WORKBOOK.to_owned(), base64: BASE64.encode(bytes) })
    }

    fn save_ledger(&self, request: LedgerFilter) -> Result<SavedFile, Failure> {
        let path = self.desk()?.save_ledger(request, &paths::papers_folder())?;
        Ok(SavedFile { path: path.display().to_string() })
    }

    fn figures(&self, request: FiguresFilter) -> Result<FiguresView, Failure> {
        Ok(self.desk()?.figures(&request)?)
    }

    fn figure_cases(&self, request: FigureCases) -> Result<CasePage, Failure> {
        let FigureCases { filter, figure, key } = request;
        Ok(self.desk()?.figure_cases(&filter, figure, key.as_deref())?)
    }

    fn export_figures(&self, request: FiguresFilter) -> Result<FormContent, Failure> {
        let FigureFile { name, bytes } = self.desk()?.export_figures(&request)?;
        Ok(FormContent { name, media_type: WORKBOOK.to_owned(), base64: BASE64.encode(bytes) })
    }

    fn save_figures(&self, request: FiguresFilter) -> Result<SavedFile, Failure> {
        let FigureFile { name, bytes } = self.desk()?.export_figures(&request)?;
        let path = write_file(&paths::papers_folder(), &name, &bytes)?;
        Ok(SavedFile { path: path.display().to_string() })
    }

    fn paper(&self, request: PaperOnly) -> Result<PdfFile, Failure> {
        let paper = self.desk()?.paper(&request.number)?;
        let name = file_name(&paper.number, &paper.kind);
        Ok(PdfFile { name, base64: BASE64.encode(paper.pdf) })
    }

    fn save_paper(&self, request: PaperOnly) -> Result<SavedFile, Failure> {
        let path = self.desk()?.save_paper(&request.number, &paths::papers_folder())?;
        Ok(SavedFile { path: path.display().to_string() })
    }

    fn verify_code(&self, request: VerifyCode) -> Result<Verification, Failure> {
        let desk = self.desk()?;
        desk.require_clerk()?;
        Ok(desk.verify_code(&request.text)?)
    }

    fn verify_file(&self, request: VerifyFile) -> Result<Verification, Failure> {
        let desk = self.desk()?;
        desk.require_clerk()?;
        Ok(desk.verify_pdf(&bytes_of(&request.base64)?)?)
    }

    fn printers(&self, _: Nothing) -> Result<Vec<PrinterView>, Failure> {
        Ok(self.desk()?.printers()?)
    }

    fn print_paper(&self, request: PrintPaper) -> Result<CaseView, Failure> {
        let PrintPaper { number, printer, reason } = request;
        Ok(self.desk()?.print_paper(&number, printer.as_deref(), reason)?)
    }

    fn give_paper(&self, request: GivePaper) -> Result<CaseView, Failure> {
        Ok(self.desk()?.give_paper(&request.number, request.way)?)
    }

    fn print_jobs(&self, request: PrintJobFilter) -> Result<Vec<PrintJobView>, Failure> {
        Ok(self.desk()?.print_jobs(&request)?)
    }

    fn follow_prints(&self, _: Nothing) -> Result<Vec<PrintJobView>, Failure> {
        let desk = self.desk()?;
        desk.require_clerk()?;
        // Asked every few seconds: the hub hears of it only where something came out.
        let before = desk.store().head()?;
        let open = desk.follow_prints();
        if desk.store().head()? == before { Ok(open?) } else { self.acted(open) }
    }

    fn settle_print(&self, request: SettlePrint) -> Result<PrintJobView, Failure> {
        self.acted(self.desk()?.settle_print(&request.id, request.out))
    }

    fn cancel_print(&self, request: PrintJobOnly) -> Result<PrintJobView, Failure> {
        self.acted(self.desk()?.cancel_print(&request.id))
    }

    fn print_rules(&self, _: Nothing) -> Result<Vec<PrintRuleView>, Failure> {
        Ok(self.desk()?.print_rules()?)
    }

    fn set_print_rule(&self, request: PrintRuleView) -> Result<Vec<PrintRuleView>, Failure> {
        Ok(self.desk()?.set_print_rule(request)?)
    }

    fn day_end(&self, request: DayOnly) -> Result<DayEndView, Failure> {
        Ok(self.desk()?.day_end(request.day.as_deref())?)
    }

    fn templates(&self, _: Nothing) -> Result<TemplatesView, Failure> {
        let desk = self.desk()?;
        desk.require_clerk()?;
        Ok(desk.templates_view()?)
    }

    fn template_vocabulary(&self, request: KindOnly) -> Result<TemplateVocabulary, Failure> {
        Ok(vocabulary_of(request.kind))
    }

    fn template_editions(&self, _: Nothing) -> Result<Vec<TemplateEditionView>, Failure> {
        let desk = self.desk()?;
        desk.require_clerk()?;
        Ok(desk.template_editions()?)
    }

    fn check_templates(&self, request: TemplatesText) -> Result<Vec<TemplateFinding>, Failure> {
        let desk = self.desk()?;
        desk.require_clerk()?;
        Ok(desk.check_templates(&request.text)?)
    }

    fn preview_template(&self, request: PreviewTemplate) -> Result<PdfFile, Failure> {
        let PreviewTemplate { text, kind, sheet, situation } = request;
        let desk = self.desk()?;
        desk.require_clerk()?;
        let pdf = desk.preview_template(&text, kind, sheet, &situation)?;
        let name = format!("{}.pdf", kind.as_str());
        Ok(PdfFile { name, base64: BASE64.encode(pdf.bytes) })
    }

    fn install_templates(&self, request: InstallTemplates) -> Result<TemplatesView, Failure> {
        let desk = self.desk()?;
        desk.install_templates(&request.text, &by_clerk(&request.note, request.base))?;
        Ok(desk.templates_view()?)
    }

    fn restore_templates(&self, request: RestoreTemplates) -> Result<TemplatesView, Failure> {
        let desk = self.desk()?;
        desk.restore_templates(request.what, &by_clerk(&request.note, request.base))?;
        Ok(desk.templates_view()?)
    }

    fn reuse_templates(&self, request: ReuseTemplates) -> Result<TemplatesView, Failure> {
        let desk = self.desk()?;
        desk.reuse_templates(request.edition, &by_clerk(&request.note, request.base))?;
        Ok(desk.templates_view()?)
    }

    fn sync_status(&self, _: Nothing) -> Result<SyncStatus, Failure> {
        self.upstream_status()
    }

    fn sync_now(&self, _: Nothing) -> Result<SyncStatus, Failure> {
        self.upstream.wake();
        self.upstream_status()
    }

    fn confirm_away(&self, request: ConfirmAway) -> Result<SyncStatus, Failure> {
        let ConfirmAway { lead, pin, days, reason } = &request;
        self.desk()?.confirm_away(LeadsWord { lead, pin, days: *days, reason })?;
        self.upstream_status()
    }

    fn ferry_places(&self, _: Nothing) -> Result<Vec<FerryPlace>, Failure> {
        Shell::ferry_places(self)
    }

    fn save_ferry_file(&self, request: SaveFerryFile) -> Result<FerryFile, Failure> {
        self.ferry_out(&request)
    }

    fn take_ferry_answer(&self, request: TakeFerryAnswer) -> Result<FerryTaken, Failure> {
        self.desk()?.require_clerk()?;
        let (file, len) = ferry::open_answer(Path::new(&request.path))?;
        self.ferry_in(file, len)
    }

    fn ferry_progress(&self, _: Nothing) -> Result<Option<FerryProgress>, Failure> {
        Ok(self.ferry.progress())
    }

    fn stop_ferry(&self, _: Nothing) -> Result<Nothing, Failure> {
        self.ferry.stop();
        Ok(Nothing {})
    }

    fn demonstration(&self, _: Nothing) -> Result<Option<Demonstration>, Failure> {
        Ok(self.demonstration.script())
    }

    fn demonstration_end(&self, request: DemonstrationEnd) -> Result<Nothing, Failure> {
        self.demonstration.end(self, &request);
        Ok(Nothing {})
    }

    fn enter_training(&self, _: Nothing) -> Result<Status, Failure> {
        Shell::enter_training(self)
    }

    fn leave_training(&self, _: Nothing) -> Result<Status, Failure> {
        Shell::leave_training(self)
    }

    fn reset_training(&self, _: Nothing) -> Result<Status, Failure> {
        Shell::reset_training(self)
    }

    fn role_cards(&self, request: RoleCardsOf) -> Result<CardsView, Failure> {
        Ok(self.desk()?.role_cards(&request.text)?)
    }

    fn start_training(&self, request: RoleCardOnly) -> Result<DraftView, Failure> {
        Ok(self.desk()?.start_training(&request.id)?)
    }

    fn current_attempt(&self, _: Nothing) -> Result<Option<AttemptView>, Failure> {
        Ok(self.desk()?.current_attempt()?)
    }

    fn say_word(&self, request: SayWord) -> Result<AttemptView, Failure> {
        let SayWord { attempt, word, said } = request;
        Ok(self.desk()?.say_word(&attempt, word, said)?)
    }

    fn drop_training(&self, request: AttemptOnly) -> Result<Nothing, Failure> {
        self.desk()?.drop_training(&request.attempt)?;
        Ok(Nothing {})
    }

    fn finish_training(&self, request: AttemptOnly) -> Result<AttemptResult, Failure> {
        Ok(self.desk()?.finish_training(&request.attempt)?)
    }

    fn training_result(&self, request: AttemptOnly) -> Result<AttemptResult, Failure> {
        Ok(self.desk()?.training_result(&request.attempt)?)
    }

    fn training_board(&self, _: Nothing) -> Result<TrainingBoard, Failure> {
        Ok(self.desk()?.training_board()?)
    }

    fn export_training(&self, _: Nothing) -> Result<FormContent, Failure> {
        let TrainingFile { name, bytes } = self.desk()?.export_training()?;
        Ok(FormContent { name, media_type: WORKBOOK.to_owned(), base64: BASE64.encode(bytes) })
    }

    fn save_training(&self, _: Nothing) -> Result<SavedFile, Failure> {
        let TrainingFile { name, bytes } = self.desk()?.export_training()?;
        let path = write_file(&paths::papers_folder(), &name, &bytes)?;
        Ok(SavedFile { path: path.display().to_string() })
    }

    fn edited_card(&self, request: RoleCardOnly) -> Result<RoleCard, Failure> {
        Ok(self.desk()?.edited_card(&request.id)?)
    }

    fn new_card(&self, request: MatterCodeOnly) -> Result<RoleCard, Failure> {
        Ok(self.desk()?.new_card(&request.code)?)
    }

    fn check_card(&self, request: RoleCard) -> Result<CardReport, Failure> {
        Ok(self.desk()?.card_report(&request)?)
    }

    fn save_card(&self, request: RoleCard) -> Result<RoleCard, Failure> {
        Ok(self.desk()?.save_card(request)?)
    }

    fn remove_card(&self, request: RoleCardOnly) -> Result<Nothing, Failure> {
        self.desk()?.remove_card(&request.id)?;
        Ok(Nothing {})
    }
}

impl Transfers for Shell {
    fn add_scan(&self, request: AddScan, bytes: &[u8]) -> Result<Vec<ScanView>, Failure> {
        let AddScan { owner, material, name } = request;
        self.acted(self.desk()?.add_scan(&owner, &material, &name, bytes))
    }

    fn ferry_answer(&self, _: Nothing, bytes: &[u8]) -> Result<FerryTaken, Failure> {
        self.ferry_in(bytes, bytes.len() as u64)
    }

    fn scan(&self, request: ScanOnly) -> Result<Vec<u8>, Failure> {
        Ok(self.desk()?.scan(&request.owner, &request.hash)?)
    }
}

fn by_clerk(note: &str, base: u32) -> NewEdition<'_> {
    NewEdition { author: Author::Clerk, note, base: Some(base) }
}
