import MarkdownIt, { type Token } from 'markdown-it'

import type { Highlight } from '@/api'
import { language } from '@/i18n'

import { keysPage } from './keys'

/** What stands under one heading. */
export interface Section {
  heading: string
  level: number
  body: Token[]
  /** The words of the body, for the search. */
  text: string
}

/** A page: what stands before its first sub-heading is the section of the page's own heading. */
export interface Page {
  name: string
  title: string
  sections: Section[]
}

/** In the order of a clerk's day; a page of a screen has the name of its route. */
const ORDER = [
  'first-day',
  'sign-in',
  'today',
  'new-case',
  'matter',
  'bundle',
  'draft',
  'papers',
  'cases',
  'case',
  'print',
  'figures',
  'ledger',
  'upstream',
  'guide',
  'guide-release',
  'verify',
  'templates',
  'training',
  'clerks',
  'display',
  'when-something-goes-wrong',
]
export const KEYS = 'keys'

const sources = import.meta.glob<string>('../../../../docs/handbook/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
})

const markdown = new MarkdownIt({ html: false })

function wordsOf(tokens: Token[]): string {
  const words = tokens.map((token) => (token.children ? wordsOf(token.children) : token.content))
  return words.join(tokens.some((token) => token.block) ? ' ' : '').replace(/\s+/g, ' ').trim()
}

function read(name: string, source: string): Page {
  const sections: Section[] = []
  const tokens = markdown.parse(source, {})
  tokens.forEach((token, i) => {
    const inHeading = tokens[i - 1]?.type === 'heading_open' || token.type === 'heading_close'
    if (token.type === 'heading_open') {
      const heading = wordsOf(tokens[i + 1]?.children ?? [])
      sections.push({ heading, level: Number(token.tag.slice(1)), body: [], text: '' })
    } else if (!inHeading) sections.at(-1)?.body.push(token)
  })
  for (const section of sections) section.text = wordsOf(section.body)
  return { name, title: sections[0]?.heading ?? '', sections }
}

/** The pages that were written; one that nobody put in the order stands last. */
const written: readonly Page[] = (() => {
  const files = Object.entries(sources).map(([path, source]) => {
    const name = path.slice(path.lastIndexOf('/') + 1, -'.md'.length)
    return read(name, source)
  })
  const place = (page: Page): number => (ORDER.includes(page.name) ? ORDER.indexOf(page.name) : ORDER.length)
  return files.sort((a, b) => place(a) - place(b))
})()

const keysIn = new Map<string, Page>()

/** The whole handbook: what was written, and the keys in the language of the screens. */
export function allPages(): readonly Page[] {
  const spoken = language()
  const keys = keysIn.get(spoken) ?? read(KEYS, keysPage())
  keysIn.set(spoken, keys)
  return [...written, keys]
}

/** A place that a search found. */
export interface Hit {
  page: Page
  section: number
  excerpt: string
  highlights: Highlight[]
}

const BEFORE = 14
const AFTER = 46

function occurrences(text: string, word: string): number[] {
  const at: number[] = []
  for (let i = text.indexOf(word); i >= 0; i = text.indexOf(word, i + word.length)) at.push(i)
  return at
}

/** The stretch of `text` around the first of `words` in it, with all of them marked. */
function excerptOf(text: string, words: string[]): Pick<Hit, 'excerpt' | 'highlights'> {
  const first = Math.min(...words.flatMap((word) => occurrences(text.toLowerCase(), word).slice(0, 1)))
  const from = Number.isFinite(first) ? Math.max(0, first - BEFORE) : 0
  const excerpt = (from > 0 ? '…' : '') + text.slice(from, from + BEFORE + AFTER).trim()
  const highlights = words.flatMap((word) =>
    occurrences(excerpt.toLowerCase(), word).map((i) => {
      const start = [...excerpt.slice(0, i)].length
      return { start, end: start + [...word].length }
    }),
  )
  return { excerpt, highlights }
}

/** Where every word of `wanted` stands under one heading; what the headings say goes first. */
export function search(wanted: string): Hit[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean)
  if (!words.length) return []
  const inHeading: Hit[] = []
  const inText: Hit[] = []
  for (const page of allPages()) {
    page.sections.forEach(({ heading, text }, section) => {
      const all = (where: string): boolean => words.every((word) => where.toLowerCase().includes(word))
      const hit = (): Hit => ({ page, section, ...excerptOf(text, words) })
      if (all(heading)) inHeading.push(hit())
      else if (all(`${heading} ${text}`)) inText.push(hit())
    })
  }
  return [...inHeading, ...inText]
}
