//! A PostgreSQL server of a test's own: in a folder of its own, reached by a socket in it, gone
//! with the test, even if that is killed.
//!
//! It knows nothing of the hub. Debian's package `postgresql` must be installed, and as root
//! `runuser` be there; `cargo xtask test` sees to both.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The port that gives its name to a socket where no other is named.
const DEFAULT_PORT: u16 = 5432;

/// What starts and stops the server.
const KEEPER: &str = include_str!("keeper.sh");

/// A running server.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    options: String,
    /// Also the name of the socket.
    port: u16,
    /// Stops the server when its input ends.
    keeper: Child,
    databases: AtomicUsize,
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // It ends by itself; waiting makes sure that the server is gone before the next line.
        let _ = self.keeper.wait();
    }
}

impl Cluster {
    /// The one of this process, started when first asked for.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// Starts one, reached by a socket in its folder.
    pub fn start() -> Self {
        // No port: nothing else can be met there.
        Self::run(folder(), DEFAULT_PORT, "-c listen_addresses=")
    }

    /// Starts one that waits for the disk, as a real one does: for measurements.
    pub fn start_durable() -> Self {
        Self::run(folder(), DEFAULT_PORT, "-c listen_addresses= -c fsync=on")
    }

    /// Starts one that is reached on a port of this machine too, over TLS with a certificate and a
    /// key in PEM; the port.
    pub fn start_secure(certificate: &str, key: &str) -> (Self, u16) {
        let folder = folder();
        for (name, text) in [("server.pem", certificate), ("server.key", key)] {
            let mut options = std::fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let file = options.open(folder.join(name));
            file.and_then(|mut file| file.write_all(text.as_bytes())).expect("a file");
        }
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
        let port = port.expect("a free port").port();
        let files =
            ["cert_file=", "key_file="].map(|name| format!("-c ssl_{name}{}", folder.display()));
        let [certificate, key] = files;
        let options = format!(
            "-c listen_addresses=127.0.0.1 -p {port} -c ssl=on \
             {certificate}/server.pem {key}/server.key"
        );
        (Self::run(folder, port, &options), port)
    }

    fn run(folder: PathBuf, port: u16, how: &str) -> Self {
        let programs = programs();
        // Durability is not what is tested; `how` may say otherwise, and comes last.
        let options = format!("-k {} -c fsync=off -c max_connections=200 {how}", folder.display());
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "keeper"]).arg(&folder).arg(&programs).arg(&options);
        // A group of its own: a test runner that ends the test's group leaves it to tidy up.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut keeper, 0);
        let keeper = keeper.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut keeper = keeper.spawn().expect("a shell");
        let mut said = String::new();
        let out = keeper.stdout.take().expect("its output");
        BufReader::new(out).read_line(&mut said).expect("its output can be read");
        let log = || {
            let read = |name| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
            ["initdb.log", "start.log", "server.log"].map(read).concat()
        };
        assert_eq!(said, "ready\n", "PostgreSQL did not start: {}", log());
        Self { folder, programs, options, port, keeper, databases: AtomicUsize::new(0) }
    }

    /// Makes an empty database; its address.
    pub fn database(&self) -> String {
        let name = format!("t{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let made = self.client("createdb").arg(&name).output().expect("createdb starts");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let folder = self.folder.to_string_lossy().replace('/', "%2F");
        format!("postgres://app@{folder}/{name}")
    }

    /// What `psql` answers to a statement in the database of an address, its rows line by line.
    pub fn ask(&self, address: &str, statement: &str) -> String {
        let name = address.rsplit('/').next().expect("a name");
        let mut psql = self.client("psql");
        let answer = psql.args(["-At", "-v", "ON_ERROR_STOP=1", "-d", name, "-c", statement]);
        let answer = answer.output().expect("psql starts");
        assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
        String::from_utf8(answer.stdout).expect("UTF-8").trim_end().to_owned()
    }

    /// Stops the server at once, as if its machine had lost power; [`Self::resume`] starts it again.
    pub fn pause(&self) {
        self.control(&["-m", "immediate", "stop"]);
    }

    /// Starts the server again.
    pub fn resume(&self) {
        let log = self.folder.join("server.log");
        let log = log.to_string_lossy();
        self.control(&["-w", "-l", &log, "-o", &self.options, "start"]);
    }

    fn control(&self, arguments: &[&str]) {
        let mut control = as_owner(&self.programs.join("pg_ctl"));
        control.arg("-D").arg(self.folder.join("data")).args(arguments);
        control.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        assert!(control.status().expect("pg_ctl starts").success(), "pg_ctl {arguments:?}");
    }

    fn client(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.arg("-h").arg(&self.folder).args(["-p", &self.port.to_string(), "-U", "app"]);
        command.stdin(Stdio::null());
        command
    }
}

fn folder() -> PathBuf {
    let folder = tempfile::Builder::new().prefix("yichuang-pg-").tempdir();
    folder.expect("a folder").keep()
}

/// PostgreSQL refuses to run as root.
fn as_owner(program: &Path) -> Command {
    let id = Command::new("id").arg("-u").output().expect("id starts");
    if id.stdout.trim_ascii() != b"0" {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]).arg(program);
    command
}

/// Where the server's programs are: Debian keeps them off the path, a folder for each version.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .max()
        .map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")));
    newest.filter(|folder| folder.join("initdb").is_file()).unwrap_or_else(|| {
        panic!("PostgreSQL is not installed (Debian: postgresql): run `cargo xtask test`")
    })
}
