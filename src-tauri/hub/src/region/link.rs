//! The line to the platform: a batch goes out, and what came of it comes back.

use std::path::Path;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Client, StatusCode, Url};
use serde::Deserialize;
use serde_json::{Value, json};
use yichuang_domain::case::event::sha256_hex;

use super::records::Record;
use crate::error::{HubError, Refused};

/// How long the platform may take for a batch.
const PATIENCE: Duration = Duration::from_secs(20);
/// The most bytes of an answer.
const ANSWER_BYTES: usize = 1 << 20;
/// The most characters kept of a reason.
const REASON_CHARS: usize = 300;
/// The most bytes of a token.
const TOKEN_BYTES: usize = 4096;

/// Where the platform is, and by what it knows this hall.
pub struct Platform {
    url: Url,
    token: Option<String>,
}

impl std::fmt::Debug for Platform {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Platform").field("host", &self.url.host_str()).finish_non_exhaustive()
    }
}

impl Platform {
    /// The platform at an address, with a token from a file.
    ///
    /// # Errors
    /// [`Refused`] `bad-region-url` for anything but https, or http on the own machine;
    /// `bad-region-token` for a file that can't be read or holds no token.
    pub fn new(url: &str, token: Option<&Path>) -> Result<Self, Refused> {
        let bad = |message| Refused::new("bad-region-url", "region", message);
        let url = Url::parse(url).map_err(|_| bad("上级平台地址须是完整的 https:// 网址"))?;
        let here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        if url.scheme() != "https" && !(url.scheme() == "http" && here) {
            return Err(bad("上级平台地址须用 https://：姓名和证件号码不能明文传送"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(bad("上级平台地址里不能写密码：请用 --region-token 指定令牌文件"));
        }
        Ok(Self { url, token: token.map(read_token).transpose()? })
    }
}

fn read_token(file: &Path) -> Result<String, Refused> {
    let bad = |message| Refused::new("bad-region-token", "region-token", message);
    let text = std::fs::read_to_string(file)
        .map_err(|error| bad(format!("令牌文件“{}”无法读取：{error}", file.display())))?;
    let token = text.trim();
    if token.is_empty() || token.len() > TOKEN_BYTES || !token.bytes().all(|b| b.is_ascii_graphic())
    {
        return Err(bad("令牌文件须只含一行令牌，由字母、数字和符号组成".to_owned()));
    }
    Ok(token.to_owned())
}

/// What came of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It was taken, but for these: id and reason.
    Taken(Vec<(String, String)>),
    /// It was refused as a whole, with a reason: something in it is at fault.
    Refused(String),
    /// It can be sent again later, perhaps not before some time.
    Later(Trouble, Option<Duration>),
}

/// Why a batch has to be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No connection, no answer in time, or an answer that broke off.
    Unreachable,
    /// The platform is busy or has trouble of its own.
    Busy(u16),
    /// The platform does not know the address, or not this hall: somebody has to look.
    NotLetIn(u16),
    /// An answer of another form than agreed.
    Garbled,
}

impl Trouble {
    /// For the log.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unreachable => "region-unreachable",
            Self::Busy(_) => "region-busy",
            Self::NotLetIn(_) => "region-not-let-in",
            Self::Garbled => "region-garbled",
        }
    }
}

/// A line that is open.
pub struct Link {
    platform: Platform,
    client: Client,
}

/// What the platform answers.
#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    refused: Vec<RefusedRecord>,
}

#[derive(Deserialize)]
struct RefusedRecord {
    id: String,
    #[serde(default)]
    reason: String,
}

/// The id of a batch: that of the same records is the same.
pub fn batch_id(records: &[Record]) -> String {
    let ids: Vec<&str> = records.iter().map(|record| record.id.as_str()).collect();
    sha256_hex(ids.join(" ").as_bytes())[..32].to_owned()
}

/// A batch as it is sent.
pub fn batch(records: &[Record]) -> Value {
    let batch = batch_id(records);
    let record = |record: &Record| {
        json!({
            "id": record.id,
            "table": record.table.sheet(),
            "operation": record.operation.letter(),
            "row": record.to_json(&batch),
        })
    };
    let records: Vec<Value> = records.iter().map(record).collect();
    json!({ "format": "yichuang-region-batch/1", "batch": batch, "records": records })
}

impl Link {
    /// Opens it: nothing is sent yet.
    ///
    /// # Errors
    /// [`HubError::Server`] if the system gives no secure line.
    pub fn open(platform: Platform) -> Result<Self, HubError> {
        crate::server::install_crypto();
        let client = Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(|error| HubError::Server(std::io::Error::other(error)))?;
        Ok(Self { platform, client })
    }

