//! Tests of the whole without a window.

mod attachments;
mod attachments_hostile;
mod away;
mod command_line;
mod ferry;
mod ferry_scans;
mod guide_advice;
mod guide_damage;
mod guide_files;
mod guide_programs;
mod guide_random;
mod guide_releases;
mod hub_program;
mod hub_watch;
mod killed;
mod office;
mod packed_bodies;
mod progress_page;
mod regional_platform;
mod shared_hub;
mod sync_exchange;
mod sync_faults;
mod sync_hostile;
mod sync_tls;
mod transfer;
mod verified_papers;
