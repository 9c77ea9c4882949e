//! Against a real `cupsd` in a folder of its own, with a back end that keeps what it is given.
//! Skipped, saying so, where CUPS is not installed or the tests do not run as root (`cupsd` gives
//! its rights up to another user and needs them for that).

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{Cups, Spooler};

/// A server that ends with the test.
struct Server {
    folder: tempfile::TempDir,
    process: Child,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; either way it is waited for.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const BACKEND: &str = r#"#!/bin/sh
# job user title copies options [file]
if [ $# -lt 5 ]; then exit 0; fi
out=$(dirname "$0")/../out
cat ${6:+"$6"} > "$out/$1.part"
printf '%s\n%s\n' "$3" "$5" > "$out/$1.about"
mv "$out/$1.part" "$out/$1.pdf"
"#;

impl Server {
    /// None where it can't be started, with the reason on standard error.
    fn start() -> Option<Self> {
        let cupsd = Path::new("/usr/sbin/cupsd");
        let root = Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout == b"0\n");
        if !cupsd.exists() || !root {
            eprintln!("skipped: needs /usr/sbin/cupsd (package cups) and root");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["spool", "cache", "state", "log", "out", "conf", "bin/backend"] {
            std::fs::create_dir_all(at(name)).unwrap();
        }
        for path in [folder.path().to_owned(), at("out")] {
            std::fs::set_permissions(path, PermissionsExt::from_mode(0o777)).unwrap();
        }
        for name in ["daemon", "filter", "cgi-bin", "monitor", "notifier", "driver"] {
            let source = Path::new("/usr/lib/cups").join(name);
            if source.exists() {
                std::os::unix::fs::symlink(source, at("bin").join(name)).unwrap();
            }
        }
        std::os::unix::fs::symlink(at("out"), at("bin/out")).unwrap();
        let backend = at("bin/backend/keep");
        std::fs::write(&backend, BACKEND).unwrap();
        std::fs::set_permissions(&backend, PermissionsExt::from_mode(0o755)).unwrap();
        let show = |path: PathBuf| path.to_str().unwrap().to_owned();
        std::fs::write(
            at("cupsd.conf"),
            format!(
                "Listen {}\nLogLevel warn\nBrowsing Off\nWebInterface No\nJobKillDelay 1\n\
                 DefaultAuthType None\n<Location />\nOrder allow,deny\nAllow all\n</Location>\n\
                 <Policy default>\n<Limit All>\nOrder allow,deny\nAllow all\n</Limit>\n</Policy>\n",
                show(at("cups.sock"))
            ),
        )
        .unwrap();
        std::fs::write(
            at("cups-files.conf"),
            format!(
                "ServerRoot {conf}\nServerBin {bin}\nRequestRoot {spool}\nCacheDir {cache}\n\
                 StateDir {state}\nErrorLog {log}/error\nAccessLog {log}/access\n\
                 PageLog {log}/page\nDataDir /usr/share/cups\nSystemGroup root\n",
                conf = show(at("conf")),
                bin = show(at("bin")),
                spool = show(at("spool")),
                cache = show(at("cache")),
                state = show(at("state")),
                log = show(at("log")),
            ),
        )
        .unwrap();
        let process = Command::new(cupsd)
            .arg("-f")
            .args(["-c", &show(at("cupsd.conf"))])
            .args(["-s", &show(at("cups-files.conf"))])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { folder, process };
        server.until("the server listens", || {
            std::os::unix::net::UnixStream::connect(server.socket()).is_ok()
        });
        Some(server)
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("cups.sock")
    }

    fn cups(&self) -> Cups {
        Cups::default().at(self.socket())
    }

    fn admin(&self, program: &str, args: &[&str]) {
        let done =
            Command::new(program).args(args).env("CUPS_SERVER", self.socket()).output().unwrap();
        assert!(done.status.success(), "{program} {args:?}: {done:?}");
    }

    fn add_printer(&self, name: &str) {
        self.admin("lpadmin", &["-p", name, "-E", "-v", "keep:/", "-m", "raw"]);
    }

    /// Waits for a condition, at most ten seconds.
    fn until(&self, what: &str, met: impl Fn() -> bool) {
        let start = Instant::now();
        while !met() {
            assert!(
                start.elapsed() < Duration::from_secs(10),
                "{what}: not within 10 s\n{}",
                std::fs::read_to_string(self.folder.path().join("log/error")).unwrap_or_default()
            );
            std::thread::park_timeout(Duration::from_millis(10));
        }
    }

    fn out(&self, name: &str) -> PathBuf {
        self.folder.path().join("out").join(name)
    }
}

#[test]
fn a_job_reaches_the_printer_byte_by_byte_with_its_title_and_one_sided() {
    let Some(server) = Server::start() else { return };
    let cups = server.cups();
    assert_eq!(cups.printers().unwrap(), []);
    assert_eq!(cups.submit(b"%PDF-1.4", "t", None).unwrap_err().code(), "no-printer");

    server.add_printer("前台");
    let pdf = [b"%PDF-1.4\n".as_slice(), &[0, 255, 10, 13, 0x25].repeat(40_000)].concat();
    let job = cups.submit(&pdf, "受理通知书 150785", None).unwrap();
    assert_eq!((job.printer.as_str(), job.id.as_str()), ("前台", "前台-1"));
    server.until("the job is done", || server.out("1.pdf").exists());
    assert!(std::fs::read(server.out("1.pdf")).unwrap() == pdf, "the bytes differ");
    let about = std::fs::read_to_string(server.out("1.about")).unwrap();
    assert!(about.contains("受理通知书 150785") && about.contains("sides=one-sided"), "{about}");

    server.add_printer("后台");
    assert_eq!(cups.submit(&pdf, "t", None).unwrap_err().code(), "no-default-printer");
    assert_eq!(cups.submit(&pdf, "t", Some("隔壁")).unwrap_err().code(), "unknown-printer");
    server.admin("lpadmin", &["-d", "后台"]);
    let printers = cups.printers().unwrap();
    let default: Vec<_> = printers.iter().filter(|p| p.is_default).map(|p| &p.name).collect();
    assert_eq!((printers.len(), default), (2, vec![&"后台".to_owned()]));
    assert_eq!(cups.submit(&pdf, "t", None).unwrap().printer, "后台");

    server.admin("cupsreject", &["前台"]);
    let refused = cups.submit(&pdf, "t", Some("前台")).unwrap_err();
    assert_eq!(refused.code(), "print-refused");
    assert!(refused.to_string().contains("前台"), "{refused}");
}

#[test]
fn a_server_that_is_not_there_is_told_from_a_missing_printer() {
    if Command::new("lpstat").arg("-r").output().is_err() {
        eprintln!("skipped: needs lpstat (package cups-client)");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let cups = Cups::default().at(folder.path().join("nobody.sock"));
    assert_eq!(cups.printers().unwrap_err().code(), "printing-not-running");
    let refused = cups.submit(b"%PDF-1.4", "t", Some("前台")).unwrap_err();
    assert_eq!(refused.code(), "printing-not-running");
}
