import { onBeforeUnmount, onMounted } from 'vue'

/** After this long without a hand on the machine the screen locks: people's papers lie open on it. */
export const IDLE = 10 * 60_000

const HANDS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'compositionupdate'] as const

/** Locks the screen when nobody is at it. */
export function useIdleLock(lock: () => Promise<void>): void {
  let timer: ReturnType<typeof setTimeout> | undefined

  function seen(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void lock(), IDLE)
  }

  onMounted(() => {
    for (const hand of HANDS) window.addEventListener(hand, seen, { capture: true, passive: true })
    seen()
  })
  onBeforeUnmount(() => {
    clearTimeout(timer)
    for (const hand of HANDS) window.removeEventListener(hand, seen, { capture: true })
  })
}
