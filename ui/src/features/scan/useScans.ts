import { computed, onMounted, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'

import { call, toFailure, upload, type CallFailure, type ScanOwner, type ScanView } from '@/api'
import { upstream } from '@/app/upstream'
import { t } from '@/i18n'

/** The largest file that may be added, in bytes. */
export const LARGEST_SCAN = 50 * 1024 * 1024

/** The scans of a draft or a case, and what can be done with them. */
export interface Scans {
  owner: ComputedRef<ScanOwner>
  all: ShallowRef<ScanView[]>
  /** Those of a material, in the order added. */
  of: (material: string) => ScanView[]
  /** The material that a file is being added to; empty while none is. */
  adding: Ref<string>
  /** What was refused last, and of which material. */
  refused: ShallowRef<{ material: string; failure: CallFailure | null; words: string } | null>
  add: (material: string, files: Iterable<File>) => Promise<void>
  remove: (scan: ScanView, reason: string) => Promise<void>
  load: () => Promise<void>
}

/** Keeps the scans of `whose` at hand; `changed` hears when the clerk changed them. */
export function useScans(whose: () => ScanOwner, changed: () => void = () => {}): Scans {
  const owner = computed(whose)
  const all = shallowRef<ScanView[]>([])
  const adding = ref('')
  const refused = shallowRef<Scans['refused']['value']>(null)
  let turn = 0

  async function load(): Promise<void> {
    const mine = ++turn
    try {
      const found = await call('scans', { owner: owner.value })
      if (mine === turn) all.value = found
    } catch (raw) {
      if (mine === turn) refused.value = { material: '', failure: toFailure(raw), words: '' }
    }
  }

  function take(found: ScanView[]): void {
    turn += 1
    all.value = found
    changed()
    void upstream.look()
  }

  /** One after the other: each is on disk before the next is read. The first refusal ends it. */
  async function add(material: string, files: Iterable<File>): Promise<void> {
    if (adding.value) return
    refused.value = null
    adding.value = material
    try {
      for (const file of files) {
        if (file.size > LARGEST_SCAN) {
          const words = t('scan.tooLarge', { name: file.name })
          refused.value = { material, failure: null, words }
          return
        }
        const request = { owner: owner.value, material, name: file.name }
        take(await upload('add_scan', request, file))
      }
    } catch (raw) {
      refused.value = { material, failure: toFailure(raw), words: '' }
    } finally {
      adding.value = ''
    }
  }

  async function remove(scan: ScanView, reason: string): Promise<void> {
    const { material, hash } = scan
    take(await call('remove_scan', { owner: owner.value, material, hash, reason }))
  }

  // While bytes travel, what is shown grows with every look at the exchange.
  watch(upstream.state, () => {
    const travels = (s: ScanView): boolean => s.state.state === 'waiting' || s.state.state === 'sending'
    if (all.value.some(travels)) void load()
  })
  watch(owner, (now, before) => {
    if (now.id === before.id) return
    all.value = []
    refused.value = null
    void load()
  })
  onMounted(load)

  const of = (material: string): ScanView[] => all.value.filter((s) => s.material === material)
  return { owner, all, of, adding, refused, add, remove, load }
}
