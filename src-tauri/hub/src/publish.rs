//! Publishing a guide release: checked as a window checks it, numbered upwards, signed, packed once
//! for every window.
//!
//! A release is never taken back or replaced. Who wants the old content again publishes it under a
//! new number: windows take nothing that is not newer, so that nobody who listens in can lead them
//! back to an outdated guide.

use jiff::Timestamp;
use yichuang_domain::case::event::sha256_hex;
use yichuang_guide::{CheckedPackage, Problem, is_sample};
use yichuang_protocol::guide::{RELEASE, ReleaseStatement};
use yichuang_protocol::packing;

use crate::error::{HubError, Refused};
use crate::receive::sign;
use crate::store::{HubStore, PublishedGuide, StoreError, Way};

/// From how many earlier releases a delta leads to the newest. A window that is further behind
/// takes the whole release.
pub const DELTAS: usize = 8;

/// Every release, the newest first.
///
/// # Errors
/// The store's.
pub fn published(store: &HubStore) -> Result<Vec<PublishedGuide>, StoreError> {
    store.read(|tx| tx.newest_guides(usize::MAX))
}

fn faulty(problems: Vec<Problem>) -> Refused {
    let place = problems.first().map(|p| p.place.clone()).unwrap_or_default();
    let message = format!("指南包有{}处错误，没有发布", problems.len());
    Refused { problems, ..Refused::new("bad-guide", &place, message) }
}

/// Refuses what may not follow `newest`.
fn may_follow(newest: &PublishedGuide, checked: &CheckedPackage) -> Result<(), Refused> {
    let (found, current) = (checked.package.release, newest.release);
    if found <= current {
        let message = format!(
            "第{found}版不比已发布的第{current}版新，没有发布。要退回以前的内容，\
             请把版本号改为{}或更大，作为新版本发布",
            u64::from(current) + 1
        );
        return Err(Refused::new("guide-not-newer", "release", message));
    }
    let region = &checked.package.region;
    if region.code != newest.region {
        let message = format!(
            "这份指南是{}（{}）的，本中心已发布的是{}的，没有发布",
            region.name, region.code, newest.region
        );
        return Err(Refused::new("guide-foreign", "region.code", message));
    }
    Ok(())
}

/// Refuses example data where windows take real applications. A trainer publishes it at a hub that
/// is served with `--trial`.
fn for_this_hub(trial: Option<bool>, checked: &CheckedPackage) -> Result<(), Refused> {
    let why = match trial {
        _ if !is_sample(&checked.package) => return Ok(()),
        Some(true) => return Ok(()),
        Some(false) => "本中心是正式的大厅中心，各窗口会照着它收真实的办件",
        None => "本中心还没有启动过，不知道是正式的还是演练的",
    };
    let message = format!(
        "这是示例指南（第{}版），没有发布：{why}。内容核实以后，请用 yichuang-guide/2 格式、把 status          写为 official 再发布；培训用的请发布到演练大厅中心（先用 yichuang-hub serve --trial 启动）",
        checked.package.release
    );
    Err(Refused::new("guide-sample", "status", message))
}

/// Checks, signs and keeps a release; windows take it with their next sync. The release that is the
/// newest already is no fault and changes nothing.
///
/// # Errors
/// [`Refused`] `bad-guide` with every fault, `guide-sample` (example data at a hub that is not for
/// practice), `guide-not-newer`, `guide-foreign` (another region than before); or the store's.
pub fn publish(store: &HubStore, bytes: &[u8], now: Timestamp) -> Result<PublishedGuide, HubError> {
    let checked = yichuang_guide::check(bytes).map_err(faulty)?;
    let earlier = store.read(|tx| tx.newest_guides(DELTAS))?;
    if let Some(newest) = earlier.first() {
        if newest.digest == checked.digest {
            return Ok(newest.clone());
        }
        may_follow(newest, &checked)?;
    }
    for_this_hub(store.read(|tx| tx.trial())?, &checked)?;
    let text = checked.text.as_bytes();
    let whole = packing::pack(text).map_err(unpackable)?;
    proven(packing::unpack(&whole, text.len() as u64), &checked.digest)?;
    let mut deltas = Vec::new();
    for base in &earlier {
        let packed = store.read(|tx| tx.packed(&base.digest))?;
        let old = proven(packing::unpack(&packed, base.length), &base.digest)?;
        let delta = packing::delta(&old, text).map_err(unpackable)?;
        proven(packing::apply(&old, &delta, text.len() as u64), &checked.digest)?;
        // A delta as large as the release itself helps nobody.
        if delta.len() < whole.len() / 2 {
            deltas.push((base, delta));
        }
    }
    // All of that took a while: somebody else may have published meanwhile, or started the hub.
    store.write(|tx| {
        for_this_hub(tx.trial()?, &checked)?;
        if let Some(newest) = tx.newest_guides(1)?.first() {
            may_follow(newest, &checked)?;
        }
        let statement = ReleaseStatement {
            kind: RELEASE.to_owned(),
            hub: tx.hub_id()?,
            format: checked.package.format.clone(),
            region: checked.package.region.code.clone(),
            release: checked.package.release,
            digest: checked.digest.clone(),
            length: text.len() as u64,
            published_at: now,
        };
        let guide = PublishedGuide {
            release: statement.release,
            digest: statement.digest.clone(),
            region: statement.region.clone(),
            issued_on: checked.package.issued_on.to_string(),
            matters: u32::try_from(checked.package.matters.len()).unwrap_or(u32::MAX),
            sample: is_sample(&checked.package),
            length: statement.length,
            published_at: now,
            statement: sign(tx, &statement)?,
        };
        tx.add_guide(&guide)?;
        tx.forget_deltas()?;
        tx.add_packed(Way { digest: &guide.digest, base: None }, &whole)?;
        for (base, delta) in &deltas {
            tx.add_packed(Way { digest: &guide.digest, base: Some(&base.digest) }, delta)?;
        }
        Ok(guide)
    })
}

/// A release whose bytes don't come out again as they went in must not be published.
fn proven(
    unpacked: Result<Vec<u8>, packing::Unpackable>,
    digest: &str,
) -> Result<Vec<u8>, HubError> {
    match unpacked {
        Ok(text) if sha256_hex(&text) == digest => Ok(text),
        _ => Err(StoreError::Unreadable("打包的指南").into()),
    }
}

fn unpackable(error: packing::Unpackable) -> HubError {
    Refused::new("too-large", "file", format!("指南包无法打包（{error}），没有发布")).into()
}
