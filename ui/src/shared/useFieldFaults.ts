import type { CallFailure } from '@/api'

/** What a refusal says of a field. */
export function faultAt(failure: CallFailure | null, field: string): string {
  return failure?.field === field ? failure.message : ''
}
