//! Ports of Linux and macOS, written without ever blocking.

use std::os::fd::OwnedFd;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{FileType, Mode, OFlags, fstat, open};
use rustix::io::{Errno, write};
use rustix::termios::{OptionalActions, QueueSelector, isatty, tcflush, tcgetattr, tcsetattr};

use super::{Device, DeviceError};

/// As much as is offered at once.
const CHUNK: usize = 4096;

pub(super) fn send(device: &Device, bytes: &[u8]) -> Result<(), DeviceError> {
    let failed = |errno: Errno| device.failed(errno.into());
    // No controlling terminal, and no waiting for a carrier or a reader.
    let flags = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let port = open(&device.path, flags, Mode::empty()).map_err(failed)?;
    let kind = FileType::from_raw_mode(fstat(&port).map_err(failed)?.st_mode);
    if !matches!(kind, FileType::CharacterDevice | FileType::Fifo) {
        return Err(DeviceError::NoPort { path: device.path.clone() });
    }
    if isatty(&port) {
        set_up(&port, device)?;
    }
    let sent = write_all(&port, device, bytes);
    if sent.is_err() && isatty(&port) {
        // Closing a serial port waits for what it still holds. Nothing is lost that counts.
        let _ = tcflush(&port, QueueSelector::OFlush);
    }
    sent
}

/// Bytes as they are, at the speed of the printer.
fn set_up(port: &OwnedFd, device: &Device) -> Result<(), DeviceError> {
    let failed = |errno: Errno| device.failed(errno.into());
    let mut settings = tcgetattr(port).map_err(failed)?;
    settings.make_raw();
    let (path, baud) = (device.path.clone(), device.baud);
    // No speed at all is how a line is told to hang up.
    if baud == 0 || settings.set_speed(baud).is_err() {
        return Err(DeviceError::NoSuchSpeed { path, baud });
    }
    tcsetattr(port, OptionalActions::Now, &settings).map_err(failed)
}

fn write_all(port: &OwnedFd, device: &Device, bytes: &[u8]) -> Result<(), DeviceError> {
    let failed = |errno: Errno| device.failed(errno.into());
    let patience = Timespec {
        tv_sec: i64::try_from(device.patience.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: device.patience.subsec_nanos().into(),
    };
    let mut taken = 0;
    while taken < bytes.len() {
        let offered = &bytes[taken..bytes.len().min(taken + CHUNK)];
        match write(port, offered) {
            Ok(n) if n > 0 => taken += n,
            Ok(_) | Err(Errno::AGAIN) => {
                let mut ready = [PollFd::new(port, PollFlags::OUT)];
                let woken = match poll(&mut ready, Some(&patience)) {
                    Err(Errno::INTR) => continue,
                    other => other.map_err(failed)?,
                };
                if woken == 0 {
                    let (path, after) = (device.path.clone(), device.patience);
                    return Err(DeviceError::Stalled { path, after, taken, of: bytes.len() });
                }
                // Left by the printer: writing on would only spin.
                if ready[0].revents().intersects(PollFlags::ERR | PollFlags::HUP) {
                    return Err(DeviceError::Gone { path: device.path.clone() });
                }
            }
            Err(Errno::INTR) => {}
            Err(errno) => return Err(failed(errno)),
        }
    }
    Ok(())
}

/// What the system says about a device that was unplugged or switched off.
pub(super) fn is_gone(error: &std::io::Error) -> bool {
    let errno = error.raw_os_error().map(Errno::from_raw_os_error);
    matches!(errno, Some(Errno::NXIO | Errno::NODEV | Errno::IO))
}
