//! Printing over a real database and real papers, with a printing system that does as it is told.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use proptest::prelude::*;
use yichuang_documents::print::{JobRef, Order, PrintError, Printer, Report, Spooler};
use yichuang_domain::case::EventBody;
use yichuang_domain::printing::{
    OtherWay, PrintProof, PrintState, Remedy, ReprintReason, Side, Trouble,
};

use super::{OpenDay, PrintJobFilter, PrintJobView, PrintRuleView};
use crate::Desk;
use crate::tests::{Bench, script};
use crate::view::{CaseView, PaperView};

/// What the printing system does with the next job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Take,
    Refuse,
    /// The program ends before the printing system hears of the job.
    DieBefore,
    /// The program ends after the printing system took the job.
    DieAfter,
    /// The answer never comes, but the job was taken.
    LoseAnswer,
}

struct Taken {
    title: String,
    pdf: Vec<u8>,
    printer: String,
    tray: Option<String>,
    copies: u32,
    both_sides: bool,
    report: Report,
}

struct System {
    next: Next,
    running: bool,
    printers: Vec<Printer>,
    taken: Vec<Taken>,
}

/// A printing system in memory; every clone is the same one.
#[derive(Clone)]
struct Fake(Arc<Mutex<System>>);

fn printer(name: &str, media: &str) -> Printer {
    Printer { name: name.to_owned(), media: vec![media.to_owned()], ..Printer::default() }
}

impl Fake {
    fn new() -> Self {
        let mut front = printer("前台", "iso_a4_210x297mm");
        front.is_default = true;
        let printers = vec![front, printer("小票机", "roll_max_80x3276mm")];
        let (next, running) = (Next::Take, true);
        Self(Arc::new(Mutex::new(System { next, running, printers, taken: Vec::new() })))
    }

    fn system(&self) -> MutexGuard<'_, System> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn up(&self) -> Result<MutexGuard<'_, System>, PrintError> {
        let system = self.system();
        if system.running { Ok(system) } else { Err(PrintError::NotRunning) }
    }

    /// What the system says of its latest job.
    fn says(&self, report: Report) {
        self.system().taken.last_mut().unwrap().report = report;
    }
}

impl Spooler for Fake {
    fn printers(&self) -> Result<Vec<Printer>, PrintError> {
        Ok(self.up()?.printers.clone())
    }

    fn submit(&self, order: &Order<'_>) -> Result<JobRef, PrintError> {
        let mut system = self.up()?;
        let printer = order.printer.to_owned();
        match system.next {
            Next::Refuse => {
                return Err(PrintError::Refused { printer, detail: "缺纸".to_owned() });
            }
            Next::DieBefore => panic!("killed"),
            Next::Take | Next::DieAfter | Next::LoseAnswer => {}
        }
        system.taken.push(Taken {
            title: order.title.to_owned(),
            pdf: order.content.bytes().to_owned(),
            printer: printer.clone(),
            tray: order.tray.map(ToOwned::to_owned),
            copies: order.copies,
            both_sides: order.both_sides,
            report: Report::Waiting("正在打印".to_owned()),
        });
        let id = system.taken.len().to_string();
        match system.next {
            Next::DieAfter => panic!("killed"),
            Next::LoseAnswer => {
                Err(PrintError::TimedOut { after: std::time::Duration::from_secs(15) })
            }
            _ => Ok(JobRef { printer, id }),
        }
    }

    fn follow(&self, job: &JobRef, mark: &str) -> Result<Report, PrintError> {
        let system = self.up()?;
        let at = job.id.parse::<usize>().ok().and_then(|id| system.taken.get(id - 1));
        let at = at.filter(|taken| taken.title.ends_with(mark));
        Ok(at.map_or(Report::Forgotten, |taken| taken.report.clone()))
    }

    fn find(&self, mark: &str) -> Result<Option<JobRef>, PrintError> {
        let system = self.up()?;
        let at = system.taken.iter().position(|taken| taken.title.ends_with(mark));
        Ok(at.map(|at| JobRef {
            printer: system.taken[at].printer.clone(),
            id: (at + 1).to_string(),
        }))
    }

