import { afterEach, describe, expect, it } from 'vitest'

import { i18n, inMongolian, language, languages, onRecord, sentences, speak, t } from '@/i18n'
import { explain } from '@/errors/table'
import { limitText } from '@/shared/words'
import { longDate, relativeDate, shortDate } from '@/shared/dates'

/** Every text of a language, by its key. */
function texts(of: unknown, at = ''): [key: string, text: string][] {
  if (typeof of === 'string') return [[at.slice(1), of]]
  return Object.entries(of as Record<string, unknown>).flatMap(([name, one]) => texts(one, `${at}.${name}`))
}

const sources = (spoken: string): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(import.meta.glob('../src/i18n/*/*.json', { query: '?raw', import: 'default', eager: true }))
      .filter(([path]) => path.includes(`/${spoken}/`))
      .map(([path, raw]) => [path.split('/').at(-1), JSON.parse(String(raw))]),
  )

const chinese = new Map(texts(sources('zh-CN')))
const english = new Map(texts(sources('en')))
const values = (text = ''): string[] => [...new Set(text.match(/\{\w+\}/g))].sort()

afterEach(() => speak('zh-CN'))

describe('the English catalogue', () => {
  it('has the keys of the Chinese one, no more and no fewer', () => {
    expect(chinese.size).toBeGreaterThan(1300)
    expect([...chinese.keys()].filter((key) => !english.has(key))).toEqual([])
    expect([...english.keys()].filter((key) => !chinese.has(key))).toEqual([])
  })

  it('fills in the same values', () => {
    const differing = [...chinese].filter(([key, text]) => `${values(text)}` !== `${values(english.get(key))}`)
    expect(differing).toEqual([])
  })

  it('says something everywhere, and in English: Chinese stands only in brackets or as a name of a file', () => {
    const plain = (text: string): string => text.replace(/\([^()]*\)/g, '').replace(/\{\w+\}/g, '')
    const foreign = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u
    const spared = ['upstream.json.ferry.out.own', 'help.json.placeholder']
    expect([...english].filter(([, text]) => !text.trim())).toEqual([])
    expect([...english].filter(([key, text]) => foreign.test(plain(text)) && !spared.includes(key))).toEqual([])
  })

  it('holds no sign that the messages of the library give a meaning to', () => {
    expect([...chinese, ...english].filter(([, text]) => /[@|]/.test(text))).toEqual([])
  })
})

describe('the Mongolian texts', () => {
  const mongolian = new Map(texts(sources('mn-Mong')))

  it('are of texts there are, in the traditional script alone', () => {
    expect(mongolian.size).toBeGreaterThan(0)
    expect([...mongolian.keys()].filter((key) => !chinese.has(key))).toEqual([])
    expect([...mongolian.values()].filter((text) => !/^[\u1800-\u18af\u202f ]+$/.test(text))).toEqual([])
    expect([inMongolian('evaluation.screen.welcome') !== '', inMongolian('evaluation.screen.skip')]).toEqual([true, ''])
  })
})

describe('the language of the screens', () => {
  it('is the first of the two, and every text follows it', () => {
    expect([language(), t('words.cancel')]).toEqual([languages[0], '取消'])
    speak('en')
    expect([language(), t('words.cancel'), i18n.global.locale.value]).toEqual(['en', 'Cancel', 'en'])
  })

  it('writes days as the language does', () => {
    const days = (): string[] => [
      longDate('2026-12-08'),
      shortDate('2026-12-08', '2026-11-30'),
      relativeDate('2026-12-08', '2026-12-09'),
      limitText({ value: 5, unit: 'workdays' }),
    ]
    expect(days()).toEqual(['2026年12月8日(周二)', '12月8日(周二)', '昨日', '5 个工作日'])
    speak('en')
    expect(days()).toEqual(['Tue 8 Dec 2026', 'Tue 8 Dec', 'yesterday', '5 workdays'])
  })

  it('spaces sentences, and keeps what goes on record in Chinese', () => {
    expect(sentences('一。', '', '二。')).toBe('一。二。')
    speak('en')
    expect(sentences('One.', '', 'Two.')).toBe('One. Two.')
    expect(onRecord('transfer.handOn.quick.shift')).toBe('换班')
  })

  it('says what to do in English even where the sentence of the program says it in Chinese', () => {
    const failure = { code: 'wrong-pin', message: '请再输入一次。', field: '', details: {} } as never
    expect(explain(failure).next).toBe('')
    speak('en')
    expect(explain(failure)).toMatchObject({ words: '请再输入一次。', next: 'Please check and enter the PIN once more.' })
  })
})
