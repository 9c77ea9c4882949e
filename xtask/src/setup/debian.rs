//! Packages of the system, from Debian's or Ubuntu's archive.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::step::{Done, Failure, command, failed, finish, printed, succeeds};

/// What packages are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To build the programs.
    Build,
    /// To drive the window and the browser, to read the papers, to print.
    Test,
    /// To save workbooks with the spreadsheet program that halls have: 289 MB on disk.
    Spreadsheets,
    /// To measure our papers beside those of others: Python, and what `WeasyPrint` draws with.
    Papers,
    /// To measure our hub beside the servers of others: Python, beside the Node.js of the screens.
    Servers,
    /// To check the types of the Windows build.
    Windows,
}

impl Purpose {
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Build => &[
                "build-essential",
                "ca-certificates",
                "libssl-dev",
                "libwebkit2gtk-4.1-dev",
                "perl",
                "pkg-config",
            ],
            Self::Test => &[
                "chromium",
                "chromium-driver",
                "cups-client",
                "cups-daemon",
                "dbus",
                "poppler-utils",
                "postgresql",
                "webkit2gtk-driver",
                "xauth",
                "xvfb",
            ],
            Self::Spreadsheets => &["libreoffice-calc"],
            Self::Papers => {
                &["libharfbuzz-subset0", "libpango-1.0-0", "libpangoft2-1.0-0", "python3-venv"]
            }
            Self::Servers => &["python3-venv"],
            Self::Windows => &["mingw-w64", "rust-web-src", "rustc-web"],
        }
    }
}

/// Installs what is missing. On a system without apt it says what must be there and goes on: the
/// packages may have come from elsewhere.
pub fn install(purposes: &[Purpose]) -> Done {
    let wanted: Vec<&str> = purposes.iter().flat_map(|one| one.packages()).copied().collect();
    if !cfg!(target_os = "linux") || !succeeds(command("dpkg-query").arg("--version")) {
        println!(
            "This is not Debian or Ubuntu, so nothing is installed. Where the next steps fail, \
             install what these Debian packages hold: {}",
            wanted.join(" ")
        );
        return Ok(());
    }
    let missing: Vec<&str> = wanted.into_iter().filter(|name| !is_installed(name)).collect();
    if missing.is_empty() {
        println!("nothing is missing");
        return Ok(());
    }
    println!("missing: {}", missing.join(" "));
    let Some(mut refresh) = apt_get() else {
        return failed(format!(
            "these packages are missing and only root may install them. Run\n  sudo apt-get \
             install {}",
            missing.join(" ")
        ));
    };
    finish(refresh.args(["update", "-qq"]))?;
    match apt_get() {
        Some(mut install) => {
            finish(install.args(["install", "-y", "-qq", "--no-install-recommends"]).args(&missing))
        }
        None => failed("the right to install packages was lost"),
    }
}

/// Fetches a package and unpacks it into a folder, without installing it: fonts that only papers
/// use should not turn up on the screens. False on a system without apt.
pub fn unpack(package: &str, folder: &Path) -> Result<bool, Failure> {
    if !cfg!(target_os = "linux") || !succeeds(command("dpkg-deb").arg("--version")) {
        return Ok(false);
    }
    fs::create_dir_all(folder)?;
    let fetch = || {
        let mut apt = command("apt-get");
        apt.args(["download", "-qq", package]).current_dir(folder);
        apt
    };
    if !succeeds(&mut fetch()) {
        // The lists of packages may be missing or old.
        if let Some(mut refresh) = apt_get() {
            finish(refresh.args(["update", "-qq"]))?;
        }
        finish(&mut fetch())?;
    }
    for file in fs::read_dir(folder)? {
        let file = file?.path();
        if file.extension().is_some_and(|ending| ending == "deb") {
            finish(command("dpkg-deb").arg("-x").arg(&file).arg(folder))?;
            return Ok(true);
        }
    }
    failed(format!("the package {package} was fetched, but no file came of it"))
}

fn is_installed(package: &str) -> bool {
    let mut query = command("dpkg-query");
    query.args(["-W", "-f", "${db:Status-Status}", package]);
    query.output().is_ok_and(|output| output.stdout == b"installed")
}

/// `apt-get` with the rights it needs; none where this user cannot have them.
fn apt_get() -> Option<Command> {
    let mut apt = if printed(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0") {
        command("apt-get")
    } else if succeeds(command("sudo").args(["-n", "true"])) {
        let mut sudo = command("sudo");
        sudo.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        sudo
    } else {
        return None;
    };
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    Some(apt)
}
