//! Against a real `cupsd` in a folder of its own, with a back end that does what it is told.
//! Skipped, saying so, where CUPS is not installed or the tests do not run as root (`cupsd` gives
//! its rights up to another user and needs them for that).

mod server;

use super::{Content, Cups, JobRef, Order, Printer, Report, Sheet, Spooler, route, title};
use server::Server;

/// The smallest paper of a size: CUPS looks at the first bytes only.
const PDF: &[u8] = b"%PDF-1.4\n";

fn order<'a>(printer: &'a str, title: &'a str) -> Order<'a> {
    Order {
        content: Content::Pdf(PDF),
        title,
        printer,
        sheet: Sheet::A4,
        tray: None,
        copies: 1,
        both_sides: false,
    }
}

fn waits(report: &Report, words: &str) -> bool {
    matches!(report, Report::Waiting(said) if said.contains(words))
}

#[test]
fn a_job_reaches_the_printer_byte_by_byte_with_its_title_and_options() {
    let Some(server) = Server::start() else { return };
    let cups = server.cups();
    assert_eq!(cups.printers().unwrap(), []);
    server.add_printer("前台");
    let pdf = [b"%PDF-1.4\n".as_slice(), &[0, 255, 10, 13, 0x25].repeat(40_000)].concat();
    let title = title("受理通知书 150785", "#1a2b");
    let job = cups
        .submit(&Order { content: Content::Pdf(&pdf), copies: 2, ..order("前台", &title) })
        .unwrap();
    assert_eq!((job.printer.as_str(), job.id.as_str()), ("前台", "1"));
    server.until("the job is done", || cups.follow(&job, "#1a2b").unwrap() == Report::Done);
    assert!(std::fs::read(server.out("1.pdf")).unwrap() == pdf, "the bytes differ");
    let about = std::fs::read_to_string(server.out("1.about")).unwrap();
    for wanted in ["受理通知书 150785 #1a2b", "sides=one-sided", "media=iso_a4_210x297mm"] {
        assert!(about.contains(wanted), "{wanted} in {about}");
    }
    assert!(about.lines().any(|line| line == "2"), "two copies: {about}");
}

#[test]
fn a_tray_and_both_sides_reach_the_printer() {
    let Some(server) = Server::start() else { return };
    let cups = server.cups();
    server.add_printer_with("前台", &server::ppd("laser", "A4", 595, 842));
    let printer = cups.printers().unwrap().remove(0);
    assert!(printer.both_sides && printer.trays.contains(&"tray-2".to_owned()), "{printer:?}");
    let tray = Order { tray: Some("tray-2"), both_sides: true, ..order("前台", "t #1") };
    let job = cups.submit(&tray).unwrap();
    server.until("the job is done", || cups.follow(&job, "#1").unwrap() == Report::Done);
    let about = std::fs::read_to_string(server.out("1.about")).unwrap();
    for wanted in ["sides=two-sided-long-edge", "InputSlot=Tray2", "PageSize=A4"] {
        assert!(about.contains(wanted), "{wanted} in {about}");
    }
}

#[test]
fn printers_are_chosen_and_refused_by_name() {
    let Some(server) = Server::start() else { return };
    let cups = server.cups();
    let chosen = |wanted| -> Result<String, super::PrintError> {
        route(&cups.printers()?, wanted, Sheet::A4).map(|printer| printer.name.clone())
    };
    assert_eq!(chosen(None).unwrap_err().code(), "no-printer");
    server.add_printer("前台");
    assert_eq!(chosen(None).unwrap(), "前台");
    server.add_printer("后台");
    assert_eq!(chosen(None).unwrap_err().code(), "no-default-printer");
    server.admin("lpadmin", &["-d", "后台"]);
    assert_eq!(chosen(None).unwrap(), "后台");
    let gone = cups.submit(&order("隔壁", "t #1")).unwrap_err();
    assert_eq!(gone.code(), "unknown-printer");

    server.admin("cupsreject", &["前台"]);
    let refused = cups.submit(&order("前台", "t #1")).unwrap_err();
    assert_eq!(refused.code(), "print-refused");
    assert!(refused.to_string().contains("前台"), "{refused}");
    let printers = cups.printers().unwrap();
    let front = printers.iter().find(|printer| printer.name == "前台").unwrap();
    assert!(front.trouble.contains("拒绝接收"), "{front:?}");
}

