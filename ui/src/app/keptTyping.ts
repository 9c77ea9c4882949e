import { onBeforeUnmount, type Ref } from 'vue'
import { useRoute } from 'vue-router'

import { session } from './session'

/**
 * What was half typed outside a draft when its screen went: by whom and where. It lies in this page
 * alone, is given back once, and to nobody but who typed it. A PIN is never put here.
 */
const kept = new Map<string, string>()

/**
 * Keeps `fields` where the screen goes while `worth` says that they are in use: because who typed
 * is `gone` (it was locked, or another page signed somebody else in), or by a key that leads elsewhere. What comes back puts back what was kept, and says
 * whether there was anything.
 */
export function useKeptTyping(
  name: () => string,
  fields: Record<string, Ref<unknown>>,
  worth: (gone: boolean) => boolean,
): () => boolean {
  // Who typed is known now; when the screen is taken away, nobody or somebody else is signed in.
  const [clerk, path] = [session.status.value?.clerk?.id, useRoute().path]
  const key = (): string => [clerk, path, name()].join('\n')

  onBeforeUnmount(() => {
    if (!worth(session.status.value?.clerk?.id !== clerk)) return
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

/** Forgets everything that was kept: whoever leaves the desk to the next leaves nothing in the page. */
export function forgetTyping(): void {
  kept.clear()
}
