import { hasText, t, type TextKey } from '@/i18n'
import type { CallFailure } from '@/api'

/** How much it matters: `stop` nothing was done, `warn` the clerk corrects it, `wait` it passes. */
export type Severity = 'stop' | 'warn' | 'wait'

interface Entry {
  severity: Severity
  /** What to do next, where the program's sentence does not say it. */
  next: TextKey
  /** Words of our own; without them the program's sentence is shown. */
  words?: TextKey
}

const field: Entry = { severity: 'warn', next: 'errors.next.field' }
const storage: Entry = { severity: 'stop', next: 'errors.next.disk' }
const printer: Entry = { severity: 'stop', next: 'errors.next.printer' }
const form: Entry = { severity: 'warn', next: 'errors.next.form' }
const install: Entry = { severity: 'stop', next: 'errors.next.install' }

const table: Record<string, Entry> = {
  'bad-attachment': { severity: 'warn', next: 'errors.next.scan' },
  'attachment-file': storage,
  'attachment-missing': { severity: 'warn', next: 'errors.next.scan' },
  'attachment-damaged': { severity: 'warn', next: 'errors.next.scan' },
  'unknown-matter': { severity: 'warn', next: 'errors.next.search' },
  'not-in-force': { severity: 'warn', next: 'errors.next.not-in-force' },
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
  changed: { severity: 'warn', next: 'errors.next.confirm' },
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
  'no-default-printer': { severity: 'warn', next: 'errors.next.printer-choose' },
  'unknown-printer': { severity: 'warn', next: 'errors.next.printer-choose' },
  'form-not-printable': form,
  'form-damaged': form,
  'form-locked': form,
  'form-too-long': form,
  'slip-printer-missing': printer,
  'slip-printer-forbidden': install,
  'slip-printer-busy': printer,
  'slip-printer-gone': printer,
  'slip-printer-no-port': { severity: 'warn', next: 'errors.next.printer-choose' },
  'slip-printer-speed': install,
  'slip-printer-stalled': printer,
  'slip-printer-failed': printer,
  'no-slip': { severity: 'warn', next: 'errors.next.printer-choose' },
  'print-refused': printer,
  'print-timeout': printer,
  'wrong-printer': { severity: 'warn', next: 'errors.next.printer-choose' },
  'print-not-allowed': install,
  'print-not-cancelled': printer,
  'bad-paper': { severity: 'stop', next: 'errors.next.again' },
  'print-unsettled': { severity: 'warn', next: 'errors.next.print-answer' },
  'print-unrecorded': storage,
  'reprint-needs-reason': field,
  'reprint-reason': field,
  'bad-print-rule': field,
  'printing-not-running': printer,
  'template-faulty': { severity: 'stop', next: 'errors.next.templates-check' },
  'templates-unreadable': { severity: 'stop', next: 'errors.next.templates' },
  'templates-faulty': { severity: 'warn', next: 'errors.next.templates-check' },
  'templates-changed': { severity: 'warn', next: 'errors.next.refresh' },
  'bad-edition-note': field,
  'empty-text': field,
  'too-long': field,
  'bad-limit': field,
  'unknown-case': field,
  recused: { severity: 'warn', next: 'errors.next.ledger-lead' },
  'workbook-failed': { severity: 'stop', next: 'errors.next.again' },
  'font-missing': install,
  'font-broken': install,
  'qr-too-long': { severity: 'stop', next: 'errors.next.again' },
  'pdf-writer': { severity: 'stop', next: 'errors.next.again' },
  'bad-clerk-name': field,
  'not-first': { severity: 'warn', next: 'errors.next.sign-in' },
  'no-guide': { severity: 'stop', next: 'errors.next.guide' },
  'bad-guide': { severity: 'stop', next: 'errors.next.guide' },
  'guide-sample': { severity: 'stop', next: 'errors.next.guide' },
  'guide-not-newer': { severity: 'warn', next: 'errors.next.guide' },
  'real-records': { severity: 'stop', next: 'errors.next.practice-only' },
  'number-taken': { severity: 'stop', next: 'errors.next.again' },
  'key-missing': install,
  'key-file': install,
  'key-damaged': install,
  'keyring-silent': { severity: 'stop', next: 'errors.next.keyring' },
  'hub-unreachable': {
    severity: 'wait',
    words: 'errors.words.hub-unreachable',
    next: 'errors.next.network',
  },
  'hub-refused': { severity: 'stop', next: 'errors.next.hub' },
  'bad-enrol-code': { severity: 'warn', next: 'errors.next.enrol' },
  'insecure-hub': { severity: 'stop', next: 'errors.next.secure' },
  'not-enrolled': { severity: 'warn', next: 'errors.next.enrol' },
  'already-enrolled': { severity: 'warn', next: 'errors.next.hub' },
  'bad-hub-address': field,
  'bad-authority': { severity: 'warn', next: 'errors.next.secure' },
  'bad-certificate': { severity: 'stop', next: 'errors.next.secure' },
  'hub-busy': { severity: 'wait', next: 'errors.next.network' },
  'session-ended': { severity: 'wait', next: 'errors.next.network' },
  'version-unsupported': install,
  'unknown-device': { severity: 'stop', next: 'errors.next.hub' },
  'hub-changed': { severity: 'stop', next: 'errors.next.hub' },
  'bad-hub-answer': { severity: 'stop', next: 'errors.next.hub' },
  'hub-behind': { severity: 'stop', next: 'errors.next.hub' },
  'hub-forked': { severity: 'stop', next: 'errors.next.hub' },
  'window-behind': { severity: 'stop', next: 'errors.next.hub' },
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
  /** Empty where `words` say it already. */
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
  const words = own || failure.message || t('errors.words.internal')
  // The program's own sentence often says what to do already; twice would only be longer.
  const advised = !own && words.includes(t('errors.adviceMark'))
  return {
    severity: entry.severity,
    words,
    next: advised ? '' : t(entry.next),
    code: failure.code,
    field: failure.field,
  }
}
