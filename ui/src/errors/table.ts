import { advises, hasText, language, t, type TextKey } from '@/i18n'
import type { CallFailure } from '@/api'

/** How much it matters: `stop` nothing was done, `warn` the clerk corrects it, `wait` it passes. */
export type Severity = 'stop' | 'warn' | 'wait'

interface Entry {
  severity: Severity
  /** What became of the case and of what was typed. */
  kept: TextKey
  /** What to do next, where the program's sentence does not say it. */
  next: TextKey
  /** What happened, in words of our own; without them the program's sentence is shown. */
  words?: TextKey
}

const field: Entry = { severity: 'warn', kept: 'errors.kept.typed', next: 'errors.next.field' }
const storage: Entry = { severity: 'stop', kept: 'errors.kept.saved', next: 'errors.next.disk' }
const printer: Entry = { severity: 'stop', kept: 'errors.kept.papers', next: 'errors.next.printer' }
const otherPrinter: Entry = { severity: 'warn', kept: 'errors.kept.papers', next: 'errors.next.printer-choose' }
const form: Entry = { severity: 'warn', kept: 'errors.kept.cases', next: 'errors.next.form' }
const scan: Entry = { severity: 'warn', kept: 'errors.kept.cases', next: 'errors.next.scan' }
const install: Entry = { severity: 'stop', kept: 'errors.kept.data', next: 'errors.next.install' }
const key: Entry = { severity: 'stop', kept: 'errors.kept.data', next: 'errors.next.key' }
const guide: Entry = { severity: 'stop', kept: 'errors.kept.guide', next: 'errors.next.guide' }
const hub: Entry = { severity: 'stop', kept: 'errors.kept.cases', next: 'errors.next.hub' }
/** What the program tries again by itself. */
const passing: Entry = { severity: 'wait', kept: 'errors.kept.unsent', next: 'errors.next.network' }
const ferry: Entry = { severity: 'warn', kept: 'errors.kept.unsent', next: 'errors.next.ferry' }
const card: Entry = { severity: 'warn', kept: 'errors.kept.typed', next: 'errors.next.card' }
const paper: Entry = { severity: 'stop', kept: 'errors.kept.nothing', next: 'errors.next.again' }

