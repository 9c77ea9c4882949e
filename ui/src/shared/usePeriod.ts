import { computed, type ComputedRef, type Ref } from 'vue'

import type { CallFailure } from '@/api'
import { t } from '@/i18n'

import { dayFault, typedDay } from './dates'
import { faultAt } from './useFieldFaults'

type Faults = Record<'from' | 'to', string>

/** A period that is typed. What is shown stands under the days that it is of, and under no others. */
export interface Period {
  /** What is wrong with each day, by itself or because the program says so. */
  faults: ComputedRef<Faults>
  /** Whether the days can be asked for. */
  ready: ComputedRef<boolean>
  /** Whether what was answered may stand under them. */
  fits: ComputedRef<boolean>
}

/** The period of two fields; days that are `open` may be left out. */
export function usePeriod(from: Ref<string>, to: Ref<string>, refused: () => CallFailure | null, open = false): Period {
  const typed = computed<Faults>(() => {
    const faults = { from: dayFault(from.value, open), to: dayFault(to.value, open) }
    const [first, last] = [typedDay(from.value), typedDay(to.value)]
    if (!faults.from && !faults.to && last && first > last) faults.to = t('words.day.backwards')
    return faults
  })
  const faults = computed<Faults>(() => ({
    from: typed.value.from || faultAt(refused(), 'from'),
    to: typed.value.to || faultAt(refused(), 'to'),
  }))
  const none = (one: Faults): boolean => !one.from && !one.to
  return { faults, ready: computed(() => none(typed.value)), fits: computed(() => none(faults.value)) }
}
