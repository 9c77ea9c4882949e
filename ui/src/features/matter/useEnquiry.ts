import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'

import { call, toFailure, type CallFailure, type Enquire, type EnquiryView } from '@/api'

/** A matter in the situation told so far. */
export interface OpenEnquiry {
  view: ShallowRef<EnquiryView | null>
  failure: ShallowRef<CallFailure | null>
  /** Everything chosen, also where it does not count at the moment. */
  chosen: Ref<Record<string, string>>
  /** The matter and what was chosen, as the program takes them. */
  asked: () => Enquire
  look: () => Promise<void>
  /** Takes an answer, or takes it back; done once the screen follows from it. */
  tell: (question: string, choice: string | null) => Promise<void>
  clear: () => Promise<void>
}

/** Asks what a matter wants as the answers change; a late answer to older ones is dropped. */
export function useEnquiry(code: string): OpenEnquiry {
  const view = shallowRef<EnquiryView | null>(null)
  const failure = shallowRef<CallFailure | null>(null)
  const chosen = ref<Record<string, string>>({})
  let turn = 0
  const asked = (): Enquire => ({ code, answers: { ...chosen.value } })

  async function look(): Promise<void> {
    const mine = ++turn
    try {
      const answer = await call('enquire', asked())
      if (mine !== turn) return
      view.value = answer
      failure.value = null
    } catch (raw) {
      if (mine === turn) failure.value = toFailure(raw)
    }
  }

  async function tell(question: string, choice: string | null): Promise<void> {
    const others = Object.entries(chosen.value).filter(([id]) => id !== question)
    chosen.value = Object.fromEntries(choice === null ? others : [...others, [question, choice]])
    await look()
  }

  async function clear(): Promise<void> {
    chosen.value = {}
    await look()
  }

  return { view, failure, chosen, asked, look, tell, clear }
}
