import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Screen } from './support/screen'

let screen: Screen
beforeEach(async () => {
  screen = new Screen()
  await screen.open('/new')
  await screen.appears('matter-1001')
})
afterEach(() => screen.close())

const shelf = (): string => screen.find('search-results')?.dataset['shelf'] ?? ''
const listed = (): string[] =>
  [...document.querySelectorAll<HTMLElement>('[role="option"]')].map((row) => row.dataset['testid'] ?? '')

describe('finding a matter without a word', () => {
  it('goes by department and by bundle, with keys from the search box', async () => {
    await screen.press('3', 'search-input', { altKey: true })
    await screen.until(() => shelf() === 'departments:11150785MB0A00122C')
    expect(listed()).toContain('matter-1001')
    await screen.press('4', 'search-input', { altKey: true })
    await screen.until(() => shelf() === 'bundles:b1')
    expect(listed()).toEqual(['matter-1002', 'matter-1001'])
    await screen.press('ArrowRight', 'search-input')
    await screen.until(() => shelf() === 'bundles:b2')
    expect(listed()).toEqual(['matter-1001'])
    await screen.press('ArrowLeft', 'search-input')
    await screen.until(() => listed().length === 2)
    await screen.press('ArrowDown', 'search-input')
    await screen.press('Enter', 'search-input')
    await screen.appears('walk')
    expect(screen.desk.calls('start_draft')).toEqual([{ code: '1001' }])
  })

  it('goes by life event where the guide has any', async () => {
    expect(screen.find('browse-lifeEvents')).toBeNull()
    screen.close()
    screen = new Screen()
    screen.desk.lifeEvents = [{ id: 'e1', name: '退休', matters: ['1002'] }]
    await screen.open('/new')
    await screen.click((await screen.appears('browse-lifeEvents')).dataset['testid'] ?? '')
    await screen.until(() => shelf() === 'lifeEvents:e1')
    expect(listed()).toEqual(['matter-1002'])
  })

  it('stars what is chosen, lists it, and takes it back', async () => {
    await screen.press('2', 'search-input', { altKey: true })
    expect((await screen.appears('search-none')).textContent).toContain('Ctrl+B')
    await screen.press('1', 'search-input', { altKey: true })
    await screen.appears('matter-1002')
    await screen.press('ArrowDown', 'search-input')
    await screen.press('b', 'search-input', { ctrlKey: true })
    await screen.until(() => screen.find('matter-1002-star')?.dataset['starred'] === 'true')
    expect(screen.find('matter-1002')?.getAttribute('aria-selected')).toBe('true')
    await screen.click('browse-starred')
    await screen.until(() => listed().length === 1)
    expect(listed()).toEqual(['matter-1002'])
    await screen.click('matter-1002-star')
    await screen.appears('search-none')
    expect(screen.desk.calls('star')).toEqual([
      { code: '1002', starred: true },
      { code: '1002', starred: false },
    ])
  })

  it('lets a word win over the shelf, and a shelf empty the word', async () => {
    await screen.press('3', 'search-input', { altKey: true })
    await screen.until(() => shelf().startsWith('departments'))
    await screen.fill('search-input', '身份')
    await screen.until(() => screen.find('search-results')?.dataset['answered'] === '身份')
    expect(screen.find('browse-groups')).toBeNull()
    expect(listed()).toEqual(['matter-1002'])
    // The arrows belong to the text now.
    const event = await screen.press('ArrowRight', 'search-input')
    expect(event.defaultPrevented).toBe(false)
    await screen.press('4', 'search-input', { altKey: true })
    await screen.until(() => shelf() === 'bundles:b1')
    expect((screen.find('search-input') as HTMLInputElement).value).toBe('')
  })

  it('says so where the guide can not be browsed', async () => {
    screen.desk.fail('browse', 'no-guide', '本机还没有办事指南')
    await screen.press('3', 'search-input', { altKey: true })
    expect((await screen.appears('fault')).textContent).toContain('办事指南')
  })
})
