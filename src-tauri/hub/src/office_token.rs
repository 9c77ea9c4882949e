//! The token of the back office: a file that only the hub's owner can read.

use std::io::Write as _;
use std::path::Path;

use crate::error::HubError;
use crate::secrets;

/// The name of the file in the hub's folder.
pub const OFFICE_TOKEN_FILE: &str = "office.token";

/// The token of a folder, made the first time.
///
/// # Errors
/// [`HubError::OfficeToken`] if the file can't be written or read.
pub fn ensure(folder: &Path) -> Result<String, HubError> {
    let path = folder.join(OFFICE_TOKEN_FILE);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(&path) {
        Ok(mut file) => {
            let token = secrets::token()?;
            let written = file.write_all(token.as_bytes()).and_then(|()| file.sync_all());
            if let Err(error) = written {
                // Half a token must not be taken for one next time.
                let _ = std::fs::remove_file(&path);
                return Err(HubError::OfficeToken(error));
            }
            Ok(token)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let text = std::fs::read_to_string(&path).map_err(HubError::OfficeToken)?;
            let token = text.trim().to_owned();
            if token.len() < 32 {
                let short = std::io::Error::other("the file holds no token");
                return Err(HubError::OfficeToken(short));
            }
            Ok(token)
        }
        Err(error) => Err(HubError::OfficeToken(error)),
    }
}
