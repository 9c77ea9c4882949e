//! Which store: as an administrator writes it.

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::prefix::PrefixStore;
use object_store::{ClientOptions, RetryConfig};

use super::Objects;
use crate::error::{HubError, Refused};
use crate::server::install_crypto;
use crate::store::make_private_folder;

/// How long one request to the service may take: an attachment of 50 MiB among them.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long a service that fails is asked again, before the window is told to come back.
const RETRYING: Duration = Duration::from_secs(10);
/// The region of services that have none.
const REGION: &str = "us-east-1";

/// Where attachments are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A folder of this machine.
    Folder(PathBuf),
    /// A store that speaks S3.
    S3(S3Address),
}

/// `s3://BUCKET/PREFIX?endpoint=URL&region=REGION`. Keys come from the environment
/// (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`): a command line is seen by all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct S3Address {
    bucket: String,
    prefix: String,
    endpoint: Option<String>,
    region: String,
    keys: Option<Keys>,
}

/// What the service knows its caller by.
#[derive(Clone, PartialEq, Eq)]
struct Keys {
    id: String,
    secret: String,
}

impl fmt::Debug for Keys {
    /// Shows no secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({})", self.id)
    }
}

fn refused(message: impl Into<String>) -> Refused {
    Refused::new("bad-attachments", "attachments", message)
}

impl Place {
    /// The place of a hub that was told no other: a folder in its own.
    pub fn of(data: &Path) -> Self {
        Self::Folder(data.join("attachments"))
    }

    /// Reads a place: an address that begins with `s3://`, or a folder.
    ///
    /// # Errors
    /// [`Refused`] `bad-attachments` for an address that is none, or whose service would be spoken
    /// to in the clear beyond this machine.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        match text.strip_prefix("s3://") {
            None if text.contains("://") => {
                Err(refused(format!("不认识的扫描件存储地址“{text}”：应为文件夹或 s3://存储桶")))
            }
            None => Ok(Self::Folder(PathBuf::from(text))),
            Some(address) => S3Address::parse(address).map(Self::S3),
        }
    }
}

impl S3Address {
    /// With other keys than those of the environment.
    #[must_use]
    pub fn with_keys(self, id: &str, secret: &str) -> Self {
        let keys = Some(Keys { id: id.to_owned(), secret: secret.to_owned() });
        Self { keys, ..self }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "{}", folder.display()),
            Self::S3(address) => write!(f, "s3://{}/{}", address.bucket, address.prefix),
        }
    }
}

impl S3Address {
    fn parse(address: &str) -> Result<Self, Refused> {
        let (place, options) = address.split_once('?').unwrap_or((address, ""));
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        let mut found = Self {
            bucket: bucket.to_owned(),
            prefix: prefix.trim_matches('/').to_owned(),
            endpoint: None,
            region: REGION.to_owned(),
            keys: None,
        };
        let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        if bucket.is_empty() || !bucket.chars().all(named) {
            return Err(refused("扫描件存储地址里的存储桶名有误：应形如 s3://bucket"));
        }
        for option in options.split('&').filter(|option| !option.is_empty()) {
            match option.split_once('=') {
                Some(("endpoint", url)) => found.endpoint = Some(secure(url)?.to_owned()),
                Some(("region", region)) => found.region = region.to_owned(),
                _ => return Err(refused(format!("扫描件存储地址里的“{option}”不认识"))),
            }
        }
        Ok(found)
    }
}

/// Scans of identity cards cross no network readable.
fn secure(endpoint: &str) -> Result<&str, Refused> {
    if endpoint.starts_with("https://") {
        return Ok(endpoint);
    }
    let insecure = || refused("扫描件存储的 endpoint 必须以 https:// 开头（本机服务除外）");
    let rest = endpoint.strip_prefix("http://").ok_or_else(insecure)?;
    let host = rest.split('/').next().unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    let loopback = host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
    if loopback { Ok(endpoint) } else { Err(insecure()) }
}

impl Objects {
    /// Opens the store at a place. A folder is made where there is none; a service is not asked
    /// anything yet.
    ///
    /// # Errors
    /// [`HubError::Refused`] `bad-attachments`: keys are missing, or the folder can't be made.
    pub fn open(place: &Place) -> Result<Self, HubError> {
        match place {
            Place::Folder(folder) => {
                let unusable = |why: String| {
                    refused(format!("扫描件文件夹“{}”无法使用：{why}", folder.display()))
                };
                make_private_folder(folder).map_err(|error| unusable(error.to_string()))?;
                let store = LocalFileSystem::new_with_prefix(folder)
                    .map_err(|error| unusable(error.to_string()))?
                    // What is acknowledged survives a power cut.
                    .with_fsync(true)
                    .with_automatic_cleanup(true);
                Ok(Self::over(Arc::new(store)))
            }
            Place::S3(address) => {
                install_crypto();
                let mut builder = AmazonS3Builder::from_env()
                    .with_bucket_name(&address.bucket)
                    .with_region(&address.region)
                    .with_client_options(ClientOptions::new().with_timeout(PATIENCE))
                    .with_retry(RetryConfig {
                        max_retries: 3,
                        retry_timeout: RETRYING,
                        ..RetryConfig::default()
                    });
                if let Some(Keys { id, secret }) = &address.keys {
                    builder = builder.with_access_key_id(id).with_secret_access_key(secret);
                }
                if let Some(endpoint) = &address.endpoint {
                    let plain = endpoint.starts_with("http://");
                    builder = builder.with_endpoint(endpoint).with_allow_http(plain);
                }
                let store = builder
                    .build()
                    .map_err(|error| refused(format!("扫描件存储的设置有误：{error}")))?;
                Ok(match address.prefix.as_str() {
                    "" => Self::over(Arc::new(store)),
                    prefix => Self::over(Arc::new(PrefixStore::new(store, prefix))),
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_folder_or_an_address_of_s3() {
        assert_eq!(Place::parse("/srv/scans").unwrap(), Place::Folder("/srv/scans".into()));
        let address = "s3://hall/genhe?endpoint=https://s3.example:9000&region=cn-north-1";
        let Place::S3(found) = Place::parse(address).unwrap() else { panic!() };
        assert_eq!((found.bucket.as_str(), found.prefix.as_str()), ("hall", "genhe"));
        assert_eq!(found.endpoint.as_deref(), Some("https://s3.example:9000"));
        assert_eq!(found.region, "cn-north-1");
        assert!(Place::parse("s3://hall?endpoint=http://127.0.0.1:9000").is_ok());
        for bad in [
            "s3://",
            "s3://a_b",
            "s3://hall?endpoint=http://s3.example",
            "s3://hall?endpoint=http://127.0.0.1.example",
            "s3://hall?key=secret",
            "ftp://hall",
        ] {
            assert_eq!(Place::parse(bad).unwrap_err().code, "bad-attachments", "{bad}");
        }
    }
}
