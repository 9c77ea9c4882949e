import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { TemplateSet } from '@/api'
import { Screen } from './support/screen'

let screen: Screen
beforeEach(() => {
  screen = new Screen()
})
afterEach(async () => {
  // Unsaved work would be found again by the next test.
  if (screen.find('templates-discard')) await screen.click('templates-discard')
  screen.close()
})

const GREETING = 'words-/papers/material-receipt/blocks/0/text'

async function opened(): Promise<void> {
  await screen.open('/templates')
  await screen.appears(GREETING)
  await settled()
}

/** The check has seen what is in the fields. */
async function settled(count?: number): Promise<void> {
  await screen.until(() => {
    const bar = screen.find('findings')?.dataset
    return bar?.['checked'] === 'true' && (count === undefined || bar['count'] === String(count))
  }, `checked, ${count ?? 'any'} findings`)
}

const page = (): DOMStringMap => screen.find('templates')?.dataset ?? {}
const isOff = (testid: string): boolean => (screen.find(testid) as HTMLButtonElement).disabled

function installed(): TemplateSet {
  const last = screen.desk.calls('install_templates').at(-1)
  return JSON.parse(last?.text ?? '{}') as TemplateSet
}

describe('the templates of the papers', () => {
  it('are changed, checked, seen and saved as a new edition with a note', async () => {
    await opened()
    expect(isOff('templates-save')).toBe(true)
    const before = screen.desk.calls('preview_template').length
    await screen.fill(GREETING, '尊敬的{申请人}：')
    expect(page()['dirty']).toBe('true')
    expect(screen.find('kind-material-receipt')?.dataset['changed']).toBe('true')
    expect(screen.find('kind-refusal')?.dataset['changed']).toBe('false')
    await settled(0)
    await screen.until(() => screen.desk.calls('preview_template').length > before)
    expect(screen.desk.calls('preview_template').at(-1)?.text).toContain('尊敬的')
    await screen.press('s', undefined, { ctrlKey: true })
    await screen.fill('save-note', '改了称谓')
    await screen.click('save-submit')
    await screen.until(() => page()['edition'] === '1')
    expect(screen.desk.calls('install_templates')[0]).toMatchObject({ note: '改了称谓', base: 0 })
    expect(installed().papers['material-receipt']?.blocks[0]).toEqual({ block: 'address', text: '尊敬的{申请人}：' })
    expect(page()['dirty']).toBe('false')
    expect(screen.text('templates-told')).toContain('第 1 版')
  })

  it('can not be saved with a finding, which leads to its field', async () => {
    await opened()
    await screen.fill(GREETING, '您好：')
    await settled(1)
    expect(isOff('templates-save')).toBe(true)
    await screen.click('kind-refusal')
    await screen.click('finding-0')
    await screen.until(() => document.activeElement === screen.find(GREETING))
    await screen.press('s', undefined, { ctrlKey: true })
    expect(screen.find('dialog-save-templates')).toBeNull()
    await screen.fill(GREETING, '您好，{申请人}：')
    await settled(0)
    expect(isOff('templates-save')).toBe(false)
  })

  it('take a field where the caret was, and a condition without braces', async () => {
    await opened()
    const field = screen.find(GREETING) as HTMLTextAreaElement
    field.focus()
    field.setSelectionRange(0, 0)
    await screen.click('field-menu')
    await screen.fill('field-menu-search', '代理')
    await screen.press('Enter', 'field-menu-search')
    await screen.until(() => field.value === '{代理人}{申请人}：', field.value)
    const when = screen.find('line-/papers/material-receipt/blocks/0/when') as HTMLInputElement
    when.focus()
    await screen.click('field-menu')
    await screen.click('field-超出职权=否')
    await screen.until(() => when.value === '超出职权=否')
  })

  it('are put in order, added and taken out block by block', async () => {
    await opened()
    await screen.click('insert-/papers/material-receipt/blocks/0')
    await screen.fill('words-/papers/material-receipt/blocks/1/text', '请核对。')
    await screen.click('remove-/papers/material-receipt/blocks/3')
    await settled(0)
    await screen.click('templates-save')
    await screen.click('save-submit')
    await screen.until(() => page()['edition'] === '1')
    const kinds = installed().papers['material-receipt']?.blocks.map((one) => one.block)
    expect(kinds).toEqual(['address', 'paragraph', 'paragraph', 'use'])
  })

  it('ask before unsaved work is given up', async () => {
    await opened()
    await screen.fill(GREETING, '尊敬的{申请人}：')
    await screen.press('F5')
    await screen.click('leave-stay')
    await screen.until(() => screen.find('dialog-leave-templates') === null || screen.router.currentRoute.value.name === 'templates')
    expect(screen.router.currentRoute.value.name).toBe('templates')
    expect((screen.find(GREETING) as HTMLTextAreaElement).value).toBe('尊敬的{申请人}：')
    await screen.press('F5')
    await screen.click('leave-discard')
    await screen.until(() => screen.router.currentRoute.value.name === 'today')
    await screen.router.push('/templates')
    await screen.appears(GREETING)
    expect(page()['dirty']).toBe('false')
  })

  it('keep unsaved work over a locked screen', async () => {
    await opened()
    await screen.fill(GREETING, '尊敬的{申请人}：')
    screen.close()
    const again = new Screen()
    await again.open('/templates')
    screen = again
    await screen.appears(GREETING)
    expect((screen.find(GREETING) as HTMLTextAreaElement).value).toBe('尊敬的{申请人}：')
    expect(page()['dirty']).toBe('true')
    await screen.click('templates-discard')
    expect(page()['dirty']).toBe('false')
  })

  it('go back to an earlier edition or to the own ones, each pressed twice', async () => {
    await opened()
    await screen.fill(GREETING, '尊敬的{申请人}：')
    await settled(0)
    await screen.click('templates-save')
    await screen.click('save-submit')
    await screen.until(() => page()['edition'] === '1')
    await screen.click('templates-editions')
    await screen.click('editions-restore')
    expect(screen.desk.calls('restore_templates')).toEqual([])
    await screen.click('editions-restore')
    await screen.until(() => page()['edition'] === '2')
    expect((screen.find(GREETING) as HTMLTextAreaElement).value).toBe('{申请人}：')
    await screen.appears('edition-1-reuse')
    await screen.click('edition-1-reuse')
    await screen.click('edition-1-reuse')
    await screen.until(() => page()['edition'] === '3')
    expect((screen.find(GREETING) as HTMLTextAreaElement).value).toBe('尊敬的{申请人}：')
  })

  it('say that somebody else installed another edition, and keep what was typed', async () => {
    await opened()
    await screen.fill(GREETING, '尊敬的{申请人}：')
    await settled(0)
    screen.desk.templates.install(null, '', 0)
    await screen.click('templates-save')
    await screen.click('save-submit')
    await screen.until(() => screen.find('fault')?.dataset['code'] === 'templates-changed')
    expect(page()['dirty']).toBe('true')
  })

  it('put one kind back as the program has it', async () => {
    await opened()
    await screen.fill(GREETING, '尊敬的{申请人}：')
    await screen.click('templates-restore')
    expect((screen.find(GREETING) as HTMLTextAreaElement).value).toBe('{申请人}：')
    expect(page()['dirty']).toBe('false')
  })

  it('can be written as text; what is no JSON changes nothing', async () => {
    await opened()
    await screen.click('templates-raw')
    const text = (await screen.appears('template-raw')) as HTMLTextAreaElement
    await screen.fill('template-raw', text.value.replace('客户联', '申请人联'))
    await settled(0)
    expect(page()['dirty']).toBe('true')
    await screen.fill('template-raw', '{')
    await screen.appears('template-raw-fault')
    expect(isOff('templates-save')).toBe(true)
    expect(screen.desk.calls('check_templates').at(-1)?.text).toContain('申请人联')
  })

  it('show other sheets and situations', async () => {
    await opened()
    await screen.click('preview-sheet-roll80')
    await screen.until(() => screen.desk.calls('preview_template').at(-1)?.sheet === 'roll80')
    const select = (await screen.appears('situation-超出职权')) as HTMLSelectElement
    select.value = '否'
    select.dispatchEvent(new Event('change'))
    const situation = () => screen.desk.calls('preview_template').at(-1)?.situation
    await screen.until(() => situation()?.['超出职权'] === '否')
  })

  it('number papers as the hall wants', async () => {
    await opened()
    await screen.click('kind-shared')
    await screen.click('numbering-on')
    await screen.fill('authority-D1', '根市监')
    await screen.fill('kind-word-refusal', '不受')
    await settled(0)
    await screen.click('templates-save')
    await screen.click('save-submit')
    await screen.until(() => page()['edition'] === '1')
    expect(installed().numbering).toEqual({
      pattern: '{机关代字}{文种}字〔{年}〕第{窗口}-{流水}号',
      authorities: { D1: '根市监' },
      kinds: { refusal: '不受' },
    })
  })

  it('that can not be read say so and offer the way back', async () => {
    screen.desk.fail('templates', 'templates-unreadable', '文书模板第1版无法读取')
    await screen.open('/templates')
    await screen.until(() => screen.find('fault')?.dataset['code'] === 'templates-unreadable')
    await screen.click('templates-editions')
    await screen.click('editions-restore')
    await screen.click('editions-restore')
    await screen.appears(GREETING)
  })
})
