//! A hall with its hub, and the dice that move it.

use std::cell::RefCell;
use std::io::Cursor;

use fastrand::Rng;
use tempfile::TempDir;
use yichuang_domain::case::event::Decision;
use yichuang_hub::decide::decide;
use yichuang_hub::enrolment::{DEFAULT_HALL, DEFAULT_REGION, make_code};
use yichuang_hub::ferry::ferry;
use yichuang_hub::store::CodeHolder;
use yichuang_hub::{Clock as _, HubError, listing};
use yichuang_protocol::ferry::Progress;
use yichuang_protocol::limits::CHUNK_BYTES;
use yichuang_protocol::office::DecideRequest;

use crate::check;
use crate::hub::{HubSide, SimClock};
use crate::line::Net;
use crate::sabotage::{self, REFUSALS, Sabotage, Side};
use crate::window::Window;

/// Everything there is.
pub struct World {
    /// The line and the hub behind it.
    pub net: RefCell<Net>,
    /// The windows.
    pub windows: Vec<Window>,
    rng: Rng,
    sticks: Vec<Stick>,
    _folder: TempDir,
}

/// A ferry file on its way.
struct Stick {
    window: usize,
    answer: bool,
    file: Vec<u8>,
}

impl Stick {
    fn copied(&self) -> Self {
        Self { window: self.window, answer: self.answer, file: self.file.clone() }
    }
}

/// What else must have happened in a run that proves something.
pub const EVENTS: [&str; 28] = [
    "files: done",
    "files on a full disk",
    "goes on: done",
    "adds a scan: done",
    "adds a scan on a full disk",
    "/v1/attachment/chunk:",
    "asks for a case",
    "hands a case on",
    "settles a conflict",
    "asks for help: done",
    "notes on help: done",
    "passes help on: done",
    "writes of help on a full disk",
    "/v1/help:",
    "under a number that is another's",
    "syncs: done",
    "syncs: hub-unreachable",
    "syncs: cancelled",
    "syncs: storage-failed",
    "is killed",
    "clock of window",
    "is put back to its backup",
    "arrives: 200",
    "back office decides: true",
    "writes a ferry file",
    "a ferry file of window 0 arrives: taken in",
    "an answer of window 0 arrives: taken in",
    "arrives: ferry-",
];

/// Memory that looks like a disk, where there is some: nothing here survives a power cut anyway.
fn folder() -> TempDir {
    let memory = std::path::Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a folder")
}

impl World {
    /// A hall on its first morning, perhaps with a program that is broken on purpose.
    pub fn new(seed: u64, sabotage: Option<&Sabotage>) -> Self {
        let mut rng = Rng::with_seed(seed);
        let folder = folder();
        let clock = SimClock::new();
        let hub = HubSide::new(folder.path(), rng.usize(1..=2), clock.clone());
        let net = RefCell::new(Net::new(hub, rng.fork(), clock.clone()));
        let windows = (0..rng.usize(1..=3))
            .map(|nth| {
                let holder = CodeHolder {
                    region: DEFAULT_REGION.to_owned(),
                    station: "ZX".to_owned(),
                    window: format!("{:02}", nth + 1),
                    hall: DEFAULT_HALL.to_owned(),
                };
                let code = make_code(net.borrow().hub.store(), &holder, clock.now());
                Window::joined(folder.path(), nth, &net, &code.expect("a code").code)
            })
            .collect();
        let this = Self { net, windows, rng, sticks: Vec::new(), _folder: folder };
        if let Some(sabotage) = sabotage {
            this.break_on_purpose(sabotage);
        }
        this
    }

    fn break_on_purpose(&self, sabotage: &Sabotage) {
        match sabotage.side {
            Side::Hub => {
                let sql = sabotage::open(&self.net.borrow().hub.database(), None);
                sql.execute_batch(sabotage.sql).expect("the sabotage works");
            }
            Side::Window => {
                for window in &self.windows {
                    let sql = sabotage::open(&window.database(), Some(&window.key()));
                    sql.execute_batch(sabotage.sql).expect("the sabotage works");
                }
            }
        }
    }

