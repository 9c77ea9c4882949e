import type { FerryTaken } from '@/api'

import type { FakeDesk, Handlers } from './fakeDesk'

export function takeFerryAnswer(desk: FakeDesk): FerryTaken {
  const confirmed = desk.sync.unsent_events
  const scans = desk.sync.scans_waiting
  desk.sync = { ...desk.sync, unsent_cases: 0, unsent_events: 0, scans_waiting: 0, scan_bytes_waiting: 0 }
  const fine = { rejected: 0, scans_refused: 0, guide: null, stale: false, again: false }
  return { confirmed, pulled: 1, scans, ...fine, status: desk.sync }
}

/** What goes upstream, over the line and on a stick. */
export function upstreamHandlers(desk: FakeDesk) {
  return {
    enrol: ({ hub }) => {
      desk.sync = { ...desk.sync, enrolled: true, hub }
      return desk.status
    },
    sync_status: () => desk.sync,
    sync_now: () => {
      desk.sync = { ...desk.sync, unsent_cases: 0, unsent_events: 0, last_sync: '2026-03-02T02:00:00Z' }
      return desk.sync
    },
    confirm_away: ({ lead, days, reason }) => {
      const who = desk.status.clerks.find((one) => one.id === lead)
      const word = {
        lead: { id: lead, name: who?.name ?? '' },
        at: '2026-03-02T02:00:00Z',
        days,
        reason,
        exchanged: null,
      }
      const { away } = desk.sync
      const confirmed = { ...away, level: 'warn' as const, confirmed_until: '2026-03-09T02:00:00Z' }
      desk.sync = { ...desk.sync, away: { ...confirmed, confirmations: [word, ...away.confirmations] } }
      return desk.sync
    },
    ferry_places: () => structuredClone(desk.ferryPlaces),
    save_ferry_file: ({ folder, scans }) => ({
      name: 'ZX-03-1.ferry',
      events: desk.sync.unsent_events,
      path: `${folder ?? '/home/clerk/一窗文书'}/ZX-03-1.ferry`,
      size: 1000,
      scans: scans ? desk.sync.scans_waiting : 0,
      scan_bytes: scans ? desk.sync.scan_bytes_waiting : 0,
      scans_left: scans ? 0 : desk.sync.scans_waiting,
      scans_unreadable: 0,
    }),
    take_ferry_answer: () => takeFerryAnswer(desk),
    ferry_progress: () => desk.ferryProgress,
    stop_ferry: () => ({}),
  } satisfies Partial<Handlers>
}
