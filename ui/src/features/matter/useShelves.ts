import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'

import { call, toFailure, type Browse, type CallFailure, type MatterHit, type Shelf } from '@/api'

/** Ways to a matter without a word for it, in the order of their keys. */
export type Way = 'often' | 'starred' | 'departments' | 'bundles' | 'lifeEvents'
const WAYS: Way[] = ['often', 'starred', 'departments', 'bundles']

/** A department, a bundle or a life event. */
export interface ShelfGroup {
  id: string
  name: string
  note: string
  matters: number
}

/** What stands on a shelf. */
export interface Stand {
  /** `starred`, `departments:{code}`, `bundles:{id}`, `lifeEvents:{id}`. */
  shelf: string
  /** A department or bundle; none for the starred ones. */
  group: ShelfGroup | undefined
  hits: MatterHit[]
}

/** What the guide can be browsed by, and what stands on the shelf that is open. */
export interface Shelves {
  way: Ref<Way>
  /** The ways that this guide has, in the order of their keys. */
  ways: ComputedRef<Way[]>
  /** The departments or bundles to choose from; empty for the other ways. */
  groups: ComputedRef<ShelfGroup[]>
  group: ComputedRef<ShelfGroup | undefined>
  /** Every bundle of the guide, whichever way is open. */
  bundles: ComputedRef<ShelfGroup[]>
  starred: ComputedRef<number>
  /** Null while the first is being read, and for what is taken most, which the search knows. */
  stand: ShallowRef<Stand | null>
  failure: ShallowRef<CallFailure | null>
  go: (way: Way) => Promise<void>
  pick: (id: string) => Promise<void>
  /** To the group before or behind the open one. */
  step: (by: 1 | -1) => Promise<void>
  /** Reads again what is open. */
  look: () => Promise<void>
  /** Waits until what stands there is what was asked for last. */
  settled: () => Promise<void>
}

export function useShelves(): Shelves {
  const way = ref<Way>('often')
  const guide = shallowRef<Browse | null>(null)
  const at = ref('')
  const stand = shallowRef<Stand | null>(null)
  const failure = shallowRef<CallFailure | null>(null)
  let turn = 0
  let looking: Promise<void> = Promise.resolve()

  const groups = computed<ShelfGroup[]>(() => {
    if (way.value === 'departments') {
      // A department without a matter is no way to one.
      const all = guide.value?.departments ?? []
      return all.filter((d) => d.matters).map((d) => ({ id: d.code, name: d.name, note: '', matters: d.matters }))
    }
    if (way.value === 'lifeEvents') return guide.value?.life_events ?? []
    return way.value === 'bundles' ? (guide.value?.bundles ?? []) : []
  })
  const ways = computed<Way[]>(() => (guide.value?.life_events.length ? [...WAYS, 'lifeEvents'] : WAYS))
  const group = computed(() => groups.value.find((g) => g.id === at.value) ?? groups.value[0])

  function shelf(): Shelf | undefined {
    if (way.value === 'starred') return 'starred'
    const id = group.value?.id
    if (id === undefined) return undefined
    if (way.value === 'departments') return { department: id }
    return way.value === 'bundles' ? { bundle: id } : { 'life-event': id }
  }

  function look(): Promise<void> {
    looking = read(++turn)
    return looking
  }

  async function read(mine: number): Promise<void> {
    try {
      const browse = await call('browse', {})
      if (mine !== turn) return
      guide.value = browse
      const wanted = shelf()
      const name = [way.value, group.value?.id].filter(Boolean).join(':')
      const of = group.value
      const hits = wanted ? await call('shelf', { shelf: wanted }) : null
      if (mine !== turn) return
      stand.value = hits && { shelf: name, group: of, hits }
      failure.value = null
    } catch (raw) {
      if (mine === turn) failure.value = toFailure(raw)
    }
  }

  function go(next: Way): Promise<void> {
    way.value = next
    at.value = ''
    stand.value = null
    return look()
  }

  function pick(id: string): Promise<void> {
    at.value = id
    return look()
  }

  async function step(by: 1 | -1): Promise<void> {
    const here = groups.value.findIndex((g) => g.id === group.value?.id)
    const next = groups.value[here + by]
    if (next) await pick(next.id)
  }

  return {
    way,
    ways,
    groups,
    group,
    bundles: computed(() => guide.value?.bundles ?? []),
    starred: computed(() => guide.value?.starred ?? 0),
    stand,
    failure,
    settled: () => looking,
    go,
    pick,
    step,
    look,
  }
}
