//! The database's key: 32 random bytes, kept in the system's keyring, or where there is none in a
//! file that only this user can read, wrapped by a passphrase (启动口令).
//!
//! The key is durable before the first byte of a database is written under it, and a database
//! whose key is gone is never given a new one.

#[cfg(unix)]
use std::fs::File;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use argon2::Argon2;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::database::DATABASE_FILE;

/// The name of the key file.
pub const KEY_FILE: &str = "key.json";
/// Set to `off` to keep the key in the file even where a keyring is running.
pub const KEYRING_VARIABLE: &str = "YICHUANG_KEYRING";
const SERVICE: &str = "yichuang";
/// How long a keyring may take to answer; one that asks its user something takes for ever.
const KEYRING_PATIENCE: Duration = Duration::from_secs(5);

/// The database's key.
#[derive(Clone)]
pub struct Key(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(..)")
    }
}

impl Key {
    /// A new random key.
    ///
    /// # Errors
    /// [`KeyError::Random`] if the system has no randomness.
    pub fn random() -> Result<Self, KeyError> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *bytes).map_err(|_| KeyError::Random)?;
        Ok(Self(bytes))
    }

    /// A key that was kept elsewhere.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Its bytes.
    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    fn from_slice(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    /// The key as SQLCipher's raw key literal.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        use std::fmt::Write as _;
        let mut text = Zeroizing::new(String::with_capacity(80));
        text.push_str("x'");
        for byte in self.0.iter() {
            // Writing to a String never fails.
            let _ = write!(text, "{byte:02x}");
        }
        text.push('\'');
        text
    }
}

/// Why the key can't be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The passphrase is needed.
    #[error("数据已加密，请输入启动口令")]
    PassphraseNeeded,
    /// The passphrase is wrong, or the key file was altered.
    #[error("启动口令不正确，请重新输入")]
    WrongPassphrase,
    /// There is a database, and its key is gone.
    #[error(
        "找不到数据库的密钥（key.json 缺失或系统钥匙串中没有），请从备份恢复密钥文件，切勿删除数据库"
    )]
    Missing,
    /// The key file is no key file.
    #[error("密钥文件 key.json 已损坏，请从备份恢复")]
    Damaged,
    /// The keyring did not answer.
    #[error("系统钥匙串没有响应，请解锁钥匙串后重新打开程序")]
    Keyring,
    /// The key file can't be read or written.
    #[error("密钥文件无法读写：{}", yichuang_domain::system::words(.0))]
    File(#[source] std::io::Error),
    /// The system has no randomness.
    #[error("系统随机数不可用，无法生成密钥")]
    Random,
}

impl KeyError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::PassphraseNeeded => "locked",
            Self::WrongPassphrase => "wrong-passphrase",
            Self::Missing => "key-missing",
            Self::Damaged => "key-damaged",
            Self::Keyring => "keyring-silent",
            Self::File(_) => "key-file",
            Self::Random => "no-randomness",
        }
    }
}

/// What the key file says.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kept", rename_all = "kebab-case")]
enum KeyFile {
    /// In the keyring, under this entry.
    Keyring { entry: String },
    /// Here, wrapped with Argon2id and XChaCha20-Poly1305.
    Wrapped { passphrase: bool, salt: String, nonce: String, key: String },
}

/// Where the key of a folder is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyPlace {
    /// Nowhere yet.
    None,
    /// In the system's keyring.
    Keyring,
    /// In the file, under a passphrase.
    Passphrase,
    /// In the file, under the empty passphrase: as safe as the file's own permissions.
    Unprotected,
}

/// Where the key of this folder is kept.
///
/// # Errors
/// [`KeyError`] if the key file can't be read.
pub fn place(folder: &Path) -> Result<KeyPlace, KeyError> {
    Ok(match read_file(folder)? {
        None => KeyPlace::None,
        Some(KeyFile::Keyring { .. }) => KeyPlace::Keyring,
        Some(KeyFile::Wrapped { passphrase: true, .. }) => KeyPlace::Passphrase,
        Some(KeyFile::Wrapped { passphrase: false, .. }) => KeyPlace::Unprotected,
    })
}

/// Whether this machine has a keyring that answers.
pub fn keyring_works() -> bool {
    if std::env::var_os(KEYRING_VARIABLE).is_some_and(|v| v == "off") {
        return false;
    }
    in_time(|| keyring::Entry::store_status().is_ok()).unwrap_or(false)
}

