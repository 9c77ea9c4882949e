//! Scans that come by ferry: their chunks take the very steps of the line, one after the other, so
//! that a file takes no more memory than its largest scan, and what came before by another way is
//! passed over.

use std::collections::BTreeMap;
use std::io;

use tokio::runtime::{Builder, Runtime};
use yichuang_domain::case::event::Hash;
use yichuang_protocol::Fault;
use yichuang_protocol::attachment::{AttachmentRef, ChunkRequest, Held, OFFERED, OfferRequest};
use yichuang_protocol::ferry::{FerryError, HeldScan, HeldScans};

use super::FerryRefused;
use crate::attachments::{self, TakeError};
use crate::objects::{Incoming, Objects};
use crate::store::{Device, HubStore, StoreError};

/// The most scans of one file: a window in a hundred years has not so many.
const MOST: usize = 1_000_000;

/// What becomes of the scan whose chunks are coming.
enum Fate {
    /// It is taken, and has so many bytes in all.
    Coming { size: u64 },
    /// It is here whole.
    Here,
    /// It is not taken.
    Refused,
}

/// Where the scans of one file arrive.
pub(super) struct Quay<'a> {
    store: &'a HubStore,
    objects: &'a Objects,
    device: &'a Device,
    runtime: Runtime,
    offered: Vec<AttachmentRef>,
    refused: BTreeMap<Hash, Fault>,
    current: Option<(AttachmentRef, Fate)>,
    /// How many came to be here whole.
    pub(super) arrived: u64,
}

impl<'a> Quay<'a> {
    /// A quay for a device's file.
    ///
    /// # Errors
    /// The system's.
    pub(super) fn new(
        store: &'a HubStore,
        objects: &'a Objects,
        device: &'a Device,
    ) -> io::Result<Self> {
        // The object store waits asynchronously; a ferry file is taken in by one who may block.
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (offered, refused) = (Vec::new(), BTreeMap::new());
        Ok(Self { store, objects, device, runtime, offered, refused, current: None, arrived: 0 })
    }

    /// Remembers what the answer has to tell of.
    ///
    /// # Errors
    /// [`FerryError::Damaged`] beyond what any window has.
    pub(super) fn offer(&mut self, offer: OfferRequest) -> Result<(), FerryRefused> {
        if self.offered.len() + offer.attachments.len() > MOST {
            return Err(FerryError::Damaged.into());
        }
        self.offered.extend(offer.attachments);
        Ok(())
    }

    /// Takes the next chunk. One that is of no use is passed over, and the answer tells.
    ///
    /// # Errors
    /// The database's or the object store's.
    pub(super) fn take(&mut self, chunk: ChunkRequest) -> Result<(), FerryRefused> {
        let attachment = chunk.attachment.clone();
        let fate = match self.current.take() {
            Some((current, fate)) if current == attachment => fate,
            _ => self.fate(&attachment)?,
        };
        let fate = match fate {
            Fate::Coming { size } => {
                let taken = attachments::take(self.objects, self.device, size, chunk);
                match self.runtime.block_on(taken) {
                    Ok(Held::Whole) => {
                        self.arrived += 1;
                        Fate::Here
                    }
                    Ok(Held::Part { .. }) => fate,
                    Ok(Held::Refused { fault }) | Err(TakeError::Fault(fault)) => {
                        self.refused.insert(attachment.hash.clone(), fault);
                        Fate::Refused
                    }
                    Err(TakeError::Objects(error)) => return Err(error.into()),
                }
            }
            settled => settled,
        };
        self.current = Some((attachment, fate));
        Ok(())
    }

    fn fate(&mut self, attachment: &AttachmentRef) -> Result<Fate, FerryRefused> {
        if self.refused.contains_key(&attachment.hash) {
            return Ok(Fate::Refused);
        }
        Ok(match self.held(attachment)? {
            (Held::Whole, _) => Fate::Here,
            (Held::Part { .. }, size) => Fate::Coming { size },
            (Held::Refused { fault }, _) => {
                self.refused.insert(attachment.hash.clone(), fault);
                Fate::Refused
            }
        })
    }

    /// How much of a scan is here, and how many bytes it has in all.
    fn held(&self, attachment: &AttachmentRef) -> Result<(Held, u64), FerryRefused> {
        let wanted = std::slice::from_ref(attachment);
        let size = attachments::announced(self.store, self.device, wanted)?.pop();
        let size = match size.ok_or(StoreError::Unreadable("扫描件的登记"))? {
            Ok(size) => size,
            Err(fault) => return Ok((Held::Refused { fault }, 0)),
        };
        let incoming = Incoming { device: &self.device.code, hash: &attachment.hash, size };
        Ok((self.runtime.block_on(attachments::held(self.objects, incoming))?, size))
    }

    /// How many scans were not taken.
    pub(super) fn refused(&self) -> u64 {
        self.refused.len() as u64
    }

    /// What is here of the scans that were offered.
    ///
    /// # Errors
    /// The database's or the object store's.
    pub(super) fn standing(&self) -> Result<Vec<HeldScans>, FerryRefused> {
        let told = |one: &AttachmentRef| -> Result<HeldScan, FerryRefused> {
            let held = match self.refused.get(&one.hash) {
                Some(fault) => Held::Refused { fault: fault.clone() },
                None => self.held(one)?.0,
            };
            Ok(HeldScan { attachment: one.clone(), held })
        };
        let mut all = Vec::new();
        for some in self.offered.chunks(OFFERED) {
            all.push(HeldScans { scans: some.iter().map(told).collect::<Result<_, _>>()? });
        }
        Ok(all)
    }
}
