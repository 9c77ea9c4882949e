import { computed, shallowRef } from 'vue'

import { call, toFailure, type CallFailure, type SyncStatus } from '@/api'

import { session } from './session'

/** How often the screens look whether something was sent. */
const LOOK_EVERY = 5_000

const state = shallowRef<SyncStatus | null>(null)
const failure = shallowRef<CallFailure | null>(null)
let timer: ReturnType<typeof setInterval> | undefined

/** Whether the work has gone upstream: one for the whole page. */
export const upstream = {
  state,
  failure,

  /** What the top bar shows: offline is a normal state, red only where a person is needed. */
  tone: computed<'green' | 'amber' | 'red' | 'grey'>(() => {
    const now = state.value
    if (!now || !now.enrolled) return 'grey'
    if (now.parked.length > 0 || (now.failure && !now.failure.passing)) return 'red'
    if (now.failure) return 'grey'
    return now.last_sync ? 'green' : 'grey'
  }),

  async look(): Promise<void> {
    try {
      this.take(await call('sync_status', {}))
      failure.value = null
    } catch (raw) {
      failure.value = toFailure(raw)
    }
  },

  take(next: SyncStatus): void {
    const synced = state.value !== null && next.last_sync !== state.value.last_sync
    state.value = next
    // The hub may have sent a new release of the guide.
    if (synced) void session.load()
  },

  start(): void {
    this.stop()
    void this.look()
    timer = setInterval(() => void this.look(), LOOK_EVERY)
  },

  stop(): void {
    clearInterval(timer)
    timer = undefined
  },
}
