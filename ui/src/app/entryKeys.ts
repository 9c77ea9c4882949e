import { onBeforeUnmount, onMounted, watch, type Ref } from 'vue'

import type { Status } from '@/api'

/** Presses that follow one another closer than this are one burst: nobody has read the next screen yet. */
export const BURST = 700

/** The keys that press what has the focus. */
const PRESSING = ['Enter', ' ']

/**
 * What was pressed to come in acts on nothing that comes after: a key that is held on, or pressed
 * again because the sign-in took its time. Any other key, or a hand on the mouse, ends the burst.
 */
export function useEntryKeys(phase: Readonly<Ref<Status['phase'] | 'starting'>>): void {
  let burst = false
  let held = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function over(): void {
    burst = held = false
    clearTimeout(timer)
  }

  function follow(): void {
    burst = true
    clearTimeout(timer)
    timer = setTimeout(() => (burst = false), BURST)
  }

  function pressed(event: KeyboardEvent): void {
    if (!PRESSING.includes(event.key)) return over()
    if (!burst && !(held && event.repeat)) return over()
    event.preventDefault()
    event.stopPropagation()
    follow()
  }

  function released(event: KeyboardEvent): void {
    if (PRESSING.includes(event.key)) held = false
  }

  // At once: the next key may come before the next screen is drawn.
  watch(
    phase,
    (now, before) => {
      over()
      if (now !== 'signed-in' || before === 'starting') return
      held = true
      follow()
    },
    { flush: 'sync' },
  )

  onMounted(() => {
    window.addEventListener('keydown', pressed, { capture: true })
    window.addEventListener('keyup', released, { capture: true })
    window.addEventListener('pointerdown', over, { capture: true })
  })
  onBeforeUnmount(() => {
    over()
    window.removeEventListener('keydown', pressed, { capture: true })
    window.removeEventListener('keyup', released, { capture: true })
    window.removeEventListener('pointerdown', over, { capture: true })
  })
}
