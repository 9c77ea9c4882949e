import { ref, type Ref } from 'vue'

import { call, type BundleEnquiryView, type EnquireBundle } from '@/api'
import { useTold, type Told } from '@/features/matter/useEnquiry'

/** A bundle in the situation told so far. */
export interface OpenBundleEnquiry extends Told<BundleEnquiryView> {
  /** The matters that were chosen; null while they are all that are taken today. */
  taken: Ref<string[] | null>
  take: (codes: string[]) => Promise<void>
  /** The bundle, its matters and what was chosen, as the program takes them. */
  asked: () => EnquireBundle
}

/** Asks what the matters of a bundle want together. */
export function useBundleEnquiry(id: string): OpenBundleEnquiry {
  const taken = ref<string[] | null>(null)
  const of = (answers: Record<string, string>): EnquireBundle => ({
    id,
    ...(taken.value && { taken: taken.value }),
    answers,
  })
  const told = useTold((answers) => call('enquire_bundle', of(answers)))
  const take = (codes: string[]): Promise<void> => {
    taken.value = codes
    return told.look()
  }
  return { ...told, taken, take, asked: () => of({ ...told.chosen.value }) }
}
