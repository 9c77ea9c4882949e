import { onBeforeUnmount, type Ref } from 'vue'
import { useRoute } from 'vue-router'

import { session } from './session'

/**
 * What was half typed outside a draft when the screen locked: by whom and where. It lies in this page
 * alone, is given back once, and to nobody but who typed it. A PIN is never put here.
 */
const kept = new Map<string, string>()

/**
 * Keeps `fields` where the lock takes the screen away while `worth` says that they are in use; a
 * screen that somebody leaves takes them with it. What comes back puts back what was kept, and says
 * whether there was anything.
 */
export function useKeptTyping(
  name: () => string,
  fields: Record<string, Ref<unknown>>,
  worth: () => boolean,
): () => boolean {
  const [clerk, path] = [session.status.value?.clerk?.id, useRoute().path]
  const key = (): string => [clerk, path, name()].join('\n')

  onBeforeUnmount(() => {
    if (session.status.value?.phase === 'signed-in' || !worth()) return
    const values = Object.entries(fields).map(([field, { value }]) => [field, value])
    kept.set(key(), JSON.stringify(Object.fromEntries(values)))
  })

  return () => {
    const text = kept.get(key())
    if (text === undefined) return false
    kept.delete(key())
    const values = JSON.parse(text) as Record<string, unknown>
    for (const [field, value] of Object.entries(values)) {
      const ref = fields[field]
      if (ref) ref.value = value
    }
    return true
  }
}