    /// What happened.
    pub fn into_trace(self) -> Vec<String> {
        self.net.into_inner().trace
    }

    fn tell(&self, what: String) {
        self.net.borrow_mut().trace.push(what);
    }

    /// Plays the history: a bad time, then a good one, and at its end everything must be whole.
    ///
    /// # Errors
    /// What is not.
    pub fn play(&mut self) -> Result<(), String> {
        self.net.borrow_mut().one_in = self.rng.u32(3..12);
        for _ in 0..self.rng.usize(15..50) {
            self.step()?;
        }
        self.net.borrow_mut().one_in = 0;
        self.net.borrow_mut().deliver_all();
        check::comes_to_rest(self)?;
        check::is_whole(self)
    }

    fn step(&mut self) -> Result<(), String> {
        let which = self.rng.usize(..self.windows.len());
        match self.rng.u32(..124) {
            0..30 => self.at_the_desk(which, false),
            30..38 => self.at_the_desk(which, true),
            38..58 => self.sync(which),
            58..66 => self.carry_a_stick(),
            66..70 => self.load_a_stick(which),
            70..76 => {
                self.tell(format!("window {which} is killed"));
                self.windows[which].reopen();
                check::keeps_its_word(&self.windows[which])
            }
            76..84 => self.decide(),
            84..90 => {
                self.net.borrow_mut().deliver_one();
                Ok(())
            }
            90..94 => {
                let off = self.rng.i64(-14_400_000..14_400_000);
                self.tell(format!("the clock of window {which} is set"));
                self.windows[which].clock_off = off;
                Ok(())
            }
            94..97 => {
                self.tell("the hub is backed up".to_owned());
                self.net.borrow().hub.back_up();
                Ok(())
            }
            97..99 => {
                if self.net.borrow_mut().hub.restore() {
                    self.tell("the hub is put back to its backup".to_owned());
                }
                Ok(())
            }
            99..109 => self.between_windows(which),
            109..123 => self.help(which),
            _ => {
                self.net.borrow().clock.pass(self.rng.i64(0..86_400_000));
                Ok(())
            }
        }
    }

    /// A clerk works, on a disk that may refuse.
    fn at_the_desk(&mut self, which: usize, full: bool) -> Result<(), String> {
        let now = self.net.borrow().clock.off_by(self.windows[which].clock_off);
        let other = (which + 1) % self.windows.len();
        let steals = other != which && self.rng.u32(..12) == 0;
        let other = steals.then(|| self.windows[other].enrolment());
        let in_hand = self.windows[which].in_hand();
        let files = in_hand.is_empty() || self.rng.bool();
        let scan = (!files && self.rng.u32(..3) == 0).then(|| self.scan());
        let scans = scan.is_some();
        // In one of four the applicant says something first; their word is a fact like a scan.
        let says = !files && !scans && self.rng.u32(..4) == 0;
        let refusal = full.then(|| self.refuse(which));
        let window = &mut self.windows[which];
        let done = if files {
            window.file(now, other)
        } else if let Some(scan) = scan {
            window.attach(now, in_hand[self.rng.usize(..in_hand.len())].id, scan)
        } else if says {
            window.judge(now, in_hand[self.rng.usize(..in_hand.len())].id, self.rng.bool())
        } else if self.rng.bool() {
            let name = ["张三", "张山", "章三"][self.rng.usize(..3)];
            window.correct(now, &in_hand[self.rng.usize(..in_hand.len())], name)
        } else {
            window.go_on(now, in_hand[self.rng.usize(..in_hand.len())].id)
        };
        if let Some((sql, _)) = &refusal {
            sabotage::relent(sql);
        }
        let what = match (files, steals) {
            (true, true) => "files under a number that is another's",
            (true, false) => "files",
            (false, _) if scans => "adds a scan",
            (false, _) if says => "is judged",
            (false, _) => "goes on",
        };
        let how = if done.is_ok() { "done" } else { "refused" };
        self.tell(format!(
            "window {which} {what}{}: {how}",
            refusal
                .map_or(String::new(), |(_, statement)| format!(" on a full disk ({statement})"))
        ));
        if let (Err(error), false) = (&done, full) {
            return Err(format!("an action was refused for no reason: {error}"));
        }
        check::keeps_its_word(&self.windows[which])
    }

