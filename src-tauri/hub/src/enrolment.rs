//! Step 0: one-time codes, and devices that join with them.

use jiff::Timestamp;
use yichuang_domain::numbering::is_valid_code;
use yichuang_domain::{Refusal, ink};
use yichuang_protocol::enrol::{EnrolReply, EnrolRequest, normalise_code, proof, show_code};
use yichuang_protocol::{Fault, FaultCode, PublicKey};

use crate::error::{HubError, Refused, StepError};
use crate::secrets;
use crate::session::later;
use crate::store::{CodeHolder, Device, HubStore, StoreError, Tx};

/// How long a code is good, in seconds.
pub const CODE_SECONDS: i64 = 24 * 3600;

/// 行政区划代码 of 根河市.
pub const DEFAULT_REGION: &str = "150785";

/// The hall where none is named.
pub const DEFAULT_HALL: &str = "根河市政务服务中心";

/// A code that was made.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct MadeCode {
    /// As shown: `ABCD-EFGH-JKMN`.
    pub code: String,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

/// Makes a one-time code for a window.
///
/// # Errors
/// [`Refused`] if a code of the holder can't stand in a case number, or the hall has no name; or
/// the store's.
pub fn make_code(
    store: &HubStore,
    holder: &CodeHolder,
    now: Timestamp,
) -> Result<MadeCode, HubError> {
    let codes =
        [("region", &holder.region), ("station", &holder.station), ("window", &holder.window)];
    for (field, code) in codes {
        if !is_valid_code(code) {
            let message = format!("“{code}”不能用作代码：须为1至8位大写字母或数字");
            return Err(Refused::new("bad-code", field, message).into());
        }
    }
    // It stands on every paper of that window.
    let unprintable = |refusal: Refusal| Refused::new("bad-hall", "hall", refusal.message);
    let hall = ink::line("hall", &holder.hall).map_err(unprintable)?;
    if hall.is_empty() || hall.chars().count() > 60 {
        return Err(Refused::new("bad-hall", "hall", "大厅名称须为1至60个字").into());
    }
    let code = secrets::enrol_code()?;
    let expires_at = later(now, CODE_SECONDS);
    let holder = CodeHolder { hall, ..holder.clone() };
    store.write(|tx| tx.add_enrol_code(&secrets::digest(&code), &holder, expires_at))?;
    Ok(MadeCode { code: show_code(&code), expires_at })
}

fn bad_code() -> StepError {
    let message = "入网码无效、已使用或已过期：请核对后重输，或请管理员重新生成";
    Fault::at(FaultCode::BadEnrolCode, "code", message).into()
}

/// Takes in a device. The same code with the same key gives the same answer again.
///
/// # Errors
/// `bad-field`, `bad-signature`, `bad-enrol-code`; or the store's.
pub fn join(
    store: &HubStore,
    request: &EnrolRequest,
    now: Timestamp,
) -> Result<EnrolReply, StepError> {
    let code = normalise_code(&request.code).ok_or_else(bad_code)?;
    let key = PublicKey::from_base64(&request.device_key)
        .map_err(|_| Fault::at(FaultCode::BadField, "device_key", "设备公钥的格式有误"))?;
    if key.verify(&proof(&request.code, &request.device_key), &request.signature).is_err() {
        let message = "设备签名不符，请重试";
        return Err(Fault::at(FaultCode::BadSignature, "signature", message).into());
    }
    let public_key = key.to_base64();
    let code_hash = secrets::digest(&code);
    let (reply, new) = store.write(|tx| {
        let found = tx.enrol_code(&code_hash)?.filter(|code| code.expires_at > now);
        let Some(found) = found else { return Err(bad_code()) };
        let device = match &found.used_by {
            Some(origin) => {
                let device = tx.device(origin)?.ok_or(StoreError::Unreadable("入网码"))?;
                if !secrets::same(&device.public_key, &public_key) {
                    return Err(bad_code());
                }
                device
            }
            None if tx.device_with_key(&public_key)?.is_some() => {
                let message = "这把设备密钥已入网，请重新生成";
                return Err(Fault::at(FaultCode::BadField, "device_key", message).into());
            }
            None => {
                let device = new_device(tx, found.holder.clone(), public_key.clone())?;
                tx.add_device(&device, now)?;
                tx.use_enrol_code(&code_hash, &device.origin)?;
                device
            }
        };
        let new = found.used_by.is_none();
        let reply = EnrolReply {
            hub: tx.hub_id()?,
            hub_key: tx.hub_key()?.public().to_base64(),
            origin: device.origin,
            device: device.code,
            region: device.region,
            station: device.station,
            window: device.window,
            hall: device.hall,
            trial: tx.trial()?.unwrap_or(false),
            server_time: now,
        };
        Ok((reply, new))
    })?;
    if new {
        let EnrolReply { origin, station, window, .. } = &reply;
        tracing::info!(%origin, %station, %window, "a device joined");
    }
    Ok(reply)
}

fn new_device(tx: &Tx<'_>, holder: CodeHolder, public_key: String) -> Result<Device, StoreError> {
    let mut code = secrets::device_code()?;
    while tx.device_code_taken(&code)? {
        code = secrets::device_code()?;
    }
    let origin = format!("win-{code}-{}", &secrets::token()?[..12]);
    let CodeHolder { region, station, window, hall } = holder;
    Ok(Device { log: origin.clone(), origin, code, region, station, window, hall, public_key })
}
