import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'

import { call, toFailure, type CallFailure, type MatterHit } from '@/api'

/** Short enough to feel like typing, long enough not to ask for every letter of a pinyin syllable. */
const SEARCH_AFTER = 60

/** A search while typing. */
export interface MatterSearch {
  text: Ref<string>
  hits: ShallowRef<MatterHit[] | null>
  failure: ShallowRef<CallFailure | null>
  /** What the hits on the screen answer to. */
  answered: Ref<string>
  look: () => Promise<void>
}

/** Looks for matters as `text` changes; a late answer to an older text is dropped. */
export function useMatterSearch(limit: number): MatterSearch {
  const text = ref('')
  const answered = ref('')
  const hits = shallowRef<MatterHit[] | null>(null)
  const failure = shallowRef<CallFailure | null>(null)
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    clearTimeout(timer)
    const mine = ++turn
    const wanted = text.value.trim()
    try {
      const found = await call('search', { text: wanted, limit })
      if (mine !== turn) return
      hits.value = found
      answered.value = wanted
      failure.value = null
    } catch (raw) {
      if (mine === turn) failure.value = toFailure(raw)
    }
  }

  watch(text, () => {
    clearTimeout(timer)
    timer = setTimeout(() => void look(), SEARCH_AFTER)
  })
  onScopeDispose(() => clearTimeout(timer))
  return { text, hits, failure, answered, look }
}
