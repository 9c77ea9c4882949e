import { reactive } from 'vue'

import type { LedgerChannel, LedgerEntryView, LedgerInput, LedgerKind, LedgerReply, LedgerStep } from '@/api'

import { session } from '@/app/session'

import type { ChosenMatter } from './MatterField.vue'

/** What is being typed into a ledger. */
export interface LedgerDraft {
  channel: LedgerChannel
  on: string
  person: string
  contact: string
  content: string
  about: string
  matter: ChosenMatter | null
  caseNumber: string
  /** How a question was answered; empty where it was not yet. */
  answer: string
}

function empty(channel: LedgerChannel): LedgerDraft {
  return { channel, on: '', person: '', contact: '', content: '', about: '', matter: null, caseNumber: '', answer: '' }
}

/**
 * What was begun and not saved, by clerk and ledger: a call that comes in between loses nothing, and
 * what one clerk typed about a complaint is not for the next.
 */
const drafts = reactive(new Map<string, LedgerDraft>())
const USUAL: Record<LedgerKind, LedgerChannel> = { consultation: 'phone', obstruction: 'window', complaint: 'window', assistance: 'window' }

/** The draft of a ledger, of who is signed in. */
export function draftOf(kind: LedgerKind): LedgerDraft {
  const key = `${session.status.value?.clerk?.id ?? ''} ${kind}`
  const begun = drafts.get(key)
  if (begun) return begun
  drafts.set(key, empty(USUAL[kind]))
  return draftOf(kind)
}

/** Begins a new draft; how it came is mostly how the last one came. */
export function clearDraft(kind: LedgerKind): void {
  const draft = draftOf(kind)
  Object.assign(draft, empty(draft.channel))
}

/** An entry as it is corrected. */
export function draftFrom(view: LedgerEntryView): LedgerDraft {
  const { facts } = view.entry
  return {
    channel: facts.channel,
    on: facts.on,
    person: facts.person,
    contact: facts.contact,
    content: facts.content,
    about: facts.about,
    matter: facts.matter,
    caseNumber: facts.case?.number ?? '',
    answer: '',
  }
}

/** A draft as the program takes it. */
export function inputOf(draft: LedgerDraft): LedgerInput {
  return {
    channel: draft.channel,
    on: draft.on.trim() || null,
    person: draft.person,
    contact: draft.contact,
    content: draft.content,
    about: draft.about,
    matter: draft.matter?.code ?? null,
    case_number: draft.caseNumber,
  }
}

/** The step that settles a question that was answered while the person waited. */
export function answerOf(draft: LedgerDraft): LedgerStep | null {
  const text = draft.answer.trim()
  if (!text) return null
  const reply: LedgerReply = draft.channel === 'window' ? 'in-person' : draft.channel === 'letter' ? 'writing' : 'phone'
  return { step: 'close', outcome: 'answered', text, reply }
}