/** What each code of the program means to a clerk. */
export const table: Readonly<Record<string, Entry>> = {
  'card-reader-not-set': card,
  'card-reader-not-started': card,
  'card-reader-no-card': card,
  'card-reader-device': card,
  'card-unreadable': card,
  'bad-attachment': scan,
  'bad-signature': field,
  'attachment-file': storage,
  'attachment-missing': scan,
  'attachment-damaged': scan,
  'unknown-matter': { severity: 'warn', kept: 'errors.kept.nothing', next: 'errors.next.search' },
  'not-in-force': { severity: 'warn', kept: 'errors.kept.draft', next: 'errors.next.not-in-force' },
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
  'bad-case-number': field,
  'unknown-window': field,
  'not-now': { severity: 'warn', kept: 'errors.kept.nothing', next: 'errors.next.state' },
  'not-found': { severity: 'warn', kept: 'errors.kept.nothing', next: 'errors.next.search' },
  changed: { severity: 'warn', kept: 'errors.kept.draft', next: 'errors.next.confirm' },
  'draft-gone': { severity: 'warn', kept: 'errors.kept.nothing', next: 'errors.next.filed' },
  'draft-overtaken': { severity: 'warn', kept: 'errors.kept.typed', next: 'errors.next.overtaken' },
  stale: { severity: 'warn', kept: 'errors.kept.typed', next: 'errors.next.refresh' },
  'not-signed-in': {
    severity: 'warn',
    kept: 'errors.kept.drafts',
    next: 'errors.next.sign-in',
    words: 'errors.words.not-signed-in',
  },
  'another-clerk': {
    severity: 'warn',
    kept: 'errors.kept.drafts',
    next: 'errors.next.another-clerk',
    words: 'errors.words.another-clerk',
  },
  locked: { severity: 'warn', kept: 'errors.kept.drafts', next: 'errors.next.unlock', words: 'errors.words.locked' },
  'wrong-pin': { severity: 'warn', kept: 'errors.kept.drafts', next: 'errors.next.pin' },
  'pin-locked': { severity: 'stop', kept: 'errors.kept.drafts', next: 'errors.next.pin-wait' },
  'weak-pin': { severity: 'warn', kept: 'errors.kept.typed', next: 'errors.next.pin-rule' },
  'pin-temporary': { severity: 'warn', kept: 'errors.kept.drafts', next: 'errors.next.pin-own' },
  'same-pin': { severity: 'warn', kept: 'errors.kept.typed', next: 'errors.next.pin-rule' },
  'not-lead': { severity: 'warn', kept: 'errors.kept.typed', next: 'errors.next.lead' },
  'not-administrator': { severity: 'warn', kept: 'errors.kept.typed', next: 'errors.next.administrator' },
  'not-trainer': { severity: 'warn', kept: 'errors.kept.typed', next: 'errors.next.trainer' },
  'last-administrator': { severity: 'warn', kept: 'errors.kept.nothing', next: 'errors.next.administrator-first' },
  'own-account': { severity: 'warn', kept: 'errors.kept.nothing', next: 'errors.next.own-account' },
  'bad-confirmation': field,
  'wrong-passphrase': { severity: 'warn', kept: 'errors.kept.drafts', next: 'errors.next.passphrase' },
  'no-glyph': { severity: 'stop', kept: 'errors.kept.unissued', next: 'errors.next.glyph' },
  'print-failed': printer,
  'no-printer': { severity: 'warn', kept: 'errors.kept.papers', next: 'errors.next.printer-set' },
  'no-default-printer': otherPrinter,
  'unknown-printer': otherPrinter,
  'slip-printer-no-port': otherPrinter,
  'no-slip': otherPrinter,
  'wrong-printer': otherPrinter,
  'form-not-printable': form,
  'form-damaged': form,
  'form-locked': form,
  'form-too-long': form,
  'slip-printer-missing': printer,
  'slip-printer-busy': printer,
  'slip-printer-gone': printer,
  'slip-printer-stalled': printer,
  'slip-printer-failed': printer,
  'print-refused': printer,
  'print-not-cancelled': printer,
  'printing-not-running': printer,
  'print-timeout': { severity: 'stop', kept: 'errors.kept.papers', next: 'errors.next.printer-look' },
  'slip-printer-forbidden': { severity: 'stop', kept: 'errors.kept.papers', next: 'errors.next.printer-admin' },
  'slip-printer-speed': { severity: 'stop', kept: 'errors.kept.papers', next: 'errors.next.printer-admin' },
  'print-not-allowed': { severity: 'stop', kept: 'errors.kept.papers', next: 'errors.next.printer-admin' },
  'bad-paper': { severity: 'stop', kept: 'errors.kept.papers', next: 'errors.next.again' },
  'print-unsettled': { severity: 'warn', kept: 'errors.kept.papers', next: 'errors.next.print-answer' },
  'print-unrecorded': { severity: 'stop', kept: 'errors.kept.papers', next: 'errors.next.disk' },
  'reprint-needs-reason': field,
  'reprint-reason': field,
  'bad-print-rule': field,
  'template-faulty': { severity: 'stop', kept: 'errors.kept.nothing', next: 'errors.next.templates-check' },
  'templates-unreadable': { severity: 'stop', kept: 'errors.kept.nothing', next: 'errors.next.templates' },
  'templates-faulty': { severity: 'warn', kept: 'errors.kept.templates', next: 'errors.next.templates-check' },
  'templates-changed': { severity: 'warn', kept: 'errors.kept.templates', next: 'errors.next.refresh' },
  'bad-edition-note': field,
  'empty-text': field,
  'too-long': field,
  unprintable: field,
  'bad-limit': field,
  'unknown-case': field,
  'bad-clerk-name': field,
  recused: { severity: 'warn', kept: 'errors.kept.typed', next: 'errors.next.ledger-lead' },
  'workbook-failed': { severity: 'stop', kept: 'errors.kept.cases', next: 'errors.next.again' },
  'font-missing': install,
  'font-broken': install,
  'font-unsuited': install,
  'qr-too-long': paper,
  'pdf-writer': paper,
  'not-first': { severity: 'warn', kept: 'errors.kept.data', next: 'errors.next.sign-in' },
  'no-guide': { severity: 'stop', kept: 'errors.kept.cases', next: 'errors.next.guide' },
  'bad-guide': guide,
  'guide-sample': guide,
  'guide-foreign': guide,
  'guide-damaged': guide,
  'guide-not-newer': { severity: 'warn', kept: 'errors.kept.guide', next: 'errors.next.guide' },
  'real-records': { severity: 'stop', kept: 'errors.kept.data', next: 'errors.next.practice-only' },
  'bad-scenario': { severity: 'warn', kept: 'errors.kept.data', next: 'errors.next.again' },
  file: { severity: 'warn', kept: 'errors.kept.cases', next: 'errors.next.file' },
  'file-unwritable': { severity: 'stop', kept: 'errors.kept.saved', next: 'errors.next.disk' },
  'number-taken': paper,
  'key-missing': key,
  'key-file': key,
  'key-damaged': key,
  'no-randomness': install,
  'keyring-silent': { severity: 'stop', kept: 'errors.kept.data', next: 'errors.next.keyring' },
  'hub-unreachable': {
    severity: 'wait',
    kept: 'errors.kept.unsent',
    next: 'errors.next.network',
    words: 'errors.words.hub-unreachable',
  },
  'hub-busy': passing,
  'session-ended': passing,
  cancelled: passing,
  'hub-behind': passing,
  'hub-refused': hub,
  'unknown-device': hub,
  'revoked-device': hub,
  'hub-changed': hub,
  'bad-hub-answer': hub,
  'hub-forked': hub,
  'window-behind': hub,
  'event-too-large': hub,
  'already-enrolled': { severity: 'warn', kept: 'errors.kept.cases', next: 'errors.next.hub' },
  'bad-enrol-code': { severity: 'warn', kept: 'errors.kept.typed', next: 'errors.next.enrol' },
  'not-enrolled': { severity: 'warn', kept: 'errors.kept.cases', next: 'errors.next.enrol' },
  'bad-hub-address': field,
  'insecure-hub': { severity: 'stop', kept: 'errors.kept.typed', next: 'errors.next.secure' },
  'bad-authority': { severity: 'warn', kept: 'errors.kept.typed', next: 'errors.next.secure' },
  'bad-certificate': { severity: 'stop', kept: 'errors.kept.typed', next: 'errors.next.secure' },
  'version-unsupported': { severity: 'stop', kept: 'errors.kept.unsent', next: 'errors.next.install' },
  'unknown-event': { severity: 'stop', kept: 'errors.kept.unsent', next: 'errors.next.install' },
  training: { severity: 'warn', kept: 'errors.kept.data', next: 'errors.next.training-leave' },
  'training-foreign': { severity: 'stop', kept: 'errors.kept.data', next: 'errors.next.training-folder' },
  'training-busy': { severity: 'wait', kept: 'errors.kept.nothing', next: 'errors.next.again' },
  'not-training': { severity: 'warn', kept: 'errors.kept.data', next: 'errors.next.training-enter' },
  'card-faulty': { severity: 'warn', kept: 'errors.kept.typed', next: 'errors.next.card-faulty' },
  'practice-profile': { severity: 'stop', kept: 'errors.kept.data', next: 'errors.next.practice' },
  'system-failed': { severity: 'stop', kept: 'errors.kept.cases', next: 'errors.next.again' },
  'ferry-foreign': ferry,
  'ferry-not-for-us': ferry,
  'ferry-damaged': ferry,
  'ferry-bad-signature': ferry,
  'ferry-stopped': ferry,
  'ferry-newer': { severity: 'stop', kept: 'errors.kept.unsent', next: 'errors.next.install' },
  'ferry-disk': { severity: 'stop', kept: 'errors.kept.unsent', next: 'errors.next.ferry-disk' },
  'door-closed': {
    severity: 'stop',
    kept: 'errors.kept.screen',
    next: 'errors.next.reopen',
    words: 'errors.words.door-closed',
  },
  'door-refused': {
    severity: 'stop',
    kept: 'errors.kept.data',
    next: 'errors.next.reopen',
    words: 'errors.words.door-refused',
  },
  'storage-failed': {
    severity: 'stop',
    kept: 'errors.kept.saved',
    next: 'errors.next.disk',
    words: 'errors.words.storage-failed',
  },
  'storage-folder': storage,
  'storage-migration': storage,
  'storage-damaged': { severity: 'stop', kept: 'errors.kept.data', next: 'errors.next.backup' },
  'storage-unreadable': { severity: 'stop', kept: 'errors.kept.data', next: 'errors.next.backup' },
  'storage-newer': { severity: 'stop', kept: 'errors.kept.data', next: 'errors.next.install' },
  internal: {
    severity: 'stop',
    kept: 'errors.kept.unsure',
    next: 'errors.next.again',
    words: 'errors.words.internal',
  },
}

/** A failure as a person reads it. */
export interface Explained {
  severity: Severity
  words: string
  kept: string
  /** Empty where `words` say it already. */
  next: string
  code: string
  field: string
}

/** A code that a newer program may have. */
const unknown: Entry = { severity: 'stop', kept: 'errors.kept.unsure', next: 'errors.next.again' }

function entryOf(code: string): Entry {
  return table[code] ?? (code.startsWith('storage-') ? storage : unknown)
}

/** Turns a failure into words and a next step. */
export function explain(failure: CallFailure): Explained {
  const entry = entryOf(failure.code)
  const own = entry.words && hasText(entry.words) ? t(entry.words) : ''
  const words = own || failure.message || t('errors.words.internal')
  // The program's own sentence often says what to do already; twice would only be longer.
  const advised = !own && language() === 'zh-CN' && advises(words)
  return {
    severity: entry.severity,
    words,
    kept: t(entry.kept),
    next: advised ? '' : t(entry.next),
    code: failure.code,
    field: failure.field,
  }
}
