import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'

import { call, toFailure, type CallFailure, type Enquire, type EnquiryView } from '@/api'

/** Something that is asked about, in the situation told so far. */
export interface Told<View> {
  view: ShallowRef<View | null>
  failure: ShallowRef<CallFailure | null>
  /** Everything chosen, also where it does not count at the moment. */
  chosen: Ref<Record<string, string>>
  look: () => Promise<void>
  /** Takes an answer, or takes it back; done once the screen follows from it. */
  tell: (question: string, choice: string | null) => Promise<void>
  clear: () => Promise<void>
}

/** A matter in the situation told so far. */
export interface OpenEnquiry extends Told<EnquiryView> {
  /** The matter and what was chosen, as the program takes them. */
  asked: () => Enquire
}

/** Asks again as the answers change; a late answer to older ones is dropped. */
export function useTold<View>(ask: (answers: Record<string, string>) => Promise<View>): Told<View> {
  const view = shallowRef<View | null>(null)
  const failure = shallowRef<CallFailure | null>(null)
  const chosen = ref<Record<string, string>>({})
  let turn = 0

  async function look(): Promise<void> {
    const mine = ++turn
    try {
      const answer = await ask({ ...chosen.value })
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

  return { view, failure, chosen, look, tell, clear }
}

/** Asks what a matter wants. */
export function useEnquiry(code: string): OpenEnquiry {
  const told = useTold((answers) => call('enquire', { code, answers }))
  return { ...told, asked: () => ({ code, answers: { ...told.chosen.value } }) }
}