    fn cancel(&self, job: &JobRef) -> Result<(), PrintError> {
        let mut system = self.up()?;
        let taken = &mut system.taken[job.id.parse::<usize>().unwrap() - 1];
        match taken.report {
            Report::Waiting(_) => {
                taken.report = Report::Broken("任务已取消".to_owned());
                Ok(())
            }
            _ => Err(PrintError::NotCancelled { detail: "任务已经结束".to_owned() }),
        }
    }
}

/// A desk with a case whose papers are to be printed.
struct Hall {
    bench: Bench,
    fake: Fake,
    case: String,
}

impl Hall {
    fn new() -> Self {
        let fake = Fake::new();
        let mut bench = Bench::new();
        bench.desk.spooler = Box::new(fake.clone());
        let case = bench.desk.play(&script("s01-m01.json")).unwrap().case.id.to_string();
        Self { bench, fake, case }
    }

    fn desk(&self) -> &Desk {
        &self.bench.desk
    }

    fn view(&self) -> CaseView {
        self.desk().case(&self.case).unwrap()
    }

    fn paper(&self) -> PaperView {
        self.view().papers.remove(0)
    }

    fn print(&self) -> Result<PaperView, crate::DeskError> {
        self.print_again(None)
    }

    fn print_again(&self, reason: Option<ReprintReason>) -> Result<PaperView, crate::DeskError> {
        let number = self.paper().number;
        Ok(self.desk().print_paper(&number, None, reason)?.papers.remove(0))
    }

    fn state(&self) -> Option<PrintState> {
        self.paper().job.map(|job| job.state)
    }

    /// The program, started again: nothing but the disk and the printing system is left.
    fn restart(self) -> Self {
        let mut bench = self.bench.restart();
        bench.desk.spooler = Box::new(self.fake.clone());
        bench.desk.sign_in_practice_clerk().unwrap();
        self.fake.system().next = Next::Take;
        Self { bench, ..self }
    }

    /// Prints, and dies on the way.
    fn print_and_die(self, next: Next) -> Self {
        self.fake.system().next = next;
        assert!(catch_unwind(AssertUnwindSafe(|| self.print())).is_err(), "it lives");
        self.restart()
    }

    /// The entries of the log about printing.
    fn entries(&self) -> Vec<EventBody> {
        let case = self.view().case.id;
        let events = self.desk().store.case_events(case).unwrap().into_iter();
        events
            .map(|event| event.body)
            .filter(|body| matches!(body, EventBody::DocumentPrinted { .. }))
            .collect()
    }

    fn troubles(&self) -> Vec<Trouble> {
        let items = self.desk().day_end(None).unwrap().items.into_iter();
        items.map(|item| item.trouble).collect()
    }
}

#[test]
fn a_paper_is_printed_only_when_the_system_says_so_and_logged_once() {
    let hall = Hall::new();
    let paper = hall.print().unwrap();
    let job = paper.job.unwrap();
    assert_eq!((job.state, paper.printed, job.printer.as_str()), (PrintState::Sent, 0, "前台"));
    assert_eq!(hall.entries(), []);
    hall.desk().follow_prints().unwrap();
    assert_eq!(hall.paper().job.unwrap().said, "正在打印");
    hall.fake.says(Report::Done);
    for _ in 0..3 {
        assert_eq!(hall.desk().follow_prints().unwrap(), []);
    }
    let paper = hall.paper();
    assert_eq!((paper.printed, hall.state()), (1, Some(PrintState::Printed)));
    let entries = hall.entries();
    let [EventBody::DocumentPrinted { nth: 1, proof, reason: None, job: logged, .. }] =
        entries.as_slice()
    else {
        panic!("{entries:?}");
    };
    assert_eq!((*proof, logged.as_deref()), (Some(PrintProof::System), Some(job.id.as_str())));
    let archived = hall.desk().paper(&paper.number).unwrap().pdf;
    assert!(hall.fake.system().taken[0].pdf == archived, "the paper as issued");
    assert_eq!(hall.desk().store.audit().unwrap().findings, []);
}

