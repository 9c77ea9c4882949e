//! A printer at a port: a USB device (`/dev/usb/lp0`), a serial one (`/dev/ttyUSB0`), on Windows
//! `\\.\COM3`, `LPT1` or a shared printer `\\localhost\小票`.
//!
//! A port that takes nothing is given up after a while. What it took by then may come out, so the
//! error tells how much that was.

use std::path::{Path, PathBuf};
use std::time::Duration;

#[cfg(not(unix))]
mod elsewhere;
#[cfg(test)]
#[cfg(unix)]
mod tests;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
use elsewhere as system;
#[cfg(unix)]
use unix as system;

/// A port with a receipt printer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    path: PathBuf,
    baud: u32,
    patience: Duration,
}

impl Device {
    /// The printer at `path`; a serial one at 115,200 baud. It may take nothing for ten seconds:
    /// printing a full buffer takes two.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), baud: 115_200, patience: Duration::from_secs(10) }
    }

    /// The speed of a serial port, in bits a second.
    #[must_use]
    pub fn baud(mut self, baud: u32) -> Self {
        self.baud = baud;
        self
    }

    /// How long the port may take nothing.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Sends bytes ([`super::escpos::encode`]). Handed over, not printed: the paper is to be
    /// looked at.
    ///
    /// # Errors
    /// [`DeviceError`].
    pub fn send(&self, bytes: &[u8]) -> Result<(), DeviceError> {
        system::send(self, bytes)
    }

    fn failed(&self, source: std::io::Error) -> DeviceError {
        use std::io::ErrorKind as K;
        let path = self.path.clone();
        match source.kind() {
            K::NotFound => DeviceError::Missing { path },
            K::PermissionDenied => DeviceError::Forbidden { path },
            K::ResourceBusy => DeviceError::Busy { path },
            K::BrokenPipe => DeviceError::Gone { path },
            _ if system::is_gone(&source) => DeviceError::Gone { path },
            _ => DeviceError::Failed { path, source },
        }
    }
}

/// Why a slip did not go to its printer.
#[derive(Debug, thiserror::Error)]
pub enum DeviceError {
    /// No such port.
    #[error("没有找到小票打印机（{}），请检查数据线和电源后重试", path.display())]
    Missing {
        /// The port.
        path: PathBuf,
    },
    /// This user may not write to it.
    #[error("没有使用小票打印机（{}）的权限，请联系管理员", path.display())]
    Forbidden {
        /// The port.
        path: PathBuf,
    },
    /// Another program has it.
    #[error("小票打印机（{}）正被其他程序使用，请稍后重试", path.display())]
    Busy {
        /// The port.
        path: PathBuf,
    },
    /// It was switched off or unplugged.
    #[error("小票打印机（{}）已断开，请检查数据线和电源；已出的半张小票请作废", path.display())]
    Gone {
        /// The port.
        path: PathBuf,
    },
    /// The path names something that is no port.
    #[error("“{}”不是打印机端口，请联系管理员核对设置", path.display())]
    NoPort {
        /// The path.
        path: PathBuf,
    },
    /// A serial port without that speed.
    #[error("小票打印机（{}）不支持每秒{baud}位的速率，请联系管理员核对设置", path.display())]
    NoSuchSpeed {
        /// The port.
        path: PathBuf,
        /// The speed.
        baud: u32,
    },
    /// It takes no more.
    #[error(
        "小票打印机（{}）{}秒没有接收数据，请检查是否缺纸、开盖或者卡纸；{}", path.display(),
        after.as_secs(), so_far(*taken, *of)
    )]
    Stalled {
        /// The port.
        path: PathBuf,
        /// How long it took nothing.
        after: Duration,
        /// Bytes it took before.
        taken: usize,
        /// Bytes there are.
        of: usize,
    },
    /// The system failed.
    #[error(
        "小票打印机（{}）写入失败（{}），请重试；仍失败请联系管理员",
        path.display(),
        yichuang_domain::system::words(source)
    )]
    Failed {
        /// The port.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

/// What to do about the slip that may have come out in part.
fn so_far(taken: usize, of: usize) -> String {
    match taken {
        0 => "小票还没有发送，处理后重试".to_owned(),
        _ => format!("已发送{}%，已出的半张小票请作废后重打", taken * 100 / of.max(1)),
    }
}

impl DeviceError {
    /// Whether a part of the slip may have come out.
    pub fn leaves_doubt(&self) -> bool {
        match self {
            Self::Gone { .. } | Self::Failed { .. } => true,
            Self::Stalled { taken, .. } => *taken > 0,
            _ => false,
        }
    }

    /// A stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "slip-printer-missing",
            Self::Forbidden { .. } => "slip-printer-forbidden",
            Self::Busy { .. } => "slip-printer-busy",
            Self::Gone { .. } => "slip-printer-gone",
            Self::NoPort { .. } => "slip-printer-no-port",
            Self::NoSuchSpeed { .. } => "slip-printer-speed",
            Self::Stalled { .. } => "slip-printer-stalled",
            Self::Failed { .. } => "slip-printer-failed",
        }
    }
}
