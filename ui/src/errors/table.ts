import { hasText, t, type TextKey } from '@/i18n'
import type { CallFailure } from '@/api'

/** How much it matters: `stop` nothing was done, `warn` the clerk corrects it, `wait` it passes. */
export type Severity = 'stop' | 'warn' | 'wait'

interface Entry {
  severity: Severity
  /** What to do next. */
  next: TextKey
  /** Words of our own; without them the program's sentence is shown. */
  words?: TextKey
}

const field: Entry = { severity: 'warn', next: 'errors.next.field' }
const storage: Entry = { severity: 'stop', next: 'errors.next.disk' }

const table: Record<string, Entry> = {
  'unknown-matter': { severity: 'warn', next: 'errors.next.search' },
  'bad-date': field,
  'audience-mismatch': field,
  'empty-name': field,
  'unknown-id-type': field,
  'bad-id-number': field,
  'bad-phone': field,
  'agent-not-allowed': field,
  'unknown-question': field,
  'unknown-choice': field,
  unanswered: field,
  'unknown-material': field,
  'not-applicable': field,
  'duplicate-material': field,
  'unknown-check': field,
  'not-allowed': field,
  'unchecked-material': field,
  'date-before-filing': field,
  'date-before-notice': field,
  'not-in-notice': field,
  'not-now': { severity: 'warn', next: 'errors.next.state' },
  'not-found': { severity: 'warn', next: 'errors.next.search' },
  stale: { severity: 'warn', next: 'errors.next.refresh' },
  'not-signed-in': {
    severity: 'warn',
    words: 'errors.words.not-signed-in',
    next: 'errors.next.sign-in',
  },
  locked: { severity: 'warn', words: 'errors.words.locked', next: 'errors.next.unlock' },
  'wrong-pin': { severity: 'warn', next: 'errors.next.pin' },
  'pin-locked': { severity: 'stop', next: 'errors.next.pin-wait' },
  'weak-pin': { severity: 'warn', next: 'errors.next.pin-rule' },
  'wrong-passphrase': { severity: 'warn', next: 'errors.next.passphrase' },
  'no-glyph': { severity: 'stop', next: 'errors.next.glyph' },
  'print-failed': { severity: 'stop', next: 'errors.next.printer' },
  'no-printer': { severity: 'warn', next: 'errors.next.printer-set' },
  'hub-unreachable': {
    severity: 'wait',
    words: 'errors.words.hub-unreachable',
    next: 'errors.next.network',
  },
  'hub-refused': { severity: 'stop', next: 'errors.next.hub' },
  'bad-enrol-code': { severity: 'warn', next: 'errors.next.enrol' },
  'insecure-hub': { severity: 'stop', next: 'errors.next.secure' },
  'practice-profile': { severity: 'stop', next: 'errors.next.practice' },
  'door-closed': {
    severity: 'stop',
    words: 'errors.words.door-closed',
    next: 'errors.next.reopen',
  },
  'door-refused': {
    severity: 'stop',
    words: 'errors.words.door-refused',
    next: 'errors.next.reopen',
  },
  internal: { severity: 'stop', words: 'errors.words.internal', next: 'errors.next.again' },
}

/** A failure as a person reads it. */
export interface Explained {
  severity: Severity
  words: string
  next: string
  code: string
  field: string
}

function entryOf(code: string): Entry {
  if (code.startsWith('storage-')) return storage
  return table[code] ?? { severity: 'stop', next: 'errors.next.again' }
}

/** Turns a failure into words and a next step. */
export function explain(failure: CallFailure): Explained {
  const entry = entryOf(failure.code)
  const own = entry.words && hasText(entry.words) ? t(entry.words) : ''
  return {
    severity: entry.severity,
    words: own || failure.message || t('errors.words.internal'),
    next: t(entry.next),
    code: failure.code,
    field: failure.field,
  }
}
