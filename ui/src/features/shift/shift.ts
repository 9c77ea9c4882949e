import { ref, shallowRef } from 'vue'

import { call, type LeftOpen, type ShiftView } from '@/api'

/** Whether the desk is being handed over. */
export const shiftOpen = ref(false)

/** The shift that waits to be taken over. */
export const waitingShift = shallowRef<ShiftView | null>(null)

export async function lookForShift(): Promise<void> {
  try {
    waitingShift.value = await call('waiting_shift', {})
  } catch {
    // It is offered again with the next look at the workbench.
    waitingShift.value = null
  }
}

/** What is open, in the order of the workbench; what is nothing is left out. */
export function openParts(left: LeftOpen): { part: keyof LeftOpen; n: number }[] {
  const parts = [
    'attention',
    'notices',
    'acceptable',
    'results',
    'papers',
    'earlier_papers',
    'drafts',
    'ledger',
  ] as const
  return parts.map((part) => ({ part, n: left[part] })).filter(({ n }) => n > 0)
}