#[test]
fn a_job_that_the_printer_breaks_off_is_no_printed_one() {
    let Some(server) = Server::start() else { return };
    let cups = server.cups();
    server.add_printer("前台");
    server.admin("lpadmin", &["-p", "前台", "-o", "printer-error-policy=abort-job"]);
    server.backend("echo 'ERROR: 打印机缺纸' >&2; exit 1");
    let job = cups.submit(&order("前台", "t #1")).unwrap();
    server.until("the job is broken off", || {
        matches!(cups.follow(&job, "#1").unwrap(), Report::Broken(_))
    });
    let Report::Broken(why) = cups.follow(&job, "#1").unwrap() else { panic!("not broken") };
    assert!(why.contains("打印机缺纸"), "{why}");
}

#[test]
fn a_stopped_queue_keeps_the_job_and_says_so() {
    let Some(server) = Server::start() else { return };
    let cups = server.cups();
    server.add_printer("前台");
    server.admin("cupsdisable", &["前台"]);
    let job = cups.submit(&order("前台", "t #1")).unwrap();
    let report = cups.follow(&job, "#1").unwrap();
    assert!(waits(&report, "打印机已停止"), "{report:?}");
    let printers = cups.printers().unwrap();
    assert!(printers[0].trouble.contains("打印机已停止"), "{printers:?}");
    server.admin("cupsenable", &["前台"]);
    server.until("the job is done", || cups.follow(&job, "#1").unwrap() == Report::Done);
}

#[test]
fn a_printer_that_stops_the_queue_says_why_while_the_job_waits() {
    let Some(server) = Server::start() else { return };
    let cups = server.cups();
    server.add_printer("前台");
    server.backend("echo 'ERROR: 打印机缺纸' >&2; exit 4");
    let job = cups.submit(&order("前台", "t #1")).unwrap();
    server.until("the queue stops", || waits(&cups.follow(&job, "#1").unwrap(), "打印机已停止"));
    let report = cups.follow(&job, "#1").unwrap();
    assert!(waits(&report, "打印机缺纸"), "{report:?}");
}

#[test]
fn a_printer_that_reports_its_state_is_understood_while_it_prints() {
    let Some(server) = Server::start() else { return };
    let cups = server.cups();
    server.add_printer("前台");
    server.backend(
        "echo 'STATE: +media-empty-error' >&2; while [ ! -e \"$out/go\" ]; do sleep 0.02; done",
    );
    let job = cups.submit(&order("前台", "t #1")).unwrap();
    server.until("it says that there is no paper", || {
        waits(&cups.follow(&job, "#1").unwrap(), "正在打印：缺纸")
    });
    std::fs::write(server.out("go"), "").unwrap();
    server.until("the job is done", || cups.follow(&job, "#1").unwrap() == Report::Done);
}

#[test]
fn a_held_job_waits_and_a_cancelled_one_is_broken() {
    let Some(server) = Server::start() else { return };
    let cups = server.cups();
    server.add_printer("前台");
    server.backend("exit 3");
    let job = cups.submit(&order("前台", "t #1")).unwrap();
    server.until("the job is held", || waits(&cups.follow(&job, "#1").unwrap(), "任务被挂起"));
    cups.cancel(&job).unwrap();
    let broken = Report::Broken("任务已取消".to_owned());
    server.until("the job is cancelled", || cups.follow(&job, "#1").unwrap() == broken);
    assert_eq!(cups.cancel(&job).unwrap_err().code(), "print-not-cancelled");
}

#[test]
fn a_slow_job_is_on_its_way_until_it_is_cancelled() {
    let Some(server) = Server::start() else { return };
    let cups = server.cups();
    server.add_printer("前台");
    server.backend("exec sleep 600");
    let job = cups.submit(&order("前台", "t #1")).unwrap();
    server.until("it prints", || waits(&cups.follow(&job, "#1").unwrap(), "正在打印"));
    cups.cancel(&job).unwrap();
    server
        .until("it is cancelled", || matches!(cups.follow(&job, "#1").unwrap(), Report::Broken(_)));
}

