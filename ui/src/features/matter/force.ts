import type { NotInForce } from '@/api'
import { t } from '@/i18n'
import { longDate } from '@/shared/dates'

/** Why no application for a matter is taken, in the words of a screen. */
export interface ForceWords {
  /** For a list, with the day. */
  mark: string
  /** A sentence. */
  reason: string
  /** What the clerk can do. */
  next: string
}

export function forceWords(why: NotInForce): ForceWords {
  const day = why.state === 'not-yet' ? why.from : why.state === 'cancelled' ? why.since : null
  const name = why.state === 'cancelled' && !day ? 'cancelledAtSomeTime' : why.state
  const date = day ? longDate(day) : ''
  return {
    mark: t(`matter.force.${name}.mark`, { date }),
    reason: t(`matter.force.${name}.reason`, { date }),
    next: t(`matter.force.${name}.next`),
  }
}
