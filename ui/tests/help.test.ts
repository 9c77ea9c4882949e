import { createMemoryHistory } from 'vue-router'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { createAppRouter } from '@/app/routes'
import { allPages, search } from '@/features/help/handbook'
import { keyGroups } from '@/features/help/keys'
import { i18n } from '@/i18n'

import { Screen } from './support/screen'

const files = import.meta.glob<string>('../../docs/handbook/*.md', { query: '?raw', import: 'default', eager: true })
const sources = Object.entries(files).map(([path, text]) => ({ file: path.split('/').at(-1) ?? '', text }))

/** What the handbook says between `open` and `close`, with the file it stands in. */
function said(open: string, close: string): [file: string, words: string][] {
  const quoted = new RegExp(`${open}([^${close}]+)${close}`, 'g')
  return sources.flatMap(({ file, text }) => [...text.matchAll(quoted)].map((m) => [file, m[1] ?? ''] as [string, string]))
}

/** `1–9` is nine keys, and `Alt+1–3` three. */
function single(key: string): string[] {
  const range = /^(.*)(\d)–(\d)$/.exec(key)
  if (!range) return [key]
  const [from, to] = [Number(range[2]), Number(range[3])]
  return [key, ...Array.from({ length: to - from + 1 }, (_, i) => `${range[1]}${from + i}`)]
}

/** Every text of the catalogue that says something itself, not only by its `{values}`. */
function texts(of: unknown): string[] {
  if (typeof of !== 'string') return Object.values(of as Record<string, unknown>).flatMap(texts)
  return /\p{Script=Han}/u.test(of.replace(/\{\w+\}/g, '')) ? [of] : []
}

