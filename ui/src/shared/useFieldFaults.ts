import { computed, nextTick, type ComputedRef } from 'vue'

import type { CallFailure } from '@/api'

/** What a refusal says of a field. */
export function faultAt(failure: CallFailure | null, field: string): string {
  return failure?.field === field ? failure.message : ''
}

/** Where a refusal stands in a form: beside the field that it names, whose `data-field` is that name. */
export interface FieldFaults {
  fault: (field: string) => string
  /** A refusal that stands beside no field of the form. */
  elsewhere: ComputedRef<CallFailure | null>
  /** Gives the focus to the field at fault, or to another one. */
  toFault: (field?: string) => Promise<void>
}

export function useFieldFaults(
  refused: () => CallFailure | null,
  form: () => HTMLElement | undefined,
): FieldFaults {
  const at = (field: string | undefined, what = ''): HTMLElement | null | undefined =>
    form()?.querySelector<HTMLElement>(`[data-field="${field ?? ''}"]${what}`)

  return {
    fault: (field) => faultAt(refused(), field),
    elsewhere: computed(() => {
      const failure = refused()
      return failure && !at(failure.field) ? failure : null
    }),
    async toFault(field) {
      await nextTick()
      at(field ?? refused()?.field, ' input')?.focus()
    },
  }
}