#[test]
fn a_job_is_found_again_by_its_mark_and_never_taken_for_another() {
    let Some(server) = Server::start() else { return };
    let cups = server.cups();
    server.add_printer("前台");
    server.add_printer("后台");
    let first = cups.submit(&order("前台", &title("受理通知书", "#1a"))).unwrap();
    let second = cups.submit(&order("后台", &title("受理通知书", "#1b"))).unwrap();
    assert_eq!(cups.find("#1a").unwrap().as_ref(), Some(&first));
    assert_eq!(cups.find("#1b").unwrap().as_ref(), Some(&second));
    assert_eq!(cups.find("#1").unwrap(), None);
    assert_eq!(cups.follow(&first, "#1b").unwrap(), Report::Forgotten);
    let unknown = JobRef { printer: "前台".to_owned(), id: "99".to_owned() };
    assert_eq!(cups.follow(&unknown, "#1a").unwrap(), Report::Forgotten);
    server.until("both are done", || {
        let done = |job, mark| cups.follow(job, mark).unwrap() == Report::Done;
        done(&first, "#1a") && done(&second, "#1b")
    });
    assert_eq!(cups.find("#1a").unwrap(), Some(first), "found among the finished ones too");
}

#[test]
fn a_slip_printer_is_known_by_what_it_takes() {
    let Some(server) = Server::start() else { return };
    let cups = server.cups();
    server.add_printer_with("小票机", &server::ppd("roll", "Roll80", 226, 600));
    server.add_printer_with("激光", &server::ppd("laser", "A4", 595, 842));
    let printers = cups.printers().unwrap();
    let refused = route(&printers, Some("小票机"), Sheet::A4).unwrap_err();
    assert_eq!(refused.code(), "wrong-printer", "{printers:?}");
    let slip = Sheet { width: 80, height: 150 };
    let refused = route(&printers, Some("激光"), slip).unwrap_err();
    assert_eq!(refused.code(), "wrong-printer", "{printers:?}");
    let name = |printer: &Printer| printer.name.clone();
    assert_eq!(route(&printers, Some("小票机"), slip).map(name).unwrap(), "小票机");
    assert_eq!(route(&printers, Some("激光"), Sheet::A4).map(name).unwrap(), "激光");
}

#[test]
fn a_server_that_is_not_there_is_told_from_a_missing_printer() {
    let folder = tempfile::tempdir().unwrap();
    let cups = Cups::default().at(folder.path().join("nobody.sock"));
    assert_eq!(cups.printers().unwrap_err().code(), "printing-not-running");
    let refused = cups.submit(&order("前台", "t #1")).unwrap_err();
    assert_eq!(refused.code(), "printing-not-running");
    let job = JobRef { printer: "前台".to_owned(), id: "1".to_owned() };
    assert_eq!(cups.follow(&job, "#1").unwrap_err().code(), "printing-not-running");
}

#[test]
fn a_server_that_died_says_nothing_of_its_jobs_and_knows_them_when_it_is_back() {
    let Some(mut server) = Server::start() else { return };
    let cups = server.cups();
    server.add_printer("前台");
    server.admin("cupsdisable", &["前台"]);
    let job = cups.submit(&order("前台", "t #1")).unwrap();
    server.stop();
    assert_eq!(cups.follow(&job, "#1").unwrap_err().code(), "printing-not-running");
    server.again();
    assert!(waits(&cups.follow(&job, "#1").unwrap(), "打印机已停止"));
}

#[test]
fn a_slip_goes_to_the_printer_untouched() {
    let Some(server) = Server::start() else { return };
    let cups = server.cups();
    server.add_printer("小票");
    // Looks like nothing that a filter knows.
    let slip = [b"\x1b@\x1dv0\0".as_slice(), &[0, 255, 10, 13, 4, 3].repeat(9000)].concat();
    let title = title("收件凭证", "#5e1f");
    let order = Order {
        content: Content::Slip(&slip),
        sheet: Sheet { width: 80, height: 297 },
        ..order("小票", &title)
    };
    let job = cups.submit(&order).unwrap();
    server.until("the job is done", || cups.follow(&job, "#5e1f").unwrap() == Report::Done);
    assert!(std::fs::read(server.out("1.pdf")).unwrap() == slip, "the bytes differ");
}
