//! The line is encrypted, under a private authority too, or there is none.

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use throwaway_postgres::Cluster;
use yichuang_hub::store::{Database, PostgresAddress};
use yichuang_hub::{HubStore, Tls};
use yichuang_tests::hub::TestHub;
use yichuang_tests::sync_window::{SyncWindow, compare_sides};

/// The hub and its database: over TLS with a certificate that is trusted, or not at all.
#[test]
#[ignore = "needs PostgreSQL"]
fn a_database_is_trusted_by_its_certificate() {
    let folder = tempfile::tempdir().unwrap();
    let own = authority(folder.path(), "127.0.0.1");
    let read = |file: &std::path::Path| std::fs::read_to_string(file).unwrap();
    let (cluster, port) = Cluster::start_secure(&read(&own.tls.certificate), &read(&own.tls.key));
    let by_socket = cluster.database();
    let name = by_socket.rsplit('/').next().unwrap();
    let address = format!("postgres://app@127.0.0.1:{port}/{name}?sslmode=require");
    let open = |authority: Option<&str>| {
        let file = folder.path().join("authority.pem");
        std::fs::write(&file, authority.unwrap_or_default()).unwrap();
        let file = authority.map(|_| file);
        let address = PostgresAddress::parse(&address, file.as_deref()).unwrap();
        HubStore::open_at(&Database::Postgres(Box::new(address)))
    };
    let elsewhere = tempfile::tempdir().unwrap();
    let other = authority(elsewhere.path(), "127.0.0.1");
    for wrong in [None, Some(other.pem.as_str())] {
        assert_eq!(open(wrong).unwrap_err().code(), "storage-unavailable");
    }
    let store = open(Some(&own.pem)).unwrap();
    assert!(store.read(|tx| tx.hub_id()).unwrap().starts_with("hub-"));
    let encrypted = "SELECT count(*) > 0 FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
                     WHERE application_name = 'yichuang-hub' AND ssl";
    assert_eq!(cluster.ask(&by_socket, encrypted), "t");
    let rubbish = folder.path().join("rubbish.pem");
    std::fs::write(&rubbish, "no PEM").unwrap();
    let refused = PostgresAddress::parse(&address, Some(&rubbish)).unwrap_err();
    assert_eq!((refused.code.as_str(), refused.field.as_str()), ("bad-authority", "database_ca"));
}

struct Authority {
    pem: String,
    tls: Tls,
}

/// A private authority, and a certificate of it for a name.
fn authority(folder: &std::path::Path, name: &str) -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let certificate =
        CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    let tls = Tls { certificate: folder.join("hub.pem"), key: folder.join("hub.key") };
    std::fs::write(&tls.certificate, certificate.pem()).unwrap();
    std::fs::write(&tls.key, key.serialize_pem()).unwrap();
    Authority { pem: authority.pem(), tls }
}

#[test]
fn a_private_authority_is_trusted_when_given_and_only_then() {
    let folder = tempfile::tempdir().unwrap();
    let own = authority(folder.path(), "127.0.0.1");
    let hub = TestHub::start_secure(&folder.path().join("hub"), own.tls);
    assert!(hub.url().starts_with("https://127.0.0.1:"));

    let mut window = SyncWindow::new();
    let code = hub.code("03");
    let untrusted = window.join(hub.url(), &code, None).unwrap_err();
    assert_eq!((untrusted.code(), untrusted.is_passing()), ("bad-certificate", false));
    let elsewhere = tempfile::tempdir().unwrap();
    let other = authority(elsewhere.path(), "127.0.0.1");
    let wrong = window.join(hub.url(), &code, Some(&other.pem)).unwrap_err();
    assert_eq!(wrong.code(), "bad-certificate");
    // The same port without encryption is no hub.
    let plain = hub.url().replace("https:", "http:");
    let error = window.join(&plain, &code, None).unwrap_err();
    assert!(matches!(error.code(), "hub-unreachable" | "bad-hub-answer"), "{}", error.code());

    window.join(hub.url(), &code, Some(&own.pem)).unwrap();
    let case = window.file();
    window.sync().unwrap();
    hub.grant(case.number.as_str()).unwrap();
    assert_eq!(window.sync().unwrap().pulled, 1);
    compare_sides(&hub, &window);
}

#[test]
fn a_certificate_for_another_name_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let own = authority(folder.path(), "hub.example");
    let hub = TestHub::start_secure(&folder.path().join("hub"), own.tls);
    let error = SyncWindow::new().join(hub.url(), &hub.code("03"), Some(&own.pem)).unwrap_err();
    assert_eq!(error.code(), "bad-certificate");
}

#[test]
fn a_hub_without_encryption_is_told_from_one_with() {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    let secure = hub.url().replace("http:", "https:");
    let error = SyncWindow::new().join(&secure, &hub.code("03"), None).unwrap_err();
    assert!(matches!(error.code(), "bad-certificate" | "hub-unreachable"), "{}", error.code());
}
