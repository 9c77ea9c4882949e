use std::net::SocketAddr;

use axum::body::{Body, to_bytes};
use axum::extract::connect_info::MockConnectInfo;
use tower::ServiceExt as _;
use yichuang_protocol::push::PushRequest;
use yichuang_protocol::{PrivateKey, ProgressAddress, PublicKey};

use super::*;
use crate::clock::Clock;
use crate::receive::push;
use crate::sample::{Log, accepted, case, enrolled, filed, now, number};
use crate::server::Hub;

struct Still;

impl Clock for Still {
    fn now(&self) -> jiff::Timestamp {
        now()
    }
}

struct Open {
    router: Router,
    number: String,
    code: String,
    _folder: tempfile::TempDir,
}

fn open(address: Option<&str>) -> Open {
    let folder = tempfile::tempdir().unwrap();
    let hub = Hub::open(folder.path(), false, Arc::new(Still)).unwrap();
    let address = address.map(|address| ProgressAddress::parse(address).unwrap());
    let hub = hub.behind(vec!["10.9.0.1/32".parse().unwrap()]).reached_at(address).unwrap();
    let key = PrivateKey::from_seed(&[11; 32]);
    let (reply, device) = enrolled(hub.store(), "03", &key);
    let number = number(&device, false, 1);
    let mut log = Log::of(&device);
    let events =
        vec![log.write(case(1), filed(number.clone(), false)), log.write(case(1), accepted())];
    push(hub.store(), &device, &PushRequest { events }, now()).unwrap();
    let code = CheckCode::of(&key, &PublicKey::from_base64(&reply.hub_key).unwrap(), &number);
    let peer = SocketAddr::from(([10, 9, 0, 1], 5000));
    let router = hub.router().layer(MockConnectInfo(peer));
    Open { router, number: number.to_string(), code: code.shown(), _folder: folder }
}

impl Open {
    async fn send(&self, request: Request) -> (StatusCode, axum::http::HeaderMap, String) {
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let body = to_bytes(body, 1 << 20).await.unwrap();
        (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
    }

    async fn get(&self, path: &str) -> (StatusCode, axum::http::HeaderMap, String) {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// As a browser behind the proxy sends it.
    async fn ask(&self, number: &str, code: &str, from: &str) -> (StatusCode, String) {
        let request = Request::post("/p")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("x-forwarded-for", from)
            .body(Body::from(format!("number={number}&code={code}")));
        let (status, headers, body) = self.send(request.unwrap()).await;
        assert_eq!(headers[header::CACHE_CONTROL], "no-store");
        let locked = status == StatusCode::TOO_MANY_REQUESTS;
        assert_eq!(headers.contains_key(header::RETRY_AFTER), locked);
        (status, body)
    }
}

#[tokio::test]
async fn who_has_the_receipt_sees_the_case_and_no_name_or_number_of_the_person() {
    let open = open(Some("https://cx.genhe.gov.cn"));
    let (status, told) = open.ask(&open.number, &open.code, "1.2.3.4").await;
    assert_eq!(status, StatusCode::OK);
    for said in ["食品经营许可", "已受理", "𠮷*", "2026年3月2日", "根河市政务服务中心"]
    {
        assert!(told.contains(said), "{said}: {told}");
    }
    for hidden in ["日嘎拉", "152127199001010019", "1990", open.code.as_str(), "白哈斯"] {
        assert!(!told.contains(hidden), "{hidden}: {told}");
    }
}

#[tokio::test]
async fn a_wrong_code_and_a_number_that_does_not_exist_get_the_same_answer() {
    let open = open(Some("https://cx.genhe.gov.cn"));
    let number: yichuang_domain::numbering::CaseNumber = open.number.clone().try_into().unwrap();
    let day = "2026-03-02".parse().unwrap();
    let other = yichuang_domain::numbering::CaseNumber::new(&number.source(), day, 777).to_string();
    let wrong = open.ask(&open.number, "00000000", "1.2.3.4").await;
    let unknown = open.ask(&other, "00000000", "1.2.3.4").await;
    assert_eq!(wrong.0, StatusCode::NOT_FOUND);
    assert_eq!(wrong.1.replace(&open.number, "N"), unknown.1.replace(&other, "N"));
    assert_eq!(wrong.0, unknown.0);
}

#[tokio::test]
async fn a_guesser_is_locked_out_and_who_asks_from_elsewhere_for_another_case_is_not() {
    let open = open(Some("https://cx.genhe.gov.cn"));
    for _ in 0..10 {
        assert_eq!(open.ask(&open.number, "00000000", "1.2.3.4").await.0, StatusCode::NOT_FOUND);
    }
    let locked = open.ask(&open.number, &open.code, "5.6.7.8").await;
    assert_eq!(locked.0, StatusCode::TOO_MANY_REQUESTS);
    assert!(locked.1.contains("15分钟后再试"), "{}", locked.1);
    // The proxy is not locked: it asks for everybody.
    let other = open.number.replace("-0001-", "-0002-");
    let other = ('0'..='9').chain('A'..='Z').find_map(|check| {
        let text = format!("{}{check}", &other[..other.len() - 1]);
        yichuang_domain::numbering::CaseNumber::try_from(text).ok()
    });
    let other = other.unwrap().to_string();
    assert_eq!(open.ask(&other, "00000000", "1.2.3.4").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_page_keeps_itself_to_the_one_who_asked() {
    let open = open(Some("https://cx.genhe.gov.cn"));
    for path in ["/p".to_owned(), format!("/p/{}", open.number), "/P/YC2-RUBBISH".to_owned()] {
        let (status, headers, body) = open.get(&path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert_eq!(headers[header::REFERRER_POLICY], "no-referrer");
        assert_eq!(headers[header::CACHE_CONTROL], "no-store");
        assert!(headers["x-robots-tag"].to_str().unwrap().contains("noindex"));
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert!(!body.contains("<script") && !body.contains("RUBBISH"), "{body}");
    }
    let (_, _, body) = open.get(&format!("/p/{}", open.number)).await;
    assert!(body.contains(&format!("value=\"{}\"", open.number)));
    assert!(open.get("/p/style.css").await.2.contains("body"));
}

#[tokio::test]
async fn what_is_typed_comes_back_as_text_only() {
    let open = open(Some("https://cx.genhe.gov.cn"));
    let (status, told) =
        open.ask("%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E", "00000000", "1.2.3.4").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(!told.contains("<script") && told.contains("&lt;script"), "{told}");
    let long = "1".repeat(5000);
    assert_eq!(open.ask(&long, "0", "1.2.3.4").await.0, StatusCode::BAD_REQUEST);
    for code in ["", "7K2M", "查询码"] {
        assert_eq!(open.ask(&open.number, code, "1.2.3.4").await.0, StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn a_hub_without_an_address_has_no_such_page() {
    let open = open(None);
    for path in ["/p", "/p/X", "/P/X", "/p/style.css"] {
        assert_eq!(open.get(path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    let request = Request::post("/p").body(Body::from("number=1&code=2")).unwrap();
    assert_eq!(open.send(request).await.0, StatusCode::NOT_FOUND);
}
