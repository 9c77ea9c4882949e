import { createI18n } from 'vue-i18n'

import access from './zh-CN/access.json'
import bundle from './zh-CN/bundle.json'
import cases from './zh-CN/cases.json'
import clerk from './zh-CN/clerk.json'
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
import templates from './zh-CN/templates.json'
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
  templates,
  transfer,
  upstream,
  verify,
  words,
  workbench,
}

type Leaves<T, P extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Leaves<T[K], `${P}${K}.`>
}[keyof T & string]

/** A key of the catalogue: a missing text does not compile. */
export type TextKey = Leaves<typeof catalogue>

export const i18n = createI18n({
  legacy: false,
  locale: 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': catalogue as never },
})

/** The two functions used here; the library's own types unfold the whole catalogue at each call. */
interface Texts {
  t: (key: string, values: Record<string, string | number>) => string
  te: (key: string) => boolean
}
const texts = i18n.global as unknown as Texts

/** The text of `key`, with its `{values}` filled in. */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  return texts.t(key, values)
}

/** Whether the catalogue has `key`, for names that come from the program. */
export function hasText(key: string): key is TextKey {
  return texts.te(key)
}
