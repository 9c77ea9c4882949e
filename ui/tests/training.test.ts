import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { attempt } from '@/features/training/attempt'
import { presenting } from '@/features/training/presenter'
import { dialogShown } from '@/shared/keyboard'

import { Screen } from './support/screen'

describe('training', () => {
  let screen: Screen
  beforeEach(() => {
    screen = new Screen()
    attempt.open.value = null
  })
  afterEach(() => {
    presenting.value = false
    screen.close()
  })

  async function inside(path = '/training'): Promise<void> {
    screen.desk.status.training = true
    await screen.open(path)
    await screen.appears('training-bar')
  }

  it('is entered from the records, and left to the sign-in', async () => {
    await screen.open('/training')
    await screen.appears('training-enter')
    expect(screen.find('training-bar')).toBeNull()
    await screen.click('training-enter')
    await screen.appears('training-bar')
    await screen.appears('cards')
    await screen.click('training-leave')
    await screen.appears('sign-in-pin')
    expect(screen.desk.calls('leave_training')).toHaveLength(1)
  })

  it('is entered from the sign-in, with the PIN of the records', async () => {
    await screen.open()
    await screen.press('F12')
    await screen.appears('sign-in-pin')
    await screen.click('sign-in-training')
    expect(screen.desk.calls('enter_training')).toHaveLength(0)
    await screen.fill('sign-in-pin', '135790')
    await screen.click('sign-in-training')
    await screen.appears('training-bar')
    expect(screen.desk.calls('sign_in')).toHaveLength(1)
  })

  it('lets a filed attempt be given up as well', async () => {
    await inside()
    await screen.click('card-c1')
    await screen.appears('walk')
    screen.desk.drafts.clear()
    await screen.router.push('/cases')
    await screen.appears('training-finish')
    await screen.click('training-drop')
    await screen.click('training-drop-confirm')
    await screen.until(() => screen.desk.calls('drop_training').length === 1)
  })

  it('begins a card by keys, and shows the applicant beside the walk', async () => {
    await inside()
    await screen.appears('card-c1')
    await screen.press('ArrowDown', 'cards-search')
    await screen.press('ArrowUp', 'cards-search')
    await screen.press('Enter', 'cards-search')
    await screen.appears('walk')
    expect((await screen.appears('role-story')).textContent).toContain('我来办许可')
    const drawn = document.querySelector('[data-testid="role"] svg')?.getAttribute('aria-label') ?? ''
    expect(drawn).toContain('（空）')
    await screen.press('x', undefined, { altKey: true })
    await screen.appears('told')
    await screen.press('z', undefined, { altKey: true })
    await screen.appears('document-dialog')
    await screen.press('2', 'document-dialog')
    expect(screen.find('document-dialog')?.dataset['at']).toBe('1')
    await screen.press('ArrowRight', 'document-dialog')
    expect(screen.find('document-dialog')?.dataset['at']).toBe('0')
  })

  it('notes what was said by digits, and takes it back', async () => {
    await inside()
    await screen.click('card-c1')
    await screen.appears('walk')
    await screen.press('c', undefined, { altKey: true })
    await screen.appears('words-panel')
    await screen.press('2', 'words-panel')
    await screen.until(() => screen.desk.calls('say_word').length === 1)
    expect(screen.desk.calls('say_word')[0]).toEqual({ attempt: 'a1', word: 'farewell', said: true })
    await screen.until(() => screen.text('training-words').includes('1/2'))
    await screen.press('2', 'words-panel')
    await screen.until(() => screen.desk.calls('say_word')[1]?.said === false)
    await screen.press('Escape', 'words-panel')
    expect(screen.find('words-panel')).toBeNull()
  })

  it('can only be handed in once a case came of it, and explains the score', async () => {
    await inside()
    await screen.click('card-c1')
    await screen.appears('walk')
    expect(screen.find('training-finish')).toBeNull()
    await screen.press('j', undefined, { altKey: true })
    expect(screen.desk.calls('finish_training')).toHaveLength(0)
    screen.desk.drafts.clear()
    await screen.router.push('/cases')
    await screen.appears('training-finish')
    await screen.press('j', undefined, { altKey: true })
    await screen.appears('training-result')
    expect(screen.text('result-points')).toContain('88')
    expect(screen.find('result-outcome')?.dataset['right']).toBe('false')
    const finding = screen.text('finding-0')
    for (const word of ['漏掉的问题', '身份证', '齐全', '不符', '过期了', '受理标准', '12']) expect(finding).toContain(word)
  })

  it('asks before an attempt is given up', async () => {
    await inside()
    await screen.click('card-c1')
    await screen.click('training-drop')
    await screen.click('training-drop-keep')
    expect(screen.desk.calls('drop_training')).toHaveLength(0)
    await screen.click('training-drop')
    await screen.click('training-drop-confirm')
    await screen.until(() => screen.desk.calls('drop_training').length === 1)
    await screen.appears('cards')
  })

  it('shows the board, and is taken back to its beginning only after a question', async () => {
    screen.desk.training.board = {
      everybody: true,
      trainees: [{ id: 'k2', name: '李强', begun: 3, finished: 2, best: 86, average: 70, course: [54, 86], weakest: 'missed-defect' }],
      attempts: [
        { id: 'a1', trainee: '李强', title: '头一回来', level: 'usual', matter_name: '许可', started_at: '2026-03-02T01:00:00Z', state: 'finished', points: 86, seconds: 300, findings: 2 },
        { id: 'a0', trainee: '李强', title: '头一回来', level: 'usual', matter_name: '许可', started_at: '2026-03-01T01:00:00Z', state: 'dropped', points: null, seconds: null, findings: null },
      ],
      attempts_total: 702,
    }
    await inside('/training/board')
    expect((await screen.appears('board-cut')).textContent).toContain('702')
    expect((await screen.appears('trainee-k2')).textContent).toContain('漏掉的问题')
    await screen.click('attempt-a1')
    await screen.appears('training-result')
    await screen.router.push('/training/board')
    await screen.click('board-reset')
    await screen.click('reset-keep')
    expect(screen.desk.calls('reset_training')).toHaveLength(0)
    await screen.click('board-reset')
    await screen.click('reset-confirm')
    await screen.until(() => screen.desk.calls('reset_training').length === 1)
  })

  it('checks a card as it is written, and keeps none that cannot be played', async () => {
    screen.desk.training.report = {
      ...screen.desk.training.report,
      outcome: null,
      findings: [{ blocks: true, path: 'documents[0].defect', message: '材料上看不出来' }],
    }
    await inside('/training/editor/c1')
    expect((await screen.appears('card-finding-0')).textContent).toContain('第 1 份')
    expect((screen.find('card-save') as HTMLButtonElement).disabled).toBe(true)
    await screen.press('s', undefined, { ctrlKey: true })
    expect(screen.desk.calls('save_card')).toHaveLength(0)
    screen.desk.training.report = { ...screen.desk.training.report, findings: [], outcome: 'accept' }
    await screen.fill('document-0-valid', '-70')
    await screen.until(() => screen.find('card-report')?.dataset['blocked'] === 'false')
    expect(screen.desk.calls('check_card').at(-1)?.documents[0]?.facts.valid).toBe(-70)
    await screen.press('s', undefined, { ctrlKey: true })
    await screen.appears('card-saved')
  })

  it('asks before a card that is not saved is left, by a key and by a tab', async () => {
    const at = (): string => screen.router.currentRoute.value.path
    await inside('/training/editor/c1')
    await screen.fill('card-title', '改过的')
    await screen.press('F5')
    await screen.appears('dialog-leave-card')
    await screen.click('leave-stay')
    await screen.until(() => !dialogShown())
    await screen.click('training-view-board')
    await screen.appears('dialog-leave-card')
    expect(at()).toBe('/training/editor/c1')
    await screen.click('leave-stay')
    expect((screen.find('card-title') as HTMLInputElement).value).toBe('改过的')
    await screen.until(() => !dialogShown())
    await screen.click('training-view-board')
    await screen.until(() => dialogShown())
    await screen.click('leave-discard')
    await screen.appears('training-board')
  })

  it('leaves a card that is as it was, saved or removed without a question', async () => {
    screen.desk.training.report.questions = [{ id: 'q9', text: '？', choices: [{ id: 'a', text: '甲' }] }] as never
    await inside('/training/editor/c1')
    await screen.appears('reply-q9')
    await screen.press('F5')
    await screen.appears('workbench')
    await screen.router.push('/training/editor/c1')
    await screen.fill('card-title', '改过的')
    await screen.until(() => screen.desk.calls('check_card').at(-1)?.title === '改过的')
    await screen.press('s', undefined, { ctrlKey: true })
    await screen.appears('card-saved')
    await screen.press('F5')
    await screen.appears('workbench')
    await screen.router.push('/training/editor/c1')
    await screen.fill('card-title', '不要了')
    await screen.until(() => screen.find('card-remove') === null)
    await screen.press('F5')
    await screen.click('leave-discard')
    await screen.appears('workbench')
  })

  it('is opened in the editor by a key', async () => {
    await inside()
    await screen.appears('card-c1')
    await screen.press('Enter', 'cards-search', { ctrlKey: true })
    await screen.appears('card-editor')
    expect(screen.desk.calls('edited_card')).toEqual([{ id: 'c1' }])
    expect(screen.desk.calls('start_training')).toEqual([])
  })

  it('begins a card for a matter that is found by typing', async () => {
    await inside('/training/editor/new')
    await screen.fill('card-matter-search', '食品')
    await screen.appears('card-matter-1001')
    await screen.press('Enter', 'card-matter-search')
    await screen.appears('card-editor')
    expect(screen.desk.calls('new_card')).toEqual([{ code: '1001' }])
  })

  it('does not send: the page of the line says so', async () => {
    await inside('/upstream')
    expect((await screen.appears('upstream-training')).textContent).toContain('不上传')
    expect(screen.find('upstream-now')).toBeNull()
  })

  it('shows the keys that are pressed, and none of what is typed', async () => {
    await inside()
    await screen.press('k', undefined, { ctrlKey: true })
    await screen.fill('palette-input', '演示')
    await screen.press('Enter', 'palette-input')
    await screen.appears('key-captions')
    await screen.press('1', 'cards-search')
    await screen.press('F5')
    await screen.until(() => screen.text('key-captions').includes('F5'))
    expect(screen.text('key-captions')).not.toContain('1')
  })
})
