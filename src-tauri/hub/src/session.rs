//! Step 1 and 2: hello, and sessions of devices that hold their key.

use jiff::{SignedDuration, Timestamp};
use yichuang_protocol::hello::{HelloReply, HelloRequest};
use yichuang_protocol::session::{
    CHALLENGE_SECONDS, ChallengeReply, ChallengeRequest, FURTHER_LOGS, OwnLog, SessionReply,
    SessionRequest, TOKEN_SECONDS, challenge,
};
use yichuang_protocol::{Fault, FaultCode, PublicKey, version};

use crate::error::StepError;
use crate::hub_log::{Agreed, agree, check_held};
use crate::receive::acknowledge;
use crate::secrets;
use crate::store::{Device, HubStore, StoreError, Tx};

/// The time `seconds` after `now`.
pub(crate) fn later(now: Timestamp, seconds: i64) -> Timestamp {
    now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

fn unsupported() -> Fault {
    let spoken: Vec<String> = version::SPOKEN.iter().map(u32::to_string).collect();
    let message =
        format!("本机程序与大厅中心没有共同的协议版本（大厅中心：{}），请升级", spoken.join("、"));
    Fault::at(FaultCode::VersionUnsupported, "versions", message)
}

/// Says who the hub is.
///
/// # Errors
/// `version-unsupported`; or the store's.
pub fn hello(
    store: &HubStore,
    request: &HelloRequest,
    now: Timestamp,
) -> Result<HelloReply, StepError> {
    let version = version::negotiate(&request.versions).ok_or_else(unsupported)?;
    store.read(|tx| {
        Ok(HelloReply {
            version,
            hub: tx.hub_id()?,
            hub_key: tx.hub_key()?.public().to_base64(),
            trial: tx.trial()?.unwrap_or(false),
            server_time: now,
        })
    })
}

/// A device that is in use.
///
/// # Errors
/// `unknown-device`, `revoked-device`; or the store's.
pub(crate) fn known_device(tx: &Tx<'_>, origin: &str) -> Result<Device, StepError> {
    let device = tx.device(origin)?.ok_or_else(|| {
        let message = "大厅中心没有本机的入网登记：请核对大厅中心地址，或联系管理员重新入网";
        Fault::at(FaultCode::UnknownDevice, "origin", message)
    })?;
    if tx.is_revoked(&device.origin)? {
        let message = "本机已被大厅停用，不能再上传，也不要再出具文书：请联系管理员";
        return Err(Fault::at(FaultCode::RevokedDevice, "origin", message).into());
    }
    Ok(device)
}

/// Opens a challenge.
///
/// # Errors
/// `unknown-device`; or the store's.
pub fn open_challenge(
    store: &HubStore,
    request: &ChallengeRequest,
    now: Timestamp,
) -> Result<ChallengeReply, StepError> {
    store.write(|tx| {
        let device = known_device(tx, &request.origin)?;
        let challenge = challenge(&tx.hub_id()?, &device.log, &secrets::token()?);
        let until = later(now, CHALLENGE_SECONDS);
        tx.add_challenge(&secrets::digest(&challenge), &device.origin, until)?;
        Ok(ChallengeReply { challenge })
    })
}

/// Opens a session for a device that signed its challenge.
///
/// # Errors
/// `unknown-device`, `revoked-device`, `bad-challenge`, `bad-signature`, `version-unsupported`,
/// `bad-field`; or the store's.
pub fn open_session(
    store: &HubStore,
    request: &SessionRequest,
    now: Timestamp,
) -> Result<SessionReply, StepError> {
    if !version::SPOKEN.contains(&request.version) {
        return Err(unsupported().into());
    }
    // One transaction, so one wait for the disk. What is refused after the challenge was taken is no
    // failure of it: the challenge is used up even if its signature turns out wrong.
    let opened = store.write(|tx| {
        let device = known_device(tx, &request.origin)?;
        let digest = secrets::digest(&request.challenge);
        if !tx.take_challenge(&digest, &device.origin, now)? {
            let message = "验证已过期，请重新同步";
            return Ok(Err(Fault::at(FaultCode::BadChallenge, "challenge", message)));
        }
        let key = PublicKey::from_base64(&device.public_key)
            .map_err(|_| StoreError::Unreadable("设备公钥"))?;
        if key.verify(&request.challenge, &request.signature).is_err() {
            let message = "本机的设备密钥与入网登记不符，请联系管理员重新入网";
            return Ok(Err(Fault::at(FaultCode::BadSignature, "signature", message)));
        }
        if let Err(fault) = check_held(&tx.hub_id()?, &device, &request.hub_logs) {
            return Ok(Err(fault));
        }
        if let Err(StepError::Fault(fault)) = enter_log(tx, &device, now) {
            return Ok(Err(fault));
        }
        let agreed = agree(tx, &device, &request.hub_logs, now)?;
        let token = secrets::token()?;
        let expires_at = later(now, TOKEN_SECONDS);
        tx.add_session(&secrets::digest(&token), &device.log, expires_at)?;
        let holds = acknowledge(tx, &device.log, tx.head(&device.log)?, now)?;
        let own_logs = other_logs(tx, &device)?;
        let Agreed { log: hub_origin, at: hub_log, give_back, .. } = agreed;
        Ok::<_, StepError>(Ok(SessionReply {
            token,
            expires_at,
            holds,
            hub_origin,
            hub_log,
            give_back,
            own_logs,
        }))
    })?;
    Ok(opened?)
}

/// Notes in which of its logs a device writes.
///
/// # Errors
/// `bad-field` for one that began too many; or the store's.
pub(crate) fn enter_log(tx: &Tx<'_>, device: &Device, now: Timestamp) -> Result<(), StepError> {
    if tx.enter_device_log(device, FURTHER_LOGS, now)? {
        return Ok(());
    }
    let message = "本机恢复备份的次数过多，大厅中心不再接受：请联系管理员重新入网";
    Err(Fault::at(FaultCode::BadField, "origin", message).into())
}

/// Where the logs of a device stand that it does not write in now.
fn other_logs(tx: &Tx<'_>, device: &Device) -> Result<Vec<OwnLog>, StoreError> {
    let logs = tx.logs_of_device(&device.origin)?.into_iter().filter(|log| *log != device.log);
    logs.map(|log| Ok(OwnLog { at: tx.head(&log)?, log })).collect()
}

/// The device whose session a token opens.
///
/// # Errors
/// `unauthorised`; or the store's.
pub fn device_of(store: &HubStore, token: &str, now: Timestamp) -> Result<Device, StepError> {
    store.read(|tx| match tx.session_device(&secrets::digest(token), now)? {
        Some(device) => Ok(device),
        None => Err(Fault::new(FaultCode::Unauthorised, "会话已结束，请重新同步").into()),
    })
}

#[cfg(test)]
mod tests;
