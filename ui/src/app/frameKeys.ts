import { onBeforeUnmount, onMounted } from 'vue'
import { useRouter } from 'vue-router'

import { call } from '@/api'
import { openDrafts } from '@/features/intake/openDrafts'
import { shiftOpen } from '@/features/shift/shift'
import { isComposing } from '@/shared/keyboard'

import { session } from './session'

/** The screens that a function key opens, with the key shown beside them. */
export const screenKeys = [
  { key: 'F2', route: 'new-case', label: 'frame.nav.newCase' },
  { key: 'F3', route: 'cases', label: 'frame.nav.findCase' },
  { key: 'F5', route: 'today', label: 'frame.nav.today' },
  { key: 'F6', route: 'ledger', label: 'frame.nav.ledger' },
  { key: 'F8', route: 'upstream', label: 'frame.nav.upstream' },
  { key: 'F9', route: 'guide', label: 'frame.nav.guide' },
] as const

/** Locks the screen: what is being typed is saved first. */
export async function lockScreen(): Promise<void> {
  await openDrafts.saveAll()
  session.take(await call('sign_out', {}))
}

/** The keys that work on every screen behind the sign-in. */
export function useFrameKeys(open: { palette: () => void }): {
  lock: () => Promise<void>
} {
  const router = useRouter()

  async function lock(): Promise<void> {
    try {
      await lockScreen()
    } catch {
      // The refusal reached the session already; the screen stays as it is.
      await session.load()
    }
  }

  function pressed(event: KeyboardEvent): void {
    if (isComposing(event) || event.altKey) return
    if (event.shiftKey) {
      if (event.key !== 'F12') return
      event.preventDefault()
      shiftOpen.value = true
      return
    }
    const control = event.ctrlKey || event.metaKey
    if (control && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      open.palette()
      return
    }
    if (control) return
    if (event.key === 'F12') void lock()
    else {
      const screen = screenKeys.find((s) => s.key === event.key)
      if (!screen) return
      void router.push({ name: screen.route })
    }
    event.preventDefault()
  }

  onMounted(() => window.addEventListener('keydown', pressed))
  onBeforeUnmount(() => window.removeEventListener('keydown', pressed))
  return { lock }
}
