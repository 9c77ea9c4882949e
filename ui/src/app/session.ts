import { computed, shallowRef } from 'vue'

import { call, onFailure, toFailure, type CallFailure, type ClerkRole, type Status } from '@/api'

const status = shallowRef<Status | null>(null)
/** The other pages at the same door; a window has none. */
const others = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('yichuang-session')
const failure = shallowRef<CallFailure | null>(null)

/** Where the program stands and who is signed in: one for the whole page. */
export const session = {
  status,
  failure,
  /** Today in Asia/Shanghai; the screens never ask the machine's clock. */
  today: computed(() => status.value?.today ?? ''),
  /** Whether everything is marked 演练, and days may be chosen. */
  practice: computed(() => {
    const mode = status.value?.profile?.mode
    return mode === 'practice' || mode === 'trial'
  }),

  /** Whether the screens stand before a database for training only. */
  training: computed(() => status.value?.training ?? false),

  /** Whether whoever is signed in has a role. */
  has(role: ClerkRole): boolean {
    return status.value?.clerk?.roles.includes(role) ?? false
  },

  /** Whether whoever is signed in keeps this window: as an administrator, or because nobody is one. */
  keeps: computed(() => status.value?.keeps ?? false),

  /** Takes over a status that a command answered with. */
  take(next: Status): void {
    status.value = next
    failure.value = null
  },

  /** As [`take`], and tells the other pages of this program, which show what is not theirs to show. */
  tell(next: Status): void {
    this.take(next)
    others?.postMessage(next.phase)
  },

  async load(): Promise<void> {
    try {
      this.take(await call('status', {}))
    } catch (raw) {
      failure.value = toFailure(raw)
    }
  },
}

/** Goes back to the sign-in or the unlock screen when the program says nobody is signed in. */
export function followSession(): () => void {
  const heard = (): void => void session.load()
  others?.addEventListener('message', heard)
  const unfollow = onFailure((met) => {
    const phase = status.value?.phase
    if (met.code === 'not-signed-in' && phase === 'signed-in') void session.load()
    if (met.code === 'locked' && phase !== 'locked') void session.load()
  })
  return () => {
    others?.removeEventListener('message', heard)
    unfollow()
  }
}
