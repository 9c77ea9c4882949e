//! What kind of records this profile holds, and who this window is.

use yichuang_domain::numbering::NumberSource;
use yichuang_storage::{Enrolment, Tx};

use crate::desk::Desk;
use crate::error::DeskError;
use crate::guide::Guide;
use crate::view::{ProfileMode, ProfileView};

/// The station of a profile that joined no hub.
const PRACTICE_STATION: &str = "LX";
const DEFAULT_REGION: &str = "150785";

pub(crate) fn mode_of(enrolment: Option<&Enrolment>) -> ProfileMode {
    match enrolment {
        None => ProfileMode::Practice,
        Some(enrolment) if enrolment.trial => ProfileMode::Trial,
        Some(_) => ProfileMode::Live,
    }
}

impl Desk {
    /// What kind of records this profile holds.
    ///
    /// # Errors
    /// [`DeskError::Storage`].
    pub fn mode(&self) -> Result<ProfileMode, DeskError> {
        Ok(mode_of(self.store.enrolment()?.as_ref()))
    }

    pub(crate) fn region(&self) -> (String, String) {
        match self.guide() {
            Ok(guide) => (guide.package.region.code.clone(), guide.package.region.name.clone()),
            Err(_) => (DEFAULT_REGION.to_owned(), String::new()),
        }
    }

    /// Who this window is.
    ///
    /// # Errors
    /// [`DeskError::Storage`].
    pub fn profile(&self) -> Result<ProfileView, DeskError> {
        let enrolment = self.store.enrolment()?;
        let mode = mode_of(enrolment.as_ref());
        Ok(match enrolment {
            Some(e) => ProfileView {
                mode,
                region: e.region,
                station: e.station,
                window: e.window,
                hall: e.hall,
            },
            None => {
                let (region, name) = self.region();
                ProfileView {
                    mode,
                    region,
                    station: PRACTICE_STATION.to_owned(),
                    window: "演练".to_owned(),
                    hall: hall_of(&name),
                }
            }
        })
    }
}

/// Where this window's numbers come from, as the transaction sees it. `region` is that of a profile
/// that joined no hub.
pub(crate) fn number_source(tx: &Tx<'_>, region: &str) -> Result<NumberSource, DeskError> {
    let enrolment = tx.enrolment()?;
    let practice = mode_of(enrolment.as_ref()).is_practice();
    Ok(match enrolment {
        Some(e) => {
            NumberSource { region: e.region, station: e.station, device: e.device_code, practice }
        }
        None => NumberSource {
            region: region.to_owned(),
            station: PRACTICE_STATION.to_owned(),
            device: tx.practice_device()?,
            practice,
        },
    })
}

/// The hall's and the window's names, for papers.
pub(crate) fn window_names(enrolment: Option<Enrolment>, guide: &Guide) -> (String, String) {
    match enrolment {
        Some(enrolment) => (enrolment.hall, format!("{}号窗口", enrolment.window)),
        None => (hall_of(&guide.package.region.name), "演练窗口".to_owned()),
    }
}

fn hall_of(region: &str) -> String {
    format!("{region}政务服务中心")
}
