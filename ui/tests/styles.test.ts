import { describe, expect, it } from 'vitest'

const sources = Object.entries(
  import.meta.glob<string>(['../src/**/*.vue', '../src/**/*.css'], { query: '?raw', import: 'default', eager: true }),
)

/** What a style says that matches, with the file it stands in. */
function said(wanted: RegExp): string[] {
  return sources.flatMap(([path, text]) => [...text.matchAll(wanted)].map((m) => `${path}: ${m[0]}`))
}

describe('what everything is measured by', () => {
  it('is the size of type, for type itself and for what holds it', () => {
    expect(sources.length).toBeGreaterThan(100)
    expect(said(/font(-size)?:[^;}]*\d(?:px|pt)/g)).toEqual([])
    expect(said(/(?:^|[^-\w(])(?:min-|max-)?(?:height|width): (?:[89]|\d\d+)(?:\.\d+)?px/g)).toEqual([])
    expect(said(/grid-template-columns:[^;}]*\d\dpx/g)).toEqual([])
    expect(said(/[^-]width="\d+px"/g)).toEqual([])
  })

  it('is written in the fonts that the program brings: a system may have none with Chinese characters', () => {
    const own = String.raw`(?!var\(--font\)|inherit|monospace|'Yichuang)`
    expect(said(new RegExp(`font-family: ${own}[^;}]*`, 'g')).filter((one) => !/theme\.css|contrast\.css/.test(one))).toEqual([])
  })

  it('is asked of the container, which knows the size of type, and not of the screen', () => {
    expect(said(/@media[^{]*width/g)).toEqual([])
    expect(said(/@container (?!window \((?:min|max)-width: [\d.]+em\))[^{]*/g)).toEqual([])
  })
})
