import { describe, expect, it } from 'vitest'

import { announced } from '@/shared/announce'

import { Screen } from './support/screen'

const sources = Object.entries(import.meta.glob<string>('../src/**/*.vue', { query: '?raw', import: 'default', eager: true }))

/** Every opening tag of a kind, with the file it stands in. */
function tags(name: string): [file: string, tag: string][] {
  const tag = new RegExp(`<${name}(?=[\\s>])(?:[^>"]|"[^"]*")*>`, 'g')
  return sources.flatMap(([path, text]) => [...text.matchAll(tag)].map((m) => [path, m[0]] as [string, string]))
}
const without = (name: string, said: RegExp): string[] =>
  tags(name).flatMap(([file, tag]) => (said.test(tag) ? [] : [`${file}: ${tag}`]))

describe('what a screen reader is told', () => {
  it('names every table, dialog, list to choose from and part of navigation', () => {
    expect(tags('table').length).toBeGreaterThan(5)
    const unnamed = sources.filter(([, text]) => /<table(?![^>]*aria-label)[^>]*>(?!\s*<caption)/.test(text))
    expect(unnamed.map(([path]) => path)).toEqual([])
    expect(tags('ElDialog').length).toBeGreaterThan(10)
    expect(without('ElDialog', /:title=/)).toEqual([])
    expect(without('nav', /:aria-label/)).toEqual([])
    expect(tags('ul').filter(([, tag]) => tag.includes('role="listbox"') && !tag.includes('aria-label'))).toEqual([])
    expect(without('fieldset', /./)).toEqual([])
  })

  it('gives pictures a text, or hides them', () => {
    expect(without('img', /:?alt=/)).toEqual([])
    expect(without('svg', /aria-hidden="true"|role="img"/)).toEqual([])
  })

  it('says whom the arrows chose, though the focus stays at the PIN', async () => {
    const screen = new Screen()
    await screen.desk.call('sign_out', {})
    const { clerks } = screen.desk.status
    const one = clerks.slice(0, 1)
    const other = one.map((clerk) => ({ ...clerk, id: 'other', name: '乌兰' }))
    screen.desk.status = { ...screen.desk.status, clerks: [...one, ...other] }
    await screen.open()
    await screen.press('ArrowDown', 'sign-in-pin')
    expect([announced.value, screen.text('announced')]).toEqual(['乌兰', '乌兰'])
    screen.close()
  })
})
