import type { AddScan, BundleDraft, Draft, DraftView, ScanOwner, ScanView } from '@/api'
import { CallFailure } from '@/api'

import { fakeBundleView } from './fakeBundle'
import { fileDraft } from './fakeCases'
import { TODAY, type FakeDesk, type Handlers } from './fakeDesk'
import { bundleOf, matterView } from './fakeMatters'

function draftView(desk: FakeDesk, draft: Draft): DraftView {
  const assessment = desk.assess(draft.intake)
  const bundle = desk.bundles.find((b) => b.id === draft.bundle?.id)
  const found = assessment.determination
  return {
    draft,
    matter: matterView(desk, draft.intake.matter),
    stored: JSON.stringify(draft),
    assessment: bundle ? { ...assessment, determination: null } : assessment,
    ...(bundle ? { bundle: fakeBundleView({ ...bundle, matters: bundle.matters.map((code) => desk.matterOf(code)) }, draft, found) } : {}),
  }
}

function begin(desk: FakeDesk, code: string, answers: Record<string, string>, bundle?: BundleDraft): DraftView {
  const { agent, ...told } = answers
  desk.n += 1
  const draft: Draft = {
    id: `d${desk.n}`,
    step: 'questions',
    intake: {
      matter: desk.matterOf(code).code,
      filed_on: TODAY,
      answers: told,
      applicant: { kind: '', name: '', id_type: '', id_number: '', phone: null },
      agent:
        agent === 'yes' ? { name: '', id_type: 'resident-id', id_number: '', phone: null } : null,
      materials: [],
    },
    ...(bundle ? { bundle } : {}),
  }
  desk.drafts.set(draft.id, draft)
  return draftView(desk, draft)
}

export function draftOf(desk: FakeDesk, id: string): Draft {
  const draft = desk.drafts.get(id)
  if (!draft) throw new CallFailure('draft-gone', '这份草稿已经不在了')
  return draft
}

export function addScan(desk: FakeDesk, request: AddScan, file: Blob): ScanView[] {
  const hash = String(desk.uploads.length).padStart(64, '0')
  const { owner, material, name } = request
  const media = name.endsWith('.pdf') ? 'application/pdf' : 'image/jpeg'
  const state = { state: owner.kind === 'draft' ? ('local' as const) : ('waiting' as const) }
  const scan: ScanView = { material, hash, name, size: file.size, media, state }
  desk.scans.set(owner.id, [...scansOf(desk, owner), scan])
  return scansOf(desk, owner)
}

function scansOf(desk: FakeDesk, owner: ScanOwner): ScanView[] {
  return structuredClone(desk.scans.get(owner.id) ?? [])
}

/** Drafts, who stands at the window, and the scans of both. */
export function intakeHandlers(desk: FakeDesk) {
  return {
    start_draft: ({ code, answers }) => begin(desk, code, answers ?? {}),
    start_bundle: ({ id, taken, answers }) => {
      const bundle = bundleOf(desk, id)
      const lead = bundle.matters[0]?.code ?? ''
      const codes = bundle.matters.map((matter) => matter.code)
      return begin(desk, lead, answers ?? {}, { id, taken: taken ?? codes })
    },
    open_draft: ({ id }) => draftView(desk, draftOf(desk, id)),
    save_draft: ({ draft, over }) => {
      const there = JSON.stringify(draftOf(desk, draft.id))
      if (over !== undefined && over !== there) throw new CallFailure('draft-overtaken', '这份登记刚在另一个页面改过，两边内容不一样')
      desk.drafts.set(draft.id, draft)
      return draftView(desk, draft)
    },
    discard_draft: ({ id }) => {
      desk.drafts.delete(id)
      return {}
    },
    file_case: ({ id, notice_later }) => fileDraft(desk, id, notice_later),
    known_parties: ({ text }) =>
      desk.parties.filter((p) => p.party.name.startsWith(text) || p.party.id_number.startsWith(text)),
    card_reader: () => ({ program: desk.cardReader }),
    set_card_reader: ({ program }) => {
      desk.cardReader = program || null
      return { program: desk.cardReader }
    },
    read_card: () => ({ name: '额尔敦巴图', id_type: 'resident-id', id_number: '15078519080609008X', address: '' }),
    read_card_text: ({ text }) => {
      const [name = ''] = text.split('\t')
      const number = /\d{17}[\dX]/.exec(text)?.[0] ?? ''
      return { name: name === number ? '' : name, id_type: 'resident-id', id_number: number, address: '' }
    },
    file_bundle: ({ id, notice_later }) => fileDraft(desk, id, notice_later),
    scans: ({ owner }) => scansOf(desk, owner),
    remove_scan: ({ owner, hash, reason }) => {
      if (owner.kind === 'case' && !reason) throw new CallFailure('not-allowed', '请填写移除的原因')
      desk.scans.set(owner.id, scansOf(desk, owner).filter((s) => s.hash !== hash))
      return scansOf(desk, owner)
    },
  } satisfies Partial<Handlers>
}
