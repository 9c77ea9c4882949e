//! The token of the back office: one for all processes of a hub, so it is in the database; and in a
//! file that only the hub's owner can read.

use std::io::Write as _;
use std::path::Path;

use crate::error::HubError;
use crate::secrets;
use crate::store::{HubStore, make_private_folder};

/// The name of the file in the hub's folder.
pub const OFFICE_TOKEN_FILE: &str = "office.token";

/// The token of a hub, made the first time, and kept in its file. A file of before the database
/// had it is taken over.
///
/// # Errors
/// [`HubError::OfficeToken`] if the file can't be written or read; or the store's.
pub fn ensure(store: &HubStore, folder: &Path) -> Result<String, HubError> {
    let path = folder.join(OFFICE_TOKEN_FILE);
    make_private_folder(folder).map_err(HubError::OfficeToken)?;
    let written = match std::fs::read_to_string(&path) {
        Ok(text) => Some(text.trim().to_owned()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(HubError::OfficeToken(error)),
    };
    if written.as_ref().is_some_and(|token| token.len() < 32) {
        let short = std::io::Error::other("the file holds no token");
        return Err(HubError::OfficeToken(short));
    }
    let offered = match &written {
        Some(token) => token.clone(),
        None => secrets::token()?,
    };
    let token = store.write(|tx| tx.settle_office_token(&offered))?;
    if written.as_ref() != Some(&token) {
        write(&path, &token).map_err(HubError::OfficeToken)?;
    }
    Ok(token)
}

/// Writes the file beside its place and then moves it there: half a token must not be taken for one.
fn write(path: &Path, token: &str) -> std::io::Result<()> {
    let new = path.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&new)?;
    file.write_all(token.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&new, path)
}
