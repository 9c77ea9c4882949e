import { onMounted, ref, type Ref } from 'vue'

import { call, type CardRead } from '@/api'
import { useAct, type Act } from '@/shared/useCall'

/** The reader of identity cards at this window. */
export interface CardReading {
  /** Whether one is set. */
  ready: Ref<boolean>
  /** Reads the card that lies on it. */
  act: Act<[], CardRead>
  /** Makes sense of what a reader typed; undefined where there is none. */
  typed: Act<[string], CardRead>
}

export function useCardReader(): CardReading {
  const ready = ref(false)
  onMounted(async () => {
    try {
      ready.value = (await call('card_reader', {})).program !== null
    } catch {
      // Without a reader everything is typed.
      ready.value = false
    }
  })
  return {
    ready,
    act: useAct(() => call('read_card', {})),
    typed: useAct((text: string) => call('read_card_text', { text })),
  }
}