#[test]
fn a_reprint_says_why_is_counted_and_is_the_paper_as_issued() {
    let hall = Hall::new();
    hall.print().unwrap();
    assert_eq!(hall.print().unwrap_err().code(), "print-unsettled");
    hall.fake.says(Report::Done);
    hall.desk().follow_prints().unwrap();
    assert_eq!(hall.print().unwrap_err().code(), "reprint-needs-reason");
    let blank = ReprintReason::Other { text: " ".to_owned() };
    let refused = hall.print_again(Some(blank)).unwrap_err();
    assert_eq!((refused.code(), refused.field().as_deref()), ("reprint-reason", Some("reason")));
    let paper = hall.print_again(Some(ReprintReason::Jam)).unwrap();
    assert_eq!(paper.job.unwrap().reason.as_deref(), Some("卡纸"));
    hall.fake.says(Report::Done);
    hall.desk().follow_prints().unwrap();
    assert_eq!(hall.paper().printed, 2);
    let last = hall.entries().pop().unwrap();
    assert!(
        matches!(
            &last,
            EventBody::DocumentPrinted { nth: 2, reason: Some(ReprintReason::Jam), .. }
        ),
        "{last:?}"
    );
    let system = hall.fake.system();
    assert!(system.taken[0].pdf == system.taken[1].pdf);
    drop(system);
    let line = hall.view().timeline.pop().unwrap();
    assert_eq!(line.title, "补打");
    assert!(line.detail.contains("第2次") && line.detail.contains("卡纸"), "{}", line.detail);
}

#[test]
fn killed_before_the_system_heard_of_it_the_job_is_unknown_and_the_clerk_is_asked() {
    let hall = Hall::new().print_and_die(Next::DieBefore);
    assert_eq!(hall.state(), Some(PrintState::Queued), "it was written down first");
    hall.desk().follow_prints().unwrap();
    assert_eq!(hall.state(), Some(PrintState::Queued), "somebody may be handing it over now");
    hall.bench.wait(2);
    let open = hall.desk().follow_prints().unwrap();
    assert_eq!(open.len(), 1);
    assert_eq!(hall.state(), Some(PrintState::Unknown));
    let item = hall.desk().day_end(None).unwrap().items.remove(0);
    assert_eq!(
        (item.trouble, item.remedies.as_slice()),
        (Trouble::Unknown, [Remedy::Answer].as_slice())
    );
    let settled = hall.desk().settle_print(&open[0].id, false).unwrap();
    assert_eq!(settled.state, PrintState::Failed);
    assert_eq!(hall.entries(), []);
    hall.print().unwrap();
    assert_eq!(hall.state(), Some(PrintState::Sent), "a second try needs no reason");
}

#[test]
fn killed_after_the_system_took_it_the_paper_is_found_again_and_logged() {
    let hall = Hall::new().print_and_die(Next::DieAfter);
    hall.fake.says(Report::Done);
    hall.bench.wait(2);
    hall.desk().follow_prints().unwrap();
    assert_eq!((hall.state(), hall.paper().printed), (Some(PrintState::Printed), 1));
    assert_eq!(hall.entries().len(), 1);
    assert_eq!(hall.troubles(), [Trouble::NeverOut], "the other paper of the case");
}

#[test]
fn the_clerk_who_saw_the_paper_settles_it() {
    let hall = Hall::new().print_and_die(Next::DieBefore);
    hall.bench.wait(2);
    let open = hall.desk().follow_prints().unwrap();
    hall.desk().settle_print(&open[0].id, true).unwrap();
    assert_eq!((hall.state(), hall.paper().printed), (Some(PrintState::Printed), 1));
    let entry = hall.entries().remove(0);
    let EventBody::DocumentPrinted { proof: Some(PrintProof::Clerk), .. } = entry else {
        panic!("{entry:?}");
    };
    let again = hall.desk().settle_print(&open[0].id, true).unwrap_err();
    assert_eq!(again.code(), "not-now");
    assert_eq!(hall.entries().len(), 1);
}

#[test]
fn a_lost_answer_is_no_lost_paper() {
    let hall = Hall::new();
    hall.fake.system().next = Next::LoseAnswer;
    assert_eq!(hall.print().unwrap_err().code(), "print-timeout");
    assert_eq!(hall.state(), Some(PrintState::Unknown));
    assert_eq!(hall.print().unwrap_err().code(), "print-unsettled", "no second copy by mistake");
    hall.fake.says(Report::Done);
    hall.desk().follow_prints().unwrap();
    assert_eq!((hall.state(), hall.paper().printed), (Some(PrintState::Printed), 1));
}

