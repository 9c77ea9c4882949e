import type { IdType } from '@/api'

/** The documents offered of a person; whether a number is one of its kind, the rules say. */
export const personIds: readonly IdType[] = ['resident-id', 'passport', 'hk-macao-permit', 'taiwan-permit']
/** Those of a body, for which a person may stand. */
export const bodyIds: readonly IdType[] = ['uscc', ...personIds]
