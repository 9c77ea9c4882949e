import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'

import { call, toFailure, type CallFailure, type DocumentKind, type Restored, type TemplateFinding, type TemplateSet, type TemplatesView } from '@/api'
import { useAct, useRead, type Act, type Read } from '@/shared/useCall'

/** What is open on the left: a kind of paper, or what all papers share. */
export type Entry = DocumentKind | 'shared'

/** How long typing rests before the set is checked and drawn. */
const RESTS = 400

/** Work that was left without being saved: a locked screen must not lose it. */
let left: { base: number; draft: TemplateSet } | null = null

export interface OpenTemplates {
  read: Read<TemplatesView>
  /** The set as it is being written; null until read. */
  draft: ShallowRef<TemplateSet | null>
  /** The draft as text, once typing rests. */
  settled: Ref<string>
  dirty: ComputedRef<boolean>
  /** Whether unsaved work of an earlier visit was taken up. */
  resumed: Ref<boolean>
  findings: ShallowRef<TemplateFinding[]>
  checkFailure: ShallowRef<CallFailure | null>
  /** Whether the findings are those of the draft as it is. */
  checked: ComputedRef<boolean>
  open: () => Promise<void>
  change: (set: TemplateSet) => void
  discard: () => void
  /** Forgets the unsaved work when the screen goes. */
  abandon: () => void
  differs: (entry: Entry) => boolean
  save: Act<[note: string], TemplatesView>
  restore: Act<[what: Restored, note: string], TemplatesView>
  reuse: Act<[edition: number, note: string], TemplatesView>
}

/** What the set has for all papers. */
function shared(set: TemplateSet): unknown {
  return { ...set, papers: null }
}

export function useTemplates(): OpenTemplates {
  const read = useRead(() => call('templates', {}))
  const draft = shallowRef<TemplateSet | null>(null)
  const settled = ref('')
  const resumed = ref(false)
  const findings = shallowRef<TemplateFinding[]>([])
  const checkFailure = shallowRef<CallFailure | null>(null)
  const checkedText = ref('')
  const text = computed(() => (draft.value ? JSON.stringify(draft.value) : ''))
  const kept = computed(() => (read.value.value ? JSON.stringify(read.value.value.set) : ''))
  const dirty = computed(() => text.value !== '' && kept.value !== '' && text.value !== kept.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  let abandoned = false

  async function check(): Promise<void> {
    const asked = text.value
    settled.value = asked
    try {
      const found = await call('check_templates', { text: asked })
      if (asked !== text.value) return
      findings.value = found
      checkFailure.value = null
      checkedText.value = asked
    } catch (raw) {
      if (asked === text.value) checkFailure.value = toFailure(raw)
    }
  }

  function take(view: TemplatesView): void {
    read.value.value = view
    read.failure.value = null
    draft.value = view.set
  }

  async function open(): Promise<void> {
    await read.load()
    const view = read.value.value
    if (!view) return
    resumed.value = left?.base === view.edition
    draft.value = resumed.value && left ? left.draft : view.set
    left = null
  }

  const base = (): number => read.value.value?.edition ?? 0
  const save = useAct(async (note: string) => {
    const view = await call('install_templates', { text: text.value, note, base: base() })
    take(view)
    return view
  })
  const restore = useAct(async (what: Restored, note: string) => {
    const view = await call('restore_templates', { what, note, base: base() })
    take(view)
    return view
  })
  const reuse = useAct(async (edition: number, note: string) => {
    const view = await call('reuse_templates', { edition, note, base: base() })
    take(view)
    return view
  })

  function differs(entry: Entry): boolean {
    const [now, own] = [draft.value, read.value.value?.own]
    if (!now || !own) return false
    const of = (set: TemplateSet): unknown => (entry === 'shared' ? shared(set) : set.papers[entry])
    return JSON.stringify(of(now)) !== JSON.stringify(of(own))
  }

  watch(text, () => {
    clearTimeout(timer)
    if (text.value) timer = setTimeout(() => void check(), settled.value ? RESTS : 0)
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    left = dirty.value && draft.value && !abandoned ? { base: base(), draft: draft.value } : null
  })

  return {
    read,
    draft,
    settled,
    dirty,
    resumed,
    findings,
    checkFailure,
    checked: computed(() => checkedText.value === text.value),
    open,
    change: (set) => (draft.value = set),
    discard: () => {
      draft.value = read.value.value?.set ?? null
      resumed.value = false
    },
    abandon: () => (abandoned = true),
    differs,
    save,
    restore,
    reuse,
  }
}