#[test]
fn a_refused_job_failed_with_its_reason_and_can_be_tried_again() {
    let hall = Hall::new();
    hall.fake.system().next = Next::Refuse;
    assert_eq!(hall.print().unwrap_err().code(), "print-refused");
    let job = hall.paper().job.unwrap();
    assert!(job.state == PrintState::Failed && job.said.contains("缺纸"), "{job:?}");
    assert_eq!(hall.troubles(), [Trouble::Failed, Trouble::NeverOut]);
    hall.fake.system().next = Next::Take;
    hall.print().unwrap();
    hall.fake.says(Report::Broken("卡纸".to_owned()));
    hall.desk().follow_prints().unwrap();
    let job = hall.paper().job.unwrap();
    assert_eq!((job.state, job.said.as_str()), (PrintState::Failed, "卡纸"));
    assert_eq!(hall.entries(), []);
}

#[test]
fn a_job_that_the_system_forgot_is_asked_about() {
    let hall = Hall::new();
    hall.print().unwrap();
    hall.fake.says(Report::Forgotten);
    hall.desk().follow_prints().unwrap();
    assert_eq!(hall.state(), Some(PrintState::Unknown));
}

#[test]
fn a_system_that_is_down_changes_nothing() {
    let hall = Hall::new();
    hall.print().unwrap();
    hall.fake.system().running = false;
    assert_eq!(hall.desk().follow_prints().unwrap_err().code(), "printing-not-running");
    assert_eq!(hall.state(), Some(PrintState::Sent));
    let second = hall.view().papers.remove(1).number;
    let refused = hall.desk().print_paper(&second, None, None).unwrap_err();
    assert_eq!(refused.code(), "printing-not-running");
    assert_eq!(hall.view().papers[1].job, None, "what has no printer is not written down");
}

#[test]
fn a_cancelled_job_came_to_nothing_unless_the_printer_was_faster() {
    let hall = Hall::new();
    let job = hall.print().unwrap().job.unwrap();
    let cancelled = hall.desk().cancel_print(&job.id).unwrap();
    assert_eq!((cancelled.state, cancelled.said.as_str()), (PrintState::Failed, "任务已取消"));
    assert_eq!(hall.desk().cancel_print(&job.id).unwrap_err().code(), "not-now");
    let job = hall.print().unwrap().job.unwrap();
    hall.fake.says(Report::Done);
    assert_eq!(hall.desk().cancel_print(&job.id).unwrap().state, PrintState::Printed);
    assert_eq!(hall.paper().printed, 1);
}

#[test]
fn the_wrong_printer_is_refused_before_anything_is_written_down() {
    let hall = Hall::new();
    let number = hall.paper().number;
    let refused = hall.desk().print_paper(&number, Some("小票机"), None).unwrap_err();
    assert_eq!((refused.code(), refused.is_refusal()), ("wrong-printer", true));
    assert_eq!(hall.state(), None);
}

fn rule(kind: &str) -> PrintRuleView {
    PrintRuleView {
        kind: kind.to_owned(),
        title: String::new(),
        printer: Some("后台".to_owned()),
        tray: Some("tray-2".to_owned()),
        copies: 2,
        both_sides: true,
        slip: false,
    }
}

#[test]
fn each_kind_goes_where_it_was_set_to() {
    let hall = Hall::new();
    hall.fake.system().printers.push(printer("后台", "iso_a4_210x297mm"));
    hall.desk().set_print_rule(rule("material-receipt")).unwrap();
    for paper in hall.view().papers {
        hall.desk().print_paper(&paper.number, None, None).unwrap();
    }
    let system = hall.fake.system();
    let went: Vec<_> = system
        .taken
        .iter()
        .map(|taken| (taken.printer.as_str(), taken.tray.as_deref(), taken.copies))
        .collect();
    assert_eq!(went, [("后台", Some("tray-2"), 2), ("前台", None, 1)]);
    assert!(!system.taken[0].both_sides, "one page for each part: they would share a sheet");
    drop(system);
    let many = PrintRuleView { copies: 10, ..rule("acceptance") };
    let refused = hall.desk().set_print_rule(many).unwrap_err();
    assert_eq!((refused.code(), refused.field().as_deref()), ("bad-print-rule", Some("copies")));
    assert_eq!(hall.desk().set_print_rule(rule("poster")).unwrap_err().code(), "bad-print-rule");
}