/// The key of this folder; made where there is none yet.
///
/// `passphrase` opens (or, at the first start, protects) a key file; none or empty at the first
/// start of a machine without a keyring leaves the file under its own permissions only.
///
/// # Errors
/// [`KeyError`].
pub fn open(folder: &Path, passphrase: Option<&str>) -> Result<Key, KeyError> {
    match read_file(folder)? {
        Some(KeyFile::Keyring { entry }) => from_keyring(entry),
        Some(KeyFile::Wrapped { passphrase: wanted, salt, nonce, key }) => {
            let passphrase = match (wanted, passphrase) {
                (false, _) => "",
                (true, Some(given)) if !given.is_empty() => given,
                (true, _) => return Err(KeyError::PassphraseNeeded),
            };
            unwrap(passphrase, &salt, &nonce, &key)
        }
        None if folder.join(DATABASE_FILE).exists() => Err(KeyError::Missing),
        None => make(folder, passphrase.unwrap_or_default()),
    }
}

/// What is to be written in a key file for a key.
fn kept(key: &Key, passphrase: &str) -> Result<KeyFile, KeyError> {
    match keyring_works().then(|| to_keyring(key)) {
        Some(Some(entry)) => Ok(KeyFile::Keyring { entry }),
        // Nobody was asked for a passphrase, because a keyring was there.
        Some(None) if passphrase.is_empty() => Err(KeyError::Keyring),
        Some(None) | None => wrap(key, passphrase),
    }
}

/// Keeps the key of a database that comes from elsewhere, in a folder that has none: in the
/// keyring, or under a passphrase.
///
/// # Errors
/// [`KeyError`].
pub(crate) fn keep(folder: &Path, key: &Key, passphrase: &str) -> Result<(), KeyError> {
    write_new(folder, &kept(key, passphrase)?).map_err(KeyError::File)
}

fn make(folder: &Path, passphrase: &str) -> Result<Key, KeyError> {
    let key = Key::random()?;
    match write_new(folder, &kept(&key, passphrase)?) {
        Ok(()) => Ok(key),
        // Another process was first: its key is the key.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            open(folder, Some(passphrase))
        }
        Err(error) => Err(KeyError::File(error)),
    }
}

/// Protects the key file of this folder with a new passphrase instead of the current one.
///
/// # Errors
/// [`KeyError`]; [`KeyError::Missing`] where the key is in the keyring or nowhere.
pub fn change_passphrase(folder: &Path, current: Option<&str>, new: &str) -> Result<(), KeyError> {
    if !matches!(place(folder)?, KeyPlace::Passphrase | KeyPlace::Unprotected) {
        return Err(KeyError::Missing);
    }
    let file = wrap(&open(folder, current)?, new)?;
    let draft = write_draft(folder, &file).map_err(KeyError::File)?;
    fs::rename(&draft, folder.join(KEY_FILE)).map_err(KeyError::File)?;
    sync_folder(folder).map_err(KeyError::File)
}

fn read_file(folder: &Path) -> Result<Option<KeyFile>, KeyError> {
    match fs::read(folder.join(KEY_FILE)) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|_| KeyError::Damaged),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(KeyError::File(error)),
    }
}