/** What a text of the catalogue can look like on the screen, where it has `{values}`. */
function shape(text: string): RegExp {
  const literal = text.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${literal.join('.+')}$`)
}

const pages = allPages()

describe('the handbook', () => {
  it('has a page for every screen, and a title on every page', () => {
    const routes = createAppRouter(createMemoryHistory()).getRoutes()
    const screens = routes.flatMap((route) => (route.name ? [String(route.name)] : []))
    const names = pages.map((page) => page.name)
    expect(screens.filter((name) => !names.includes(name))).toEqual([])
    expect(names).toEqual(expect.arrayContaining(['sign-in', 'first-day', 'when-something-goes-wrong', 'keys']))
    for (const { name, sections } of pages) {
      expect([name, sections[0]?.level, sections[0]?.heading !== '']).toEqual([name, 1, true])
    }
  })

  it('names no key that the program does not have', () => {
    const known = new Set(keyGroups.flatMap(({ keys }) => keys.flatMap(([names]) => names.split(' ').flatMap(single))))
    const named = said('`', '`')
    expect(named.length).toBeGreaterThan(40)
    expect(named.filter(([, key]) => !known.has(key))).toEqual([])
  })

  it('names no button and no field that is called otherwise on the screens', () => {
    const catalogue = texts(i18n.global.getLocaleMessage('zh-CN')).map(shape)
    const named = said('「', '」')
    expect(named.length).toBeGreaterThan(150)
    expect(named.filter(([, words]) => !catalogue.some((text) => text.test(words)))).toEqual([])
  })

  it('leads from page to page only where there is one', () => {
    const targets = sources.flatMap(({ file, text }) => [...text.matchAll(/\]\(([^)]*)\)/g)].map((m) => [file, m[1] ?? '']))
    expect(targets.length).toBeGreaterThan(10)
    expect(targets.filter(([, to]) => !sources.some(({ file }) => file === to))).toEqual([])
  })
})

describe('its search', () => {
  it('puts what the headings say first, and marks the words in the text', () => {
    const found = search('卡纸')
    expect(found[0]?.page.name).toBe('papers')
    expect(found[0]?.page.sections[found[0].section]?.heading).toContain('卡纸')
    const marked = found.find((hit) => hit.highlights.length > 0)
    const { start, end } = marked?.highlights[0] ?? { start: 0, end: 0 }
    expect([...(marked?.excerpt ?? '')].slice(start, end).join('')).toBe('卡纸')
  })

  it('wants every word, and finds keys as well', () => {
    expect(search('卡纸 没有这个词')).toEqual([])
    expect(search('  ')).toEqual([])
    expect(search('ctrl+b 收藏').map((hit) => hit.page.name)).toContain('keys')
  })
})

describe('F1', () => {
  let screen: Screen
  beforeEach(() => {
    screen = new Screen()
  })
  afterEach(() => screen.close())

  const focused = (): string => (document.activeElement as HTMLElement | null)?.dataset['testid'] ?? ''
  const shown = (): string => screen.find('help')?.dataset['page'] ?? ''
  const isOpen = (): boolean => screen.find('help') !== null

  async function help(): Promise<void> {
    await screen.press('F1')
    await screen.until(() => focused() === 'help-search', 'the search has the focus')
  }

  it('opens the page of the screen that one is on', async () => {
    await screen.open('/cases')
    await screen.appears('cases')
    await help()
    expect(shown()).toBe('cases')
    expect(screen.text('help-page')).toContain('找本窗口办过的件')
    await screen.press('F1')
    await screen.until(() => !isOpen())
    await screen.press('F9')
    await screen.appears('guide')
    await help()
    expect(shown()).toBe('guide')
  })

  it('finds a word of another page and opens it there, at its heading', async () => {
    await screen.open()
    await help()
    await screen.fill('help-search', '忘了启动口令')
    await screen.appears('help-none')
    await screen.fill('help-search', '摆渡文件打不开')
    await screen.until(() => document.querySelectorAll('[data-testid^="help-row-"]').length === 1)
    expect(shown()).toBe('today')
    await screen.press('Enter', 'help-search')
    expect(shown()).toBe('upstream')
    const section = screen.find('help')?.dataset['section']
    const heading = document.querySelector(`[data-testid="help-page"] [data-section="${section}"] h3`)
    expect(heading?.textContent).toBe('摆渡文件打不开')
    expect(heading?.className).toBe('asked')
  })

  it('chooses pages with the arrows, follows links, and has the keys as a page', async () => {
    await screen.open()
    await help()
    await screen.press('ArrowDown', 'help-search')
    await screen.press('Enter', 'help-search')
    expect(shown()).toBe('new-case')
    await screen.click('help-row-keys')
    expect(shown()).toBe('keys')
    expect(screen.text('help-page')).toContain('Ctrl+K')
    await screen.click('help-row-today')
    const link = [...document.querySelectorAll<HTMLElement>('[data-testid="help-page"] a')].find((a) => a.textContent === '上传情况')
    link?.click()
    await screen.until(() => shown() === 'upstream')
  })

  it('gives the focus back with Esc, and leaves the screen behind as it was', async () => {
    await screen.open('/ledger/complaint')
    await screen.until(() => focused() === 'ledger-content')
    await screen.fill('ledger-content', '写了一半')
    await help()
    await screen.press('Enter', 'help-search', { ctrlKey: true })
    await screen.press('Escape', 'help-search', { code: 'Escape' })
    await screen.until(() => !isOpen())
    await screen.until(() => focused() === 'ledger-content', 'the focus is back')
    expect((screen.find('ledger-content') as HTMLTextAreaElement).value).toBe('写了一半')
    expect(screen.desk.calls('register_ledger')).toEqual([])
    await screen.fill('ledger-content', '')
  })

  it('keeps Ctrl and Alt from the screen behind', async () => {
    await screen.open('/ledger/consultation')
    await screen.appears('ledger-form')
    await help()
    await screen.press('k', 'help-search', { ctrlKey: true })
    expect(screen.find('palette-input')).toBeNull()
    await screen.press('Escape', 'help-search', { code: 'Escape' })
    await screen.press('k', undefined, { ctrlKey: true })
    await screen.appears('palette-input')
  })

  it('takes its Esc for itself', async () => {
    await screen.open('/ledger/complaint')
    await screen.fill('ledger-content', '跑了两趟')
    await screen.fill('ledger-about', '2号窗口')
    await screen.click('ledger-save')
    await screen.click('ledger-show-written')
    await screen.appears('ledger-entry')
    await help()
    await screen.press('Escape', 'help-search', { code: 'Escape' })
    await screen.until(() => !isOpen())
    // Time enough for the page behind to have left.
    await help()
    expect(screen.find('ledger-entry')).not.toBeNull()
  })

  it('works before anybody has signed in', async () => {
    await screen.open()
    await screen.press('F12')
    await screen.until(() => focused() === 'sign-in-pin')
    await help()
    expect(shown()).toBe('sign-in')
    await screen.press('Escape', 'help-search', { code: 'Escape' })
    await screen.until(() => focused() === 'sign-in-pin', 'the focus is back')
    await screen.click('entry-help')
    await screen.until(isOpen)
  })

  it('closes when one goes to another screen', async () => {
    await screen.open()
    await help()
    await screen.press('F3', 'help-search')
    await screen.appears('cases')
    await screen.until(() => !isOpen())
  })
})