    /// Sends a batch.
    pub async fn tell(&self, records: &[Record]) -> Told {
        let mut request = self.client.post(self.platform.url.clone());
        if let Some(token) = &self.platform.token {
            request = request.bearer_auth(token);
        }
        let body = batch(records).to_string();
        let sent = request.header(CONTENT_TYPE, "application/json; charset=utf-8").body(body);
        let Ok(mut answer) = sent.send().await else {
            return Told::Later(Trouble::Unreachable, None);
        };
        let status = answer.status();
        let wait = answer.headers().get(RETRY_AFTER).and_then(|wait| wait.to_str().ok());
        let wait = wait.and_then(|wait| wait.parse().ok()).map(Duration::from_secs);
        let mut said = Vec::new();
        loop {
            match answer.chunk().await {
                Ok(Some(part)) if said.len() + part.len() <= ANSWER_BYTES => {
                    said.extend_from_slice(&part);
                }
                Ok(None) => break,
                Ok(Some(_)) => return Told::Later(Trouble::Garbled, wait),
                Err(_) => return Told::Later(Trouble::Unreachable, wait),
            }
        }
        judge(status, &said, wait)
    }
}

fn judge(status: StatusCode, said: &[u8], wait: Option<Duration>) -> Told {
    let code = status.as_u16();
    match code {
        200..=299 => match serde_json::from_slice::<Answer>(said) {
            Ok(answer) => {
                let refused = answer.refused.into_iter();
                Told::Taken(refused.map(|r| (r.id, shortened(&r.reason))).collect())
            }
            Err(_) => Told::Later(Trouble::Garbled, wait),
        },
        400 | 409 | 413 | 422 => {
            let reason = String::from_utf8_lossy(said);
            Told::Refused(format!("上级平台拒收（{code}）：{}", shortened(&reason)))
        }
        408 | 425 | 429 | 500..=599 => Told::Later(Trouble::Busy(code), wait),
        _ => Told::Later(Trouble::NotLetIn(code), wait),
    }
}

/// A reason as it is kept: what a platform says may be long, or contain anything.
fn shortened(reason: &str) -> String {
    let plain = reason.trim().chars().filter(|c| !c.is_control());
    let text: String = plain.take(REASON_CHARS).collect();
    if text.is_empty() { "上级平台没有说明原因".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_secure_address_without_a_password_is_told_anything() {
        for good in
            ["https://zw.nmg.gov.cn/exchange?a=1", "http://127.0.0.1:9/x", "http://localhost/"]
        {
            assert!(Platform::new(good, None).is_ok(), "{good}");
        }
        for bad in
            ["", "zw.nmg.gov.cn", "http://zw.nmg.gov.cn/", "ftp://127.0.0.1/", "https://a:b@c.cn"]
        {
            assert_eq!(Platform::new(bad, None).unwrap_err().code, "bad-region-url", "{bad}");
        }
        let file = tempfile::NamedTempFile::new().unwrap();
        let token = |text: &str| {
            std::fs::write(file.path(), text).unwrap();
            read_token(file.path())
        };
        assert_eq!(token(" abc.DEF-1\n").unwrap(), "abc.DEF-1");
        for bad in ["", "a b", "令牌"] {
            assert_eq!(token(bad).unwrap_err().code, "bad-region-token");
        }
        assert!(read_token(Path::new("/nowhere")).is_err());
    }

    #[test]
    fn an_answer_is_sorted_by_what_helps() {
        let judged = |code: u16, said: &str| {
            judge(StatusCode::from_u16(code).unwrap(), said.as_bytes(), None)
        };
        assert_eq!(judged(200, "{}"), Told::Taken(vec![]));
        let one = judged(200, r#"{"refused":[{"id":"a","reason":"证件类型\n有误"}]}"#);
        assert_eq!(one, Told::Taken(vec![("a".to_owned(), "证件类型有误".to_owned())]));
        for garbled in ["", "<html>", r#"{"refused":[1]}"#] {
            assert_eq!(judged(200, garbled), Told::Later(Trouble::Garbled, None));
        }
        for busy in [408, 429, 500, 503] {
            assert_eq!(judged(busy, ""), Told::Later(Trouble::Busy(busy), None));
        }
        for locked in [301, 401, 403, 404] {
            assert_eq!(judged(locked, ""), Told::Later(Trouble::NotLetIn(locked), None));
        }
        let Told::Refused(reason) = judged(422, &"长".repeat(9999)) else { panic!("not refused") };
        assert!(reason.chars().count() < 400);
    }
}
