//! Ports of Windows, as files. Writing to one may never return, so it is waited for from outside.
//! The speed of a serial port is the one set for it in the system (`mode COM3 ...`).

use std::fs::OpenOptions;
use std::io::Write as _;
use std::sync::mpsc::{RecvTimeoutError, channel};

use super::{Device, DeviceError};

/// As much as is offered at once.
const CHUNK: usize = 4096;

pub(super) fn send(device: &Device, bytes: &[u8]) -> Result<(), DeviceError> {
    let (tell, told) = channel();
    let (path, owned) = (device.path.clone(), bytes.to_vec());
    std::thread::spawn(move || {
        let write = || -> std::io::Result<()> {
            let mut port = OpenOptions::new().write(true).open(path)?;
            for chunk in owned.chunks(CHUNK) {
                port.write_all(chunk)?;
                // Whether anybody still listens is not for the writer to know.
                let _ = tell.send(Ok(chunk.len()));
            }
            port.flush()
        };
        let end = write().map(|()| 0);
        let _ = tell.send(end);
    });
    let mut taken = 0;
    loop {
        match told.recv_timeout(device.patience) {
            Ok(Ok(0)) => return Ok(()),
            Ok(Ok(n)) => taken += n,
            Ok(Err(error)) => return Err(device.failed(error)),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                let (path, after) = (device.path.clone(), device.patience);
                return Err(DeviceError::Stalled { path, after, taken, of: bytes.len() });
            }
        }
    }
}

/// What the system says about a device that was unplugged or switched off
/// (`ERROR_NOT_READY`, `ERROR_GEN_FAILURE`, `ERROR_DEVICE_NOT_CONNECTED`).
pub(super) fn is_gone(error: &std::io::Error) -> bool {
    matches!(error.raw_os_error(), Some(21 | 31 | 1167))
}
