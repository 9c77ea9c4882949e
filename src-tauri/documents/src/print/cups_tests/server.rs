//! A `cupsd` in a folder of its own.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::super::Cups;

const CUPSD: &str = "/usr/sbin/cupsd";

fn run(folder: &Path) -> Child {
    Command::new(CUPSD)
        .arg("-f")
        .arg("-c")
        .arg(folder.join("cupsd.conf"))
        .arg("-s")
        .arg(folder.join("cups-files.conf"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// A server that ends with the test.
pub(super) struct Server {
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

/// Keeps what it is given, then does what `behaviour` says; `$out` is where things are kept.
const BACKEND: &str = r#"#!/bin/sh
# job user title copies options [file]
if [ $# -lt 5 ]; then exit 0; fi
out=$(dirname "$0")/../out
cat ${6:+"$6"} > "$out/$1.part"
printf '%s\n%s\n%s\n' "$3" "$4" "$5" > "$out/$1.about"
mv "$out/$1.part" "$out/$1.pdf"
if [ -e "$out/behaviour" ]; then . "$out/behaviour"; fi
"#;

/// A description of a printer that takes one size, in points.
pub(super) fn ppd(model: &str, name: &str, width: u32, height: u32) -> String {
    format!(
        r#"*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "{model}.PPD"
*Product: "({model})"
*Manufacturer: "Test"
*ModelName: "{model}"
*ShortNickName: "{model}"
*NickName: "{model}"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: False
*DefaultColorSpace: Gray
*cupsFilter: "application/pdf 0 -"
*OpenUI *PageSize/Media Size: PickOne
*DefaultPageSize: {name}
*PageSize {name}/{name}: "<</PageSize[{width} {height}]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion/Media Size: PickOne
*DefaultPageRegion: {name}
*PageRegion {name}/{name}: "<</PageSize[{width} {height}]>>setpagedevice"
*CloseUI: *PageRegion
*OpenUI *InputSlot/Media Source: PickOne
*DefaultInputSlot: Tray1
*InputSlot Tray1/Tray 1: ""
*InputSlot Tray2/Tray 2: ""
*CloseUI: *InputSlot
*OpenUI *Duplex/Duplex: PickOne
*DefaultDuplex: None
*Duplex None/Off: ""
*Duplex DuplexNoTumble/Long edge: ""
*CloseUI: *Duplex
*DefaultImageableArea: {name}
*ImageableArea {name}/{name}: "0 0 {width} {height}"
*DefaultPaperDimension: {name}
*PaperDimension {name}/{name}: "{width} {height}"
*DefaultFont: Courier
"#
    )
}

impl Server {
    /// None where it can't be started, with the reason on standard error.
    pub(super) fn start() -> Option<Self> {
        let root = Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout == b"0\n");
        if !Path::new(CUPSD).exists() || !root {
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
        let process = run(folder.path());
        let server = Self { folder, process };
        server.is_up();
        Some(server)
    }

    fn is_up(&self) {
        self.until("the server listens", || {
            std::os::unix::net::UnixStream::connect(self.socket()).is_ok()
        });
    }

    /// Ends the server in order; its folder stays.
    pub(super) fn stop(&mut self) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").arg(&id).status().unwrap().success());
        self.process.wait().unwrap();
    }

    /// Starts it again on the same folder.
    pub(super) fn again(&mut self) {
        self.process = run(self.folder.path());
        self.is_up();
    }

    /// What the printer does with every job from now on, once it has its bytes.
    pub(super) fn backend(&self, behaviour: &str) {
        std::fs::write(self.out("behaviour"), behaviour).unwrap();
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("cups.sock")
    }

    pub(super) fn cups(&self) -> Cups {
        Cups::default().at(self.socket())
    }

    pub(super) fn admin(&self, program: &str, args: &[&str]) {
        let done =
            Command::new(program).args(args).env("CUPS_SERVER", self.socket()).output().unwrap();
        assert!(done.status.success(), "{program} {args:?}: {done:?}");
    }

    pub(super) fn add_printer(&self, name: &str) {
        self.admin("lpadmin", &["-p", name, "-E", "-v", "keep:/", "-m", "raw"]);
    }

    /// A printer that is described by a PPD.
    pub(super) fn add_printer_with(&self, name: &str, ppd: &str) {
        let file = self.folder.path().join(format!("{name}.ppd"));
        std::fs::write(&file, ppd).unwrap();
        let file = file.to_str().unwrap();
        self.admin("lpadmin", &["-p", name, "-E", "-v", "keep:/", "-P", file]);
    }

    /// Waits for a condition, at most ten seconds.
    pub(super) fn until(&self, what: &str, met: impl Fn() -> bool) {
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

    pub(super) fn out(&self, name: &str) -> PathBuf {
        self.folder.path().join("out").join(name)
    }
}
