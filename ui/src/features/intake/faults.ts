import { computed, reactive, type ComputedRef } from 'vue'

import type { Refusal } from '@/api'

/** Which faults may be seen: none while a field is being typed in, all there are at “next”. */
export interface ShownFaults {
  /** The sentence beside `field`, or nothing. */
  at: (field: string) => string
  /** Every fault that may be seen. */
  all: ComputedRef<Refusal[]>
  typing: (field: string) => void
  left: (field: string) => void
  showAll: () => void
}

/** Keeps the rules' faults back until the clerk has left a field or asked to go on. */
export function useShownFaults(faults: () => Refusal[]): ShownFaults {
  const seen = reactive({ typing: '', left: new Set<string>() })

  const all = computed(() =>
    faults().filter((f) => f.field !== seen.typing && seen.left.has(f.field)),
  )
  return {
    all,
    at: (field) => all.value.find((f) => f.field === field)?.message ?? '',
    typing: (field) => (seen.typing = field),
    left: (field) => {
      if (seen.typing === field) seen.typing = ''
      seen.left.add(field)
    },
    showAll: () => {
      seen.typing = ''
      for (const fault of faults()) seen.left.add(fault.field)
    },
  }
}
