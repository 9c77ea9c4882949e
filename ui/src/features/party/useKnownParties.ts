import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'

import { call, type KnownPartyView } from '@/api'

/** Those of earlier filings who may be meant by what is being typed. */
export interface KnownParties {
  found: ShallowRef<KnownPartyView[]>
  /** Whose they are: the text that was looked for. */
  text: Ref<string>
  look: (text: string) => void
  forget: () => void
}

/** Looks while somebody types; an answer that comes late for an earlier text is dropped. */
export function useKnownParties(): KnownParties {
  const found = shallowRef<KnownPartyView[]>([])
  const text = ref('')

  function look(next: string): void {
    text.value = next.trim()
    const mine = text.value
    if (mine.length < 2) {
      found.value = []
      return
    }
    void call('known_parties', { text: mine })
      .then((answer) => {
        if (text.value === mine) found.value = answer
      })
      .catch(() => {
        // Whoever is not offered is typed.
        if (text.value === mine) found.value = []
      })
  }

  function forget(): void {
    text.value = ''
    found.value = []
  }
  return { found, text, look, forget }
}
