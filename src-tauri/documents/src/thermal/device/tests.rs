//! Ports that behave and ports that do not: a serial line (a pseudo terminal) and a pipe stand in.

use std::fs::OpenOptions;
use std::io::Read as _;
use std::os::fd::AsRawFd as _;
use std::time::Duration;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use super::{Device, DeviceError};

/// Every byte there is, more of them than any port holds.
fn bytes() -> Vec<u8> {
    (0..=255).cycle().take(400_000).collect()
}

fn hasty(path: impl Into<std::path::PathBuf>) -> Device {
    Device::at(path).patience(Duration::from_millis(80))
}

/// A pipe with nobody at its other end.
fn pipe(folder: &tempfile::TempDir) -> std::path::PathBuf {
    let path = folder.path().join("lp0");
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    path
}

#[test]
fn a_serial_port_gets_every_byte_as_it_is() {
    let line = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&line).unwrap();
    unlockpt(&line).unwrap();
    let path = ptsname(&line, Vec::new()).unwrap().into_string().unwrap();
    // Holds the line open, so that the reader sees no end before all of it came.
    let held = OpenOptions::new().read(true).open(&path).unwrap();
    let wanted = bytes();
    let length = wanted.len();
    let reader = std::thread::spawn(move || {
        let mut read = vec![0; length];
        std::fs::File::from(line).read_exact(&mut read).unwrap();
        read
    });
    Device::at(&path).send(&wanted).unwrap();
    assert!(reader.join().unwrap() == wanted, "bytes were changed on the way");
    assert!(held.as_raw_fd() >= 0);
}

#[test]
fn a_port_that_takes_nothing_is_given_up() {
    let line = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&line).unwrap();
    unlockpt(&line).unwrap();
    let serial = ptsname(&line, Vec::new()).unwrap().into_string().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let usb = pipe(&folder);
    let reader = OpenOptions::new().read(true).write(true).open(&usb).unwrap();
    for path in [std::path::PathBuf::from(serial), usb] {
        let error = hasty(path).send(&bytes()).unwrap_err();
        assert_eq!(error.code(), "slip-printer-stalled");
        let DeviceError::Stalled { taken, of, .. } = &error else { panic!("{error:?}") };
        assert!(*taken < *of && *of == 400_000);
        assert!(error.to_string().contains("请检查是否缺纸"), "{error}");
    }
    drop(reader);
}

#[test]
fn a_port_without_a_printer_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let code = |path: std::path::PathBuf| hasty(path).send(b"x").unwrap_err().code();
    assert_eq!(code(pipe(&folder)), "slip-printer-gone");
    assert_eq!(code(folder.path().join("lp1")), "slip-printer-missing");
    assert_eq!(code(folder.path().to_owned()), "slip-printer-failed");
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "kept").unwrap();
    assert_eq!(code(file.clone()), "slip-printer-no-port");
    assert_eq!(std::fs::read_to_string(file).unwrap(), "kept");
}

#[test]
fn a_printer_that_leaves_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = pipe(&folder);
    let mut reader = OpenOptions::new().read(true).write(true).open(&path).unwrap();
    let leave = std::thread::spawn(move || {
        let mut some = vec![0; 70_000];
        reader.read_exact(&mut some).unwrap();
    });
    let error = Device::at(&path).send(&bytes()).unwrap_err();
    leave.join().unwrap();
    assert_eq!(error.code(), "slip-printer-gone", "{error}");
}

#[test]
fn a_speed_that_no_port_has_is_refused() {
    let line = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&line).unwrap();
    unlockpt(&line).unwrap();
    let path = ptsname(&line, Vec::new()).unwrap().into_string().unwrap();
    let sent = hasty(&path).baud(0).send(b"x");
    assert_eq!(sent.unwrap_err().code(), "slip-printer-speed");
}