/// Writes a key file under another name, whole and readable by its owner only.
fn write_draft(folder: &Path, file: &KeyFile) -> std::io::Result<PathBuf> {
    let text = serde_json::to_vec_pretty(file)?;
    let draft = folder.join(format!("{KEY_FILE}.{}", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut handle = options.open(&draft)?;
    handle.write_all(&text)?;
    handle.sync_all()?;
    Ok(draft)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Writes the key file whole or not at all, where there is none yet.
fn write_new(folder: &Path, file: &KeyFile) -> std::io::Result<()> {
    let draft = write_draft(folder, file)?;
    // A hard link fails where the name is taken, so the first of two processes wins.
    let linked = fs::hard_link(&draft, folder.join(KEY_FILE));
    fs::remove_file(&draft)?;
    linked?;
    sync_folder(folder)
}

fn derive(passphrase: &str, salt: &[u8]) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let mut wrapping = Zeroizing::new([0; 32]);
    Argon2::default()
        .hash_password_into(passphrase.as_bytes(), salt, &mut *wrapping)
        .map_err(|_| KeyError::Damaged)?;
    Ok(wrapping)
}

fn wrap(key: &Key, passphrase: &str) -> Result<KeyFile, KeyError> {
    let (mut salt, mut nonce) = ([0; 16], [0; 24]);
    getrandom::fill(&mut salt).map_err(|_| KeyError::Random)?;
    getrandom::fill(&mut nonce).map_err(|_| KeyError::Random)?;
    let wrapping = derive(passphrase, &salt)?;
    let wrapped = XChaCha20Poly1305::new((&*wrapping).into())
        .encrypt(&XNonce::from(nonce), key.0.as_slice())
        .map_err(|_| KeyError::Damaged)?;
    Ok(KeyFile::Wrapped {
        passphrase: !passphrase.is_empty(),
        salt: BASE64.encode(salt),
        nonce: BASE64.encode(nonce),
        key: BASE64.encode(wrapped),
    })
}

fn unwrap(passphrase: &str, salt: &str, nonce: &str, key: &str) -> Result<Key, KeyError> {
    let decode = |text: &str| BASE64.decode(text).map_err(|_| KeyError::Damaged);
    let nonce: [u8; 24] = decode(nonce)?.try_into().map_err(|_| KeyError::Damaged)?;
    let wrapping = derive(passphrase, &decode(salt)?)?;
    let plain = XChaCha20Poly1305::new((&*wrapping).into())
        .decrypt(&XNonce::from(nonce), decode(key)?.as_slice())
        .map(Zeroizing::new)
        .map_err(|_| KeyError::WrongPassphrase)?;
    Key::from_slice(&plain).ok_or(KeyError::Damaged)
}

fn to_keyring(key: &Key) -> Option<String> {
    let entry = uuid::Uuid::new_v4().to_string();
    let (name, key) = (entry.clone(), key.clone());
    let kept = in_time(move || {
        let entry = keyring::Entry::new(SERVICE, &name).ok()?;
        entry.set_secret(&*key.0).ok()?;
        (entry.get_secret().ok()? == key.0.as_slice()).then_some(())
    })
    .flatten();
    kept.map(|()| entry)
}

fn from_keyring(entry: String) -> Result<Key, KeyError> {
    let answer = in_time(move || keyring::Entry::new(SERVICE, &entry)?.get_secret());
    match answer {
        Some(Ok(secret)) => Key::from_slice(&Zeroizing::new(secret)).ok_or(KeyError::Damaged),
        Some(Err(keyring::Error::NoEntry)) => Err(KeyError::Missing),
        Some(Err(_)) | None => Err(KeyError::Keyring),
    }
}

/// Runs `ask` on a thread of its own and waits only so long: a keyring may be showing a dialog
/// that nobody sees.
fn in_time<T: Send + 'static>(ask: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        // The waiting side may have given up.
        let _ = sender.send(ask());
    });
    receiver.recv_timeout(KEYRING_PATIENCE).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file_key(folder: &Path, passphrase: &str) -> Key {
        let key = Key::random().unwrap();
        write_new(folder, &wrap(&key, passphrase).unwrap()).unwrap();
        key
    }

    #[test]
    fn a_wrapped_key_opens_with_its_passphrase_only() {
        let folder = tempfile::tempdir().unwrap();
        let key = file_key(folder.path(), "根河2026");
        assert!(open(folder.path(), Some("根河2026")).unwrap().0 == key.0);
        assert!(matches!(open(folder.path(), Some("x")), Err(KeyError::WrongPassphrase)));
        assert!(matches!(open(folder.path(), None), Err(KeyError::PassphraseNeeded)));
        assert_eq!(place(folder.path()).unwrap(), KeyPlace::Passphrase);
    }

    #[test]
    fn a_new_passphrase_opens_the_same_key_and_the_old_one_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let key = file_key(folder.path(), "");
        change_passphrase(folder.path(), None, "根河2026").unwrap();
        assert!(matches!(open(folder.path(), None), Err(KeyError::PassphraseNeeded)));
        assert!(open(folder.path(), Some("根河2026")).unwrap().0 == key.0);
        let wrong = change_passphrase(folder.path(), Some("x"), "y");
        assert!(matches!(wrong, Err(KeyError::WrongPassphrase)));
    }

    #[test]
    fn the_key_file_shows_no_key_and_belongs_to_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let key = file_key(folder.path(), "");
        let text = fs::read_to_string(folder.path().join(KEY_FILE)).unwrap();
        assert!(!text.contains(&BASE64.encode(*key.0)));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(folder.path().join(KEY_FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_database_without_its_key_gets_no_new_one() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(DATABASE_FILE), b"something").unwrap();
        assert!(matches!(open(folder.path(), None), Err(KeyError::Missing)));
        assert!(!folder.path().join(KEY_FILE).exists());
    }

    #[test]
    fn any_damage_to_the_key_file_is_an_error_and_no_key() {
        let folder = tempfile::tempdir().unwrap();
        file_key(folder.path(), "pass");
        let path = folder.path().join(KEY_FILE);
        let good = fs::read(&path).unwrap();
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1;
            fs::write(&path, &bad).unwrap();
            if let Ok(key) = open(folder.path(), Some("pass")) {
                // Only blanks and the base64 padding bits may change without effect.
                fs::write(&path, &good).unwrap();
                assert!(key.0 == open(folder.path(), Some("pass")).unwrap().0, "byte {at}");
            }
        }
    }
}