    /// A clerk asks for a case of another window, hands one on, or settles what both wrote.
    fn between_windows(&mut self, which: usize) -> Result<(), String> {
        let now = self.net.borrow().clock.off_by(self.windows[which].clock_off);
        let other = (which + 1 + self.rng.usize(..self.windows.len())) % self.windows.len();
        if other == which {
            return Ok(());
        }
        let in_hand = self.windows[which].in_hand();
        let torn = in_hand.iter().find(|case| case.open_conflicts().next().is_some());
        let adopt = self.rng.bool();
        let (what, done) = if let Some(case) = torn.filter(|_| self.rng.bool()) {
            ("settles a conflict", self.windows[which].settle(now, case, adopt))
        } else if !in_hand.is_empty() && self.rng.bool() {
            let case = in_hand[self.rng.usize(..in_hand.len())].id;
            let to = self.windows[other].holder();
            ("hands a case on", self.windows[which].hand_on(now, case, to))
        } else {
            let theirs = &self.windows[other].receipts;
            if theirs.is_empty() {
                return Ok(());
            }
            let number = theirs[self.rng.usize(..theirs.len())].number.clone();
            ("asks for a case", self.windows[which].want(now, &number))
        };
        self.tell(format!("window {which} {what}"));
        done.map_err(|error| format!("an action was refused for no reason: {error}"))?;
        check::keeps_its_word(&self.windows[which])
    }

    /// A clerk writes into the list of 帮您办, in one of six on a disk that may refuse.
    fn help(&mut self, which: usize) -> Result<(), String> {
        let now = self.net.borrow().clock.off_by(self.windows[which].clock_off);
        let refusal = (self.rng.u32(..6) == 0).then(|| self.refuse(which));
        let done = self.windows[which].help(now, &mut self.rng);
        let full = refusal.is_some();
        if let Some((sql, _)) = &refusal {
            sabotage::relent(sql);
        }
        self.tell(match &done {
            Ok(what) if !full => format!("window {which} {what}: done"),
            Ok(_) => format!("window {which} writes of help on a full disk: done"),
            Err(_) => format!("window {which} writes of help on a full disk: refused"),
        });
        match done {
            Err(error) if !full => Err(format!("an action was refused for no reason: {error}")),
            _ => check::keeps_its_word(&self.windows[which]),
        }
    }

    /// Something scanned: most are small, some take several chunks.
    fn scan(&mut self) -> Vec<u8> {
        let len = if self.rng.u32(..12) == 0 {
            self.rng.usize(CHUNK_BYTES - 2..3 * CHUNK_BYTES)
        } else {
            self.rng.usize(9..4000)
        };
        let mut bytes = vec![0; len];
        self.rng.fill(&mut bytes);
        bytes[..8].copy_from_slice(b"%PDF-1.7");
        bytes
    }

    fn refuse(&mut self, which: usize) -> (rusqlite::Connection, &'static str) {
        let here: Vec<_> = REFUSALS.iter().filter(|(side, _)| *side == Side::Window).collect();
        let (_, statement) = here[self.rng.usize(..here.len())];
        let window = &self.windows[which];
        let sql = sabotage::open(&window.database(), Some(&window.key()));
        sabotage::refuse(&sql, statement);
        (sql, statement)
    }

