import { createI18n } from 'vue-i18n'

import english from './en'
import mongolian from './mn-Mong/evaluation.json'
import mark from './program.json'
import access from './zh-CN/access.json'
import bundle from './zh-CN/bundle.json'
import cases from './zh-CN/cases.json'
import clerk from './zh-CN/clerk.json'
import display from './zh-CN/display.json'
import errors from './zh-CN/errors.json'
import evaluation from './zh-CN/evaluation.json'
import figures from './zh-CN/figures.json'
import frame from './zh-CN/frame.json'
import guide from './zh-CN/guide.json'
import handover from './zh-CN/handover.json'
import help from './zh-CN/help.json'
import intake from './zh-CN/intake.json'
import ledger from './zh-CN/ledger.json'
import matter from './zh-CN/matter.json'
import paper from './zh-CN/paper.json'
import party from './zh-CN/party.json'
import print from './zh-CN/print.json'
import scan from './zh-CN/scan.json'
import shift from './zh-CN/shift.json'
import signature from './zh-CN/signature.json'
import templates from './zh-CN/templates.json'
import training from './zh-CN/training.json'
import transfer from './zh-CN/transfer.json'
import upstream from './zh-CN/upstream.json'
import verify from './zh-CN/verify.json'
import words from './zh-CN/words.json'
import workbench from './zh-CN/workbench.json'

const catalogue = {
  access,
  bundle,
  cases,
  clerk,
  display,
  errors,
  evaluation,
  figures,
  frame,
  guide,
  handover,
  help,
  intake,
  ledger,
  matter,
  paper,
  party,
  print,
  scan,
  shift,
  signature,
  templates,
  training,
  transfer,
  upstream,
  verify,
  words,
  workbench,
}

/** The shape of a catalogue: what another language must have. */
type Shape<T> = { [K in keyof T]: T[K] extends string ? string : Shape<T[K]> }
export type Catalogue = Shape<typeof catalogue>

type Leaves<T, P extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Leaves<T[K], `${P}${K}.`>
}[keyof T & string]

/** A key of the catalogue: a missing text does not compile. */
export type TextKey = Leaves<typeof catalogue>

/** The languages of the screens; the first one is that of the papers and of everything on record. */
export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN' as string,
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': catalogue as never, en: english as never, 'mn-Mong': { evaluation: mongolian } as never },
})

/** What is used here; the library's own types unfold the whole catalogue at each call. */
interface Texts {
  t: (key: string, values: Record<string, string | number>, options?: { locale: string }) => string
  te: (key: string, locale: string) => boolean
  locale: { value: Language }
}
const texts = i18n.global as unknown as Texts

/** The language that the screens speak now. */
export function language(): Language {
  return texts.locale.value
}

export function speak(next: Language): void {
  texts.locale.value = next
}

/** The text of `key`, with its `{values}` filled in. */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  return texts.t(key, values)
}

/** The text of `key` as it goes on record, which is kept in Chinese whatever the screens speak. */
export function onRecord(key: TextKey, values: Record<string, string | number> = {}): string {
  return texts.t(key, values, { locale: 'zh-CN' })
}

/** Whether the catalogue has `key`, for names that come from the program. */
export function hasText(key: string): key is TextKey {
  return texts.te(key, 'zh-CN')
}

/** The text of `key` in the traditional Mongolian script; empty where nobody has translated it. It
 *  is no language of the screens: few texts have it, and they stand beside the Chinese. */
export function inMongolian(key: TextKey): string {
  return texts.te(key, 'mn-Mong') ? texts.t(key, {}, { locale: 'mn-Mong' }) : ''
}

/** Sentences one after the other, as the language spaces them. */
export function sentences(...said: string[]): string {
  return said.filter(Boolean).join(language() === 'zh-CN' ? '' : ' ')
}

/** Whether a sentence of the program, always in Chinese, says already what to do. */
export function advises(sentence: string): boolean {
  return sentence.replaceAll(mark.notAdvice, '').includes(mark.advice)
}
