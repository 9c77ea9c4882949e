import type { Dissatisfaction, Satisfaction } from '@/api'

/** The five grades, the best first: an order for eyes, not a number for anybody. */
export const grades: readonly Satisfaction[] = [
  'very-satisfied',
  'satisfied',
  'fair',
  'dissatisfied',
  'very-dissatisfied',
]

/** The reasons that go with the lower two. */
export const reasons: readonly Dissatisfaction[] = [
  'manner',
  'not-told-at-once',
  'beyond-checklist',
  'overdue',
  'sent-to-and-fro',
  'other',
]

/** Whether a grade asks why. */
export function isBad(grade: Satisfaction): boolean {
  return grade === 'dissatisfied' || grade === 'very-dissatisfied'
}