    fn sync(&mut self, which: usize) -> Result<(), String> {
        let refusal = (self.rng.u32(..8) == 0).then(|| self.refuse(which));
        let cancel = self.rng.u32(..20) == 0;
        let synced = self.windows[which].sync(&self.net, cancel);
        if let Some((sql, _)) = &refusal {
            sabotage::relent(sql);
        }
        let said = synced.as_ref().map_or_else(|error| error.code(), |_| "done");
        self.tell(format!("window {which} syncs: {said}"));
        if std::mem::take(&mut self.net.borrow_mut().window_crashed) {
            self.windows[which].reopen();
        }
        if let Err(error) = synced
            && !error.is_passing()
            && refusal.is_none()
        {
            let code = error.code();
            return Err(format!("window {which} met something permanent: {code}: {error}"));
        }
        check::keeps_its_word(&self.windows[which])
    }

    /// A window writes a ferry file, on a disk that may refuse.
    fn load_a_stick(&mut self, which: usize) -> Result<(), String> {
        let now = self.net.borrow().clock.off_by(self.windows[which].clock_off);
        let file = self.windows[which].ferry_out(now);
        let file = file.map_err(|error| format!("no ferry file was written: {}", error.code()))?;
        self.tell(format!("window {which} writes a ferry file"));
        self.sticks.push(Stick { window: which, answer: false, file });
        check::keeps_its_word(&self.windows[which])
    }

    /// One of the sticks under way arrives: whole, cut, or for the second time.
    fn carry_a_stick(&mut self) -> Result<(), String> {
        if self.sticks.is_empty() {
            return Ok(());
        }
        let nth = self.rng.usize(..self.sticks.len());
        let again = self.rng.u32(..4) == 0;
        let Stick { window, answer, mut file } =
            if again { self.sticks[nth].copied() } else { self.sticks.swap_remove(nth) };
        let cut = self.rng.u32(..6) == 0;
        if cut {
            file.truncate(self.rng.usize(..file.len()));
        }
        let refusal = (self.rng.u32(..8) == 0).then(|| self.refuse(window));
        let arrived =
            if answer { self.take_answer(window, &file) } else { self.take_cargo(window, &file) };
        if let Some((sql, _)) = &refusal {
            sabotage::relent(sql);
        }
        let what = if answer { "an answer" } else { "a ferry file" };
        let how = arrived.as_ref().map_or_else(String::as_str, |()| "taken in");
        self.tell(format!("{what} of window {window} arrives: {how}"));
        match arrived {
            Ok(()) if cut => return Err("a cut ferry file was taken in".to_owned()),
            Err(why) if !cut && refusal.is_none() => {
                return Err(format!("{what} of window {window} was refused: {why}"));
            }
            _ => {}
        }
        check::keeps_its_word(&self.windows[window])
    }

    fn take_cargo(&mut self, window: usize, file: &[u8]) -> Result<(), String> {
        let mut answer = Vec::new();
        let net = self.net.borrow();
        let (hub, progress) = ((net.hub.store(), net.hub.objects()), Progress::default());
        let taken = ferry(hub, Cursor::new(file), &mut answer, net.clock.now(), &progress);
        drop(net);
        taken.map_err(|error| HubError::from(error).code().to_owned())?;
        self.sticks.push(Stick { window, answer: true, file: answer });
        Ok(())
    }

    fn take_answer(&mut self, window: usize, file: &[u8]) -> Result<(), String> {
        let now = self.net.borrow().clock.off_by(self.windows[window].clock_off);
        let taken = self.windows[window].ferry_in(now, file);
        taken.map(|_| ()).map_err(|error| error.code().to_owned())
    }

    /// The back office grants a case.
    fn decide(&mut self) -> Result<(), String> {
        let net = self.net.borrow();
        let cases = listing::cases(net.hub.store()).map_err(|error| error.to_string())?;
        if cases.is_empty() {
            return Ok(());
        }
        let request = DecideRequest {
            case: cases[self.rng.usize(..cases.len())].case_number.clone(),
            decision: Decision::Granted,
            reason: String::new(),
            result_number: None,
        };
        let decided = decide(net.hub.store(), &request, net.clock.now()).is_ok();
        drop(net);
        self.tell(format!("the back office decides: {decided}"));
        Ok(())
    }
}