#[test]
fn a_day_is_clean_when_every_paper_is_out_in_one_way_or_another() {
    let hall = Hall::new();
    assert_eq!(hall.troubles(), [Trouble::NeverOut, Trouble::NeverOut]);
    let item = hall.desk().day_end(None).unwrap().items.remove(0);
    assert_eq!(item.side, Side::RecordWithoutPaper);
    hall.print().unwrap();
    hall.fake.says(Report::Done);
    hall.desk().follow_prints().unwrap();
    let second = hall.view().papers.remove(1).number;
    let folder = tempfile::tempdir().unwrap();
    hall.desk().save_paper(&second, folder.path()).unwrap();
    assert_eq!(hall.troubles(), []);
    assert_eq!(hall.view().papers[1].given, Some(OtherWay::Pdf));
    let day = hall.desk().day_end(None).unwrap();
    assert_eq!((day.papers, day.printed, day.given), (2, 1, 1));
    hall.bench.wait(1);
    hall.desk().give_paper(&second, OtherWay::Electronic).unwrap();
    assert_eq!(hall.view().papers[1].given, Some(OtherWay::Electronic));
    assert_eq!(hall.desk().day_end(Some("2026-11-23")).unwrap().papers, 0);
    assert_eq!(hall.desk().day_end(Some("23.11.")).unwrap_err().code(), "bad-date");
}

#[test]
fn a_day_is_not_clean_while_one_before_it_is_not() {
    let hall = Hall::new();
    let today = hall.desk().day_end(None).unwrap();
    assert_eq!((today.items.len(), today.earlier.len()), (2, 0));
    assert_eq!((hall.desk().left_open().unwrap().papers, open_before(&hall)), (2, 0));
    hall.bench.wait(24 * 60);
    let next = hall.desk().day_end(None).unwrap();
    assert_eq!((next.items.len(), next.is_clean()), (0, false));
    assert_eq!(next.earlier, [OpenDay { day: today.day.clone(), papers: 2 }]);
    assert_eq!((hall.desk().left_open().unwrap().papers, open_before(&hall)), (0, 2));
    assert_eq!(hall.desk().day_end(Some(&today.day)).unwrap().items.len(), 2, "it opens that day");
    // What is tried today is of today, whenever it was issued.
    hall.print().unwrap();
    let tried = hall.desk().day_end(None).unwrap();
    assert_eq!((tried.items.len(), tried.earlier[0].papers), (1, 1));
    hall.fake.says(Report::Done);
    hall.desk().follow_prints().unwrap();
    let second = hall.view().papers.remove(1).number;
    hall.desk().give_paper(&second, OtherWay::ByHand).unwrap();
    assert!(hall.desk().day_end(None).unwrap().is_clean());
    assert_eq!((hall.desk().left_open().unwrap().papers, open_before(&hall)), (0, 0));
}

fn open_before(hall: &Hall) -> u32 {
    hall.desk().left_open().unwrap().earlier_papers
}

/// What the list of all days says, beside the account of the one day on which everything was.
fn lists_agree(hall: &Hall) -> bool {
    let items = hall.desk().day_end(None).unwrap().items;
    let numbers: BTreeSet<_> = items.iter().map(|item| &item.number).collect();
    hall.desk().store.open_papers().unwrap() as usize == numbers.len()
}

