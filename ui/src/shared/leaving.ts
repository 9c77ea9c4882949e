import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import { onBeforeRouteLeave, onBeforeRouteUpdate, type RouteLocationNormalized } from 'vue-router'

/**
 * Asks before a page with `unsaved` work is left, by a key, a link or the browser; `given` hears that
 * it was given up. A `LeaveDialog` shows the question while it is `asked` and hands on the answer.
 */
export function useLeaving(
  unsaved: () => boolean,
  given?: () => void,
): { asked: Ref<boolean>; answer: (leave: boolean) => void } {
  const asked = ref(false)
  let decide: ((leave: boolean) => void) | undefined

  function answer(leave: boolean): void {
    asked.value = false
    decide?.(leave)
    decide = undefined
  }

  async function mayLeave(): Promise<boolean> {
    if (!unsaved()) return true
    answer(false)
    asked.value = true
    const leave = await new Promise<boolean>((resolve) => (decide = resolve))
    if (leave) given?.()
    return leave
  }
  onBeforeRouteLeave(mayLeave)
  // Another path of the same screen is another page.
  onBeforeRouteUpdate((to: RouteLocationNormalized, from: RouteLocationNormalized) => to.path === from.path || mayLeave())

  function beforeUnload(event: BeforeUnloadEvent): void {
    if (unsaved()) event.preventDefault()
  }
  onMounted(() => window.addEventListener('beforeunload', beforeUnload))
  onBeforeUnmount(() => {
    window.removeEventListener('beforeunload', beforeUnload)
    answer(false)
  })
  return { asked, answer }
}
