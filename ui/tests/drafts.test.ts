import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { openDoor } from '@/api'
import { openDrafts, type OpenDraft } from '@/features/intake/openDrafts'

import { FakeDesk } from './support/fakeDesk'
import { department, matters } from './support/guide'

let desk: FakeDesk
let draft: OpenDraft

beforeEach(async () => {
  vi.useFakeTimers()
  desk = new FakeDesk(structuredClone(matters), department)
  openDoor(desk)
  const view = await desk.call('start_draft', { code: '1001' })
  draft = await openDrafts.open(view.draft.id)
})
afterEach(() => {
  openDrafts.forget(draft.id)
  vi.useRealTimers()
})

const nameOnDisk = () => desk.drafts.get(draft.id)?.intake.applicant.name
const type = (name: string) => draft.edit((i) => (i.applicant.name = name))

describe('a draft', () => {
  it('does not save over what another page saved, and goes on with the one that is chosen', async () => {
    const elsewhere = (name: string): void => {
      const there = structuredClone(desk.drafts.get(draft.id))
      if (!there) throw new Error('it is there')
      there.intake.applicant.name = name
      desk.drafts.set(draft.id, there)
    }
    type('王小明')
    await vi.runAllTimersAsync()
    elsewhere('李四')
    type('王小明明')
    await vi.runAllTimersAsync()
    expect(draft.failure.value?.code).toBe('draft-overtaken')
    expect(nameOnDisk()).toBe('李四')
    expect(draft.intake.applicant.name).toBe('王小明明')

    await draft.keepMine()
    expect(nameOnDisk()).toBe('王小明明')
    expect(draft.failure.value).toBeNull()

    elsewhere('赵五')
    expect(await draft.reassess()).toBe(false)
    await draft.takeTheirs()
    expect(draft.intake.applicant.name).toBe('赵五')
    expect(draft.dirty.value).toBe(false)
    type('赵五五')
    await vi.runAllTimersAsync()
    expect(nameOnDisk()).toBe('赵五五')
  })

  it('is on the disk at most 300 ms after a change, also while typing goes on', async () => {
    for (const letter of ['王', '王小', '王小明', '王小明明']) {
      type(letter)
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(nameOnDisk()).not.toBe('')
    await vi.advanceTimersByTimeAsync(300)
    expect(nameOnDisk()).toBe('王小明明')
    expect(draft.dirty.value).toBe(false)
  })

  it('sends what was typed while a save was under way', async () => {
    const open = desk.hold()
    type('王')
    const saving = draft.save()
    type('王敏')
    expect(draft.dirty.value).toBe(true)
    open()
    await saving
    expect(nameOnDisk()).toBe('王敏')
    expect(draft.dirty.value).toBe(false)
  })

  it('keeps what could not be saved, says so, and saves it when asked again', async () => {
    desk.fail('save_draft', 'storage-full', '磁盘满了')
    type('王敏')
    expect(await draft.save()).toBe(false)
    expect(draft.failure.value?.code).toBe('storage-full')
    expect(draft.dirty.value).toBe(true)
    expect(draft.intake.applicant.name).toBe('王敏')
    expect(await draft.save()).toBe(true)
    expect(nameOnDisk()).toBe('王敏')
    expect(draft.failure.value).toBeNull()
  })

  it('does not change the step while the last words are not saved', async () => {
    desk.fail('save_draft', 'storage-full')
    type('王敏')
    expect(await draft.goTo('applicant')).toBe(false)
    expect(draft.step.value).toBe('questions')
  })

  it('is the same one after a sign-out in between, with everything typed', async () => {
    desk.fail('save_draft', 'not-signed-in')
    type('王敏')
    await draft.save()
    const again = await openDrafts.open(draft.id)
    expect(again.intake.applicant.name).toBe('王敏')
    expect(nameOnDisk()).toBe('王敏')
  })
})
