//! Where a database is, and how to reach it without being listened to.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::ConfigVerifierExt as _;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::error::Refused;
use crate::server::install_crypto;

/// How long it may take until a connection stands.
const CONNECT: Duration = Duration::from_secs(10);
/// How long the other side may stay silent to what was sent before the connection counts as lost.
const SILENCE: Duration = Duration::from_secs(20);

/// A PostgreSQL database, checked: beyond this machine it is reached over TLS or not at all.
#[derive(Clone)]
pub struct PostgresAddress {
    config: Config,
    tls: Arc<ClientConfig>,
}

/// Shows neither the password nor anything else.
impl std::fmt::Debug for PostgresAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PostgresAddress")
    }
}

impl PostgresAddress {
    /// Reads `postgres://user:password@host:port/database`. `authority` is a PEM file of the
    /// certificates to trust; without it those that the system trusts.
    ///
    /// # Errors
    /// [`Refused`] `bad-database`; `insecure-database` for a database beyond this machine with
    /// `sslmode=disable`; `bad-authority`. None of them quotes the address: it has the password.
    pub fn parse(address: &str, authority: Option<&Path>) -> Result<Self, Refused> {
        let refused = |code, message: &str| Refused::new(code, "database", message);
        let mut config: Config = address.parse().map_err(|_| {
            refused(
                "bad-database",
                "数据库地址的格式有误，应如 postgres://用户:密码@主机:5432/库名\
                 （密码中的特殊字符用%编码）",
            )
        })?;
        if config.get_hosts().is_empty() {
            return Err(refused("bad-database", "数据库地址缺少主机"));
        }
        if !config.get_hosts().iter().all(is_here) {
            if config.get_ssl_mode() == SslMode::Disable {
                let message = "数据库不在本机，不能明文连接（sslmode=disable）：\
                               姓名与身份号码会在网上裸奔，请在数据库启用TLS";
                return Err(refused("insecure-database", message));
            }
            config.ssl_mode(SslMode::Require);
        }
        config
            .application_name("yichuang-hub")
            .connect_timeout(CONNECT)
            .tcp_user_timeout(SILENCE)
            .keepalives_idle(SILENCE);
        Ok(Self { config, tls: Arc::new(trusting(authority)?) })
    }

    /// Where it is, as people are told: without user and password.
    pub(in crate::store) fn shown(&self) -> String {
        let hosts = self.config.get_hosts().iter().map(|host| match host {
            Host::Tcp(name) => name.clone(),
            #[cfg(unix)]
            Host::Unix(path) => path.display().to_string(),
        });
        let hosts: Vec<String> = hosts.collect();
        let name = self.config.get_dbname().unwrap_or_default();
        format!("PostgreSQL {}/{name}", hosts.join(","))
    }

    pub(super) fn config(&self) -> Config {
        self.config.clone()
    }

    pub(super) fn tls(&self) -> MakeRustlsConnect {
        MakeRustlsConnect::new((*self.tls).clone())
    }
}

fn is_here(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => {
            name == "localhost"
                || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

fn trusting(authority: Option<&Path>) -> Result<ClientConfig, Refused> {
    install_crypto();
    let refused = |message: String| Refused::new("bad-authority", "database_ca", message);
    let Some(file) = authority else {
        let config = ClientConfig::with_platform_verifier();
        return config.map_err(|error| refused(format!("系统的证书无法读取：{error}")));
    };
    let unreadable = || refused(format!("“{}”里没有可用的证书（PEM）", file.display()));
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).map_err(|_| unreadable())? {
        let certificate = certificate.map_err(|_| unreadable())?;
        roots.add(certificate).map_err(|_| unreadable())?;
    }
    if roots.is_empty() {
        return Err(unreadable());
    }
    Ok(ClientConfig::builder().with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_this_machine_a_database_is_reached_over_tls_only() {
        let mode = |address: &str| {
            PostgresAddress::parse(address, None).map(|read| read.config.get_ssl_mode())
        };
        assert_eq!(mode("postgres://u:p@10.0.0.7/hub"), Ok(SslMode::Require));
        assert_eq!(mode("postgres://u:p@db.gov.cn/hub?sslmode=prefer"), Ok(SslMode::Require));
        assert_eq!(mode("postgres://u@localhost/hub"), Ok(SslMode::Prefer));
        assert_eq!(mode("postgres://u@127.0.0.1/hub?sslmode=disable"), Ok(SslMode::Disable));
        assert_eq!(mode("postgres://u@%2Frun%2Fpostgresql/hub"), Ok(SslMode::Prefer));
        let bare = mode("postgres://u:geheim@10.0.0.7,localhost/hub?sslmode=disable").unwrap_err();
        assert_eq!(bare.code, "insecure-database");
    }

    #[test]
    fn what_is_refused_does_not_quote_the_password() {
        for bad in ["postgres://u:geheim@h:port/hub", "postgres://u:geheim@", "u:geheim@h", ""] {
            let refused = PostgresAddress::parse(bad, None).unwrap_err();
            assert_eq!(refused.code, "bad-database", "{bad}");
            assert!(!format!("{refused:?}").contains("geheim"), "{refused:?}");
        }
        let good = PostgresAddress::parse("postgres://u:geheim@localhost/hub", None).unwrap();
        assert_eq!(format!("{good:?}"), "PostgresAddress");
        assert_eq!(good.shown(), "PostgreSQL localhost/hub");
    }
}