fn of_paper(jobs: &[PrintJobView], number: &str) -> usize {
    jobs.iter().filter(|job| job.number == number && job.state == PrintState::Printed).count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// Whatever the printing system does and whenever the program dies: no paper that came out is
    /// without its line in the journal, and log and journal agree about what is settled.
    #[test]
    fn nothing_that_came_out_is_ever_without_a_record(
        steps in prop::collection::vec((0..5u8, 0..4u8), 1..7),
    ) {
        let mut hall = Hall::new();
        for (next, then) in steps {
            let next = [Next::Take, Next::Refuse, Next::DieBefore, Next::DieAfter, Next::LoseAnswer]
                [usize::from(next)];
            hall.fake.system().next = next;
            let before = hall.fake.system().taken.len();
            let died = catch_unwind(AssertUnwindSafe(|| {
                hall.print_again(Some(ReprintReason::Unclear)).is_ok()
            })).is_err();
            if died {
                hall = hall.restart();
            }
            if hall.fake.system().taken.len() > before {
                hall.fake.says(match then {
                    0 => Report::Done,
                    1 => Report::Broken("卡纸".to_owned()),
                    2 => Report::Forgotten,
                    _ => Report::Waiting("缺纸".to_owned()),
                });
            }
            prop_assert!(lists_agree(&hall));
            hall.bench.wait(3);
            hall.desk().follow_prints().unwrap();
            for job in hall.desk().follow_prints().unwrap() {
                match job.state {
                    PrintState::Unknown => {
                        hall.desk().settle_print(&job.id, then % 2 == 0).unwrap();
                    }
                    PrintState::Sent => {
                        hall.desk().cancel_print(&job.id).unwrap();
                    }
                    _ => {}
                }
            }
        }
        prop_assert!(lists_agree(&hall));
        let jobs = hall.desk().print_jobs(&PrintJobFilter::default()).unwrap();
        prop_assert!(jobs.iter().all(|job| job.state.has_ended()), "{jobs:?}");
        let paper = hall.paper();
        prop_assert_eq!(of_paper(&jobs, &paper.number), hall.entries().len());
        prop_assert_eq!(paper.printed as usize, hall.entries().len());
        let system = hall.fake.system();
        for taken in &system.taken {
            let mark = taken.title.rsplit('#').next().unwrap();
            let job = jobs.iter().find(|job| job.id.ends_with(mark));
            prop_assert!(job.is_some(), "no line for {}", taken.title);
            if taken.report == Report::Done {
                prop_assert_eq!(job.unwrap().state, PrintState::Printed);
            }
        }
    }
}

#[test]
fn a_slip_goes_to_a_raw_queue_with_its_rare_names_and_is_followed() {
    let hall = Hall::new();
    let rule = PrintRuleView {
        kind: hall.paper().kind.as_str().to_owned(),
        title: String::new(),
        printer: Some("前台".to_owned()),
        tray: None,
        copies: 2,
        both_sides: false,
        slip: true,
    };
    hall.desk().set_print_rule(rule).unwrap();
    hall.fake.system().printers[0].media.clear();
    hall.print().unwrap();
    let system = hall.fake.system();
    let bytes = &system.taken[0].pdf;
    assert!(bytes.starts_with(b"\x1b@"), "ESC/POS begins with its reset");
    let half = bytes.len() / 2;
    assert!(bytes[..half] == bytes[half..], "two copies");
}

#[cfg(unix)]
#[test]
fn a_slip_at_a_port_is_asked_about_and_a_missing_port_is_a_failed_job() {
    let hall = Hall::new();
    let rule = |printer: &str| PrintRuleView {
        kind: hall.paper().kind.as_str().to_owned(),
        title: String::new(),
        printer: Some(printer.to_owned()),
        tray: None,
        copies: 1,
        both_sides: false,
        slip: true,
    };
    hall.desk().set_print_rule(rule("/dev/no-such-port")).unwrap();
    assert_eq!(hall.print().unwrap_err().code(), "slip-printer-missing");
    assert_eq!(hall.state(), Some(PrintState::Failed));
    let folder = tempfile::tempdir().unwrap();
    let port = folder.path().join("port");
    assert!(std::process::Command::new("mkfifo").arg(&port).status().unwrap().success());
    hall.desk().set_print_rule(rule(port.to_str().unwrap())).unwrap();
    let reader = std::thread::spawn(move || std::fs::read(port).unwrap());
    hall.print().unwrap();
    assert!(reader.join().unwrap().starts_with(b"\x1b@"));
    assert_eq!(hall.state(), Some(PrintState::Unknown), "only the clerk can say");
    let job = hall.paper().job.unwrap();
    hall.desk().settle_print(&job.id, true).unwrap();
    assert_eq!(hall.paper().printed, 1);
}
