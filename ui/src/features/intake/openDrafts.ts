import { reactive, ref, shallowRef, type Ref, type ShallowRef } from 'vue'

import {
  call,
  toFailure,
  type Assessment,
  type CallFailure,
  type DraftView,
  type Intake,
  type MatterView,
  type Step,
} from '@/api'

/** A change is on its way to the disk at most this long after it was made. */
const SAVE_AFTER = 200

/** A draft on the screen: what is typed here, and what the rules said of it last. */
export interface OpenDraft {
  readonly id: string
  readonly matter: MatterView
  /** What is typed; change it only through `edit`. */
  readonly intake: Intake
  readonly step: Ref<Step>
  readonly assessment: ShallowRef<Assessment>
  /** Why the last save failed; what was typed stays here and is sent again. */
  readonly failure: ShallowRef<CallFailure | null>
  /** Whether something typed has not reached the disk yet. */
  readonly dirty: Ref<boolean>
  edit(change: (intake: Intake) => void): void
  /** For a choice, not a letter: saved at once, because the screen waits for what follows. */
  choose(change: (intake: Intake) => void): void
  goTo(step: Step): Promise<boolean>
  /** Saves what is unsaved; true where all of it is on the disk. */
  save(): Promise<boolean>
}

function createOpenDraft(first: DraftView): OpenDraft {
  const intake = reactive(structuredClone(first.draft.intake))
  const step = ref<Step>(first.draft.step)
  const assessment = shallowRef(first.assessment)
  const failure = shallowRef<CallFailure | null>(null)
  const dirty = ref(false)
  let version = 0
  let savedVersion = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<boolean> | undefined

  function changed(): void {
    version += 1
    dirty.value = true
    timer ??= setTimeout(() => void save(), SAVE_AFTER)
  }

  function edit(change: (intake: Intake) => void): void {
    change(intake)
    changed()
  }

  function choose(change: (intake: Intake) => void): void {
    edit(change)
    void save()
  }

  async function saveAll(): Promise<boolean> {
    while (savedVersion < version) {
      clearTimeout(timer)
      timer = undefined
      const sending = version
      const draft = {
        id: first.draft.id,
        step: step.value,
        intake: JSON.parse(JSON.stringify(intake)) as Intake,
      }
      try {
        const answer = await call('save_draft', { draft })
        savedVersion = sending
        assessment.value = answer.assessment
        failure.value = null
      } catch (raw) {
        failure.value = toFailure(raw)
        return false
      }
    }
    dirty.value = false
    return true
  }

  function save(): Promise<boolean> {
    clearTimeout(timer)
    timer = undefined
    running ??= saveAll().finally(() => (running = undefined))
    return running
  }

  async function goTo(next: Step): Promise<boolean> {
    if (!(await save())) return false
    step.value = next
    changed()
    return save()
  }

  return {
    id: first.draft.id,
    matter: first.matter,
    intake,
    step,
    assessment,
    failure,
    dirty,
    edit,
    choose,
    goTo,
    save,
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
