import { computed, shallowRef } from 'vue'

import { call, onFailure, showsAs, toFailure, type CallFailure, type ClerkRole, type Status } from '@/api'

const status = shallowRef<Status | null>(null)
/** The other pages at the same door; a window has none. */
const others = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('yichuang-session')
const failure = shallowRef<CallFailure | null>(null)

/** Who works at this page: who signed in here, or went on after another page had signed them in. */
const owner = shallowRef<Status['clerk']>(null)

function put(next: Status): void {
  status.value = next
  failure.value = null
  showsAs(next.clerk && { clerk: next.clerk.id, training: next.training })
}

/** Where the program stands and who is signed in: one for the whole page. */
export const session = {
  status,
  failure,
  owner,
  /** Today in Asia/Shanghai; the screens never ask the machine's clock. */
  today: computed(() => status.value?.today ?? ''),
  /** Whether everything is marked 演练, and days may be chosen. */
  practice: computed(() => {
    const mode = status.value?.profile?.mode
    return mode === 'practice' || mode === 'trial'
  }),

  /** Who was signed in by another page while somebody else worked at this one. */
  taken: computed(() => {
    const [now, before] = [status.value?.clerk, owner.value]
    return now && before && now.id !== before.id ? { clerk: now.name, before: before.name } : null
  }),

  /** Goes on here as who was signed in elsewhere. */
  goOn(): void {
    owner.value = status.value?.clerk ?? null
  },

  /** Whether the screens stand before a database for training only. */
  training: computed(() => status.value?.training ?? false),

  /** Whether whoever is signed in has a role. */
  has(role: ClerkRole): boolean {
    return status.value?.clerk?.roles.includes(role) ?? false
  },

  /** Whether whoever is signed in keeps this window: as an administrator, or because nobody is one. */
  keeps: computed(() => status.value?.keeps ?? false),

  /**
   * Takes over a status that a command of this page answered with, and has the other pages of this
   * program look: none shows what is not for who is signed in now.
   */
  take(next: Status): void {
    put(next)
    owner.value = next.clerk
    others?.postMessage(next.phase)
  },

  async load(): Promise<void> {
    try {
      const next = await call('status', {})
      put(next)
      owner.value ??= next.clerk
    } catch (raw) {
      failure.value = toFailure(raw)
    }
  },
}

/** Takes over what another page did to the session, and what the program says of it when it refuses. */
export function followSession(): () => void {
  const heard = (): void => void session.load()
  others?.addEventListener('message', heard)
  // A page in the background may have been asleep meanwhile.
  const looked = (): void => {
    if (document.visibilityState === 'visible' && status.value) heard()
  }
  document.addEventListener('visibilitychange', looked)
  const unfollow = onFailure((met) => {
    const phase = status.value?.phase
    if (met.code === 'not-signed-in' && phase === 'signed-in') void session.load()
    if (met.code === 'another-clerk') void session.load()
    if (met.code === 'locked' && phase !== 'locked') void session.load()
  })
  return () => {
    others?.removeEventListener('message', heard)
    document.removeEventListener('visibilitychange', looked)
    unfollow()
  }
}
