//! The hub's address, checked before anything is sent there.

use reqwest::Url;

use crate::error::SyncError;

/// An address that may be spoken to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    url: Url,
}

/// Whether the address can only be this machine.
fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    // `localhost` is tied to the loopback address when the connection is opened.
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

impl Address {
    /// Reads what was typed.
    ///
    /// # Errors
    /// `bad-hub-address`; `insecure-hub` for plain HTTP beyond this machine.
    pub(crate) fn parse(text: &str) -> Result<Self, SyncError> {
        let bad = || SyncError::BadAddress(text.trim().chars().take(100).collect());
        let url = Url::parse(text.trim()).map_err(|_| bad())?;
        let bare = url.username().is_empty()
            && url.password().is_none()
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none();
        if !bare || url.host_str().is_none_or(str::is_empty) {
            return Err(bad());
        }
        match url.scheme() {
            "https" => Ok(Self { url }),
            "http" if is_loopback(&url) => Ok(Self { url }),
            "http" => Err(SyncError::InsecureHub),
            _ => Err(bad()),
        }
    }

    /// Whether the connection is encrypted.
    pub(crate) fn is_secure(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// As kept: without a slash at the end.
    pub(crate) fn as_text(&self) -> String {
        self.url.as_str().trim_end_matches('/').to_owned()
    }

    /// The address of a step.
    pub(crate) fn step(&self, path: &str) -> Url {
        let mut url = self.url.clone();
        url.set_path(path);
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_stays_on_this_machine() {
        for good in [
            "http://127.0.0.1:7400",
            " http://127.0.0.1:7400/ ",
            "http://localhost:7400",
            "http://[::1]:7400",
            "https://hub.example:7400",
            "https://10.1.2.3",
        ] {
            assert!(Address::parse(good).is_ok(), "{good}");
        }
        for insecure in [
            "http://hub.example:7400",
            "http://10.0.0.1",
            "http://127.0.0.1.example",
            "http://localhost.example",
            "http://0.0.0.0:7400",
        ] {
            let error = Address::parse(insecure).unwrap_err();
            assert_eq!(error.code(), "insecure-hub", "{insecure}");
        }
        for bad in [
            "",
            "hub.example:7400",
            "ftp://127.0.0.1",
            "https://",
            "https://user:pw@hub.example",
            "http://127.0.0.1@evil.example/",
            "https://hub.example/path",
            "https://hub.example/?q",
            "file:///etc/passwd",
        ] {
            let error = Address::parse(bad).unwrap_err();
            assert_eq!(error.code(), "bad-hub-address", "{bad}");
        }
        let address = Address::parse("http://127.0.0.1:7400/").unwrap();
        assert_eq!(address.as_text(), "http://127.0.0.1:7400");
        assert_eq!(address.step("/v1/hello").as_str(), "http://127.0.0.1:7400/v1/hello");
    }
}
