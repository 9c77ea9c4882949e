import { reactive, ref, shallowRef, type Ref, type ShallowRef } from 'vue'

import {
  call,
  toFailure,
  type Assessment,
  type BundleView,
  type CallFailure,
  type DraftView,
  type Intake,
  type MatterView,
  type Step,
} from '@/api'

/** A draft on the screen: what is typed here, and what the rules said of it last. */
export interface OpenDraft {
  readonly id: string
  readonly matter: MatterView
  /** What is typed; change it only through `edit`. */
  readonly intake: Intake
  readonly step: Ref<Step>
  readonly assessment: ShallowRef<Assessment>
  /** The bundle that it is of; null where it is of one matter. */
  readonly bundle: ShallowRef<BundleView | null>
  /** The matters of the bundle that are taken, as chosen here. */
  readonly taken: Ref<readonly string[]>
  /** Why the last save failed; what was typed stays here and is sent again. */
  readonly failure: ShallowRef<CallFailure | null>
  /** Whether something typed has not reached the disk yet. */
  readonly dirty: Ref<boolean>
  /** Changes what is typed. It leaves for the disk at once; changes made meanwhile go together. */
  edit(change: (intake: Intake) => void): void
  /** Takes these matters of the bundle, and leaves out the others. */
  take(codes: string[]): void
  goTo(step: Step): Promise<boolean>
  /** Saves what is unsaved; true where all of it is on the disk. */
  save(): Promise<boolean>
  /** Where another page saved the draft since: saves what is here over it, */
  keepMine(): Promise<boolean>
  /** or takes what is there, and lets go of what is here. */
  takeTheirs(): Promise<void>
  /** Asks the rules again about what is typed, where the guide or the day may have changed. */
  reassess(): Promise<boolean>
}

function createOpenDraft(first: DraftView): OpenDraft {
  const intake = reactive(structuredClone(first.draft.intake))
  const step = ref<Step>(first.draft.step)
  const matter = shallowRef(first.matter)
  const assessment = shallowRef(first.assessment)
  const bundle = shallowRef(first.bundle ?? null)
  const taken = ref<readonly string[]>(first.draft.bundle?.taken ?? [])
  const failure = shallowRef<CallFailure | null>(null)
  const dirty = ref(false)
  let stored: string | null = first.stored
  let version = 0
  let savedVersion = 0
  let running: Promise<boolean> | undefined

  function reassess(): Promise<boolean> {
    version += 1
    dirty.value = true
    return save()
  }

  function edit(change: (intake: Intake) => void): void {
    change(intake)
    void reassess()
  }

  function take(codes: string[]): void {
    taken.value = codes
    void reassess()
  }

  async function saveAll(): Promise<boolean> {
    try {
      while (savedVersion < version) {
        const sending = version
        const draft = {
          id: first.draft.id,
          step: step.value,
          intake: JSON.parse(JSON.stringify(intake)) as Intake,
          ...(bundle.value ? { bundle: { id: bundle.value.id, taken: [...taken.value] } } : {}),
        }
        const answer = await call('save_draft', stored === null ? { draft } : { draft, over: stored })
        savedVersion = sending
        stored = answer.stored
        matter.value = answer.matter
        assessment.value = answer.assessment
        bundle.value = answer.bundle ?? null
        failure.value = null
      }
      dirty.value = false
      return true
    } catch (raw) {
      failure.value = toFailure(raw)
      // It may have been written all the same: what is there now is not known here.
      if (failure.value.code !== 'draft-overtaken') stored = null
      return false
    } finally {
      // In the same breath as the last look at `version`: a change right after starts anew.
      running = undefined
    }
  }

  function save(): Promise<boolean> {
    if (savedVersion === version) return Promise.resolve(true)
    running ??= saveAll()
    return running
  }

  function keepMine(): Promise<boolean> {
    stored = null
    return reassess()
  }

  async function takeTheirs(): Promise<void> {
    const there = await call('open_draft', { id: first.draft.id })
    for (const key of Object.keys(intake)) Reflect.deleteProperty(intake, key)
    Object.assign(intake, structuredClone(there.draft.intake))
    step.value = there.draft.step
    matter.value = there.matter
    assessment.value = there.assessment
    bundle.value = there.bundle ?? null
    taken.value = there.draft.bundle?.taken ?? []
    stored = there.stored
    savedVersion = version
    dirty.value = false
    failure.value = null
  }

  async function goTo(next: Step): Promise<boolean> {
    if (!(await save())) return false
    step.value = next
    return reassess()
  }

  return {
    id: first.draft.id,
    get matter() {
      return matter.value
    },
    intake,
    step,
    assessment,
    bundle,
    taken,
    failure,
    dirty,
    edit,
    take,
    goTo,
    save,
    keepMine,
    takeTheirs,
    reassess,
  }
}

const open = new Map<string, OpenDraft>()

/**
 * The drafts on this page. One that could not be saved stays here, also over a sign-out, until it
 * was.
 */
export const openDrafts = {
  async open(id: string): Promise<OpenDraft> {
    const here = open.get(id)
    if (here?.dirty.value) {
      await here.save()
      return here
    }
    const draft = createOpenDraft(await call('open_draft', { id }))
    open.set(id, draft)
    return draft
  },

  /** Forgets a draft that became a case or was thrown away. */
  forget(id: string): void {
    open.delete(id)
  },

  async saveAll(): Promise<void> {
    await Promise.all([...open.values()].filter((d) => d.dirty.value).map((d) => d.save()))
  },
}
