import { call, type Matter } from '@/api'
import { t } from '@/i18n'
import { isDay } from '@/shared/dates'

import { click, control, press, reach, said, type, until, untilOrRefused } from './hands'
import { PlayFailure, type Scenario, type ScriptedParty } from './scenario'

const checks = ['present', 'missing', 'defective', 'corrected', 'deferred', 'committed', 'licence']

/** Says on the page where the demonstration stands, for whoever watches it. */
export function markStep(name: string): void {
  document.body.dataset['demonstrationStep'] = name
}

const saved = (): boolean => said('walk-saved', 'data-saved') === 'true'
const stepIs = (name: string) => (): boolean => said('walk', 'data-step') === name

/** A script writes its days in one way. The screens take others too, or wait for a better one. */
function expectDay(day: string | undefined, field: string): void {
  if (day === undefined || isDay(day)) return
  throw new PlayFailure('bad-date', field, t('frame.demonstration.badDate', { day }))
}

async function findMatter(code: string): Promise<void> {
  markStep('search')
  await until('nav-new-case', () => control('nav-new-case'))
  await press(window, 'F2')
  await type('search-input', code)
  await untilOrRefused('search', () => said('search-results', 'data-answered') === code)
  if (!control(`matter-${code}`)) {
    throw new PlayFailure('unknown-matter', 'matter', t('intake.search.none', { text: code }))
  }
  await click(`matter-${code}`)
  await untilOrRefused('walk', () => control('walk'))
}

async function next(from: string, to: () => boolean): Promise<void> {
  await untilOrRefused(`${from} saved`, saved)
  await click('walk-next')
  await untilOrRefused(`after ${from}`, to)
}

async function answerQuestions(script: Scenario, matter: Matter): Promise<void> {
  markStep('questions')
  await until('questions', stepIs('questions'))
  const unknown = Object.keys(script.answers).find(
    (id) => id !== 'agent' && !matter.questions.some((q) => q.id === id),
  )
  if (unknown) {
    const words = t('frame.demonstration.unknownQuestion')
    throw new PlayFailure('unknown-question', `answers.${unknown}`, words)
  }
  const done = new Set<string>()
  for (;;) {
    await untilOrRefused('questions saved', saved)
    if (control('questions-stopped')) break
    const question = matter.questions.find(
      (q) => script.answers[q.id] !== undefined && !done.has(q.id) && control(`question-${q.id}`),
    )
    if (!question) break
    const choice = script.answers[question.id] ?? ''
    if (!control(`choice-${question.id}-${choice}`)) {
      const words = t('frame.demonstration.unknownChoice', { text: question.text })
      throw new PlayFailure('unknown-choice', `answers.${question.id}`, words)
    }
    await click(`choice-${question.id}-${choice}`)
    done.add(question.id)
  }
  await next('questions', stepIs('applicant'))
}

async function chooseRadio(testid: string, otherwise: PlayFailure): Promise<void> {
  const radio = control(testid)
  if (!radio) throw otherwise
  if (!(radio instanceof HTMLInputElement && radio.checked)) await click(testid)
}

async function fillParty(path: 'applicant' | 'agent', party: ScriptedParty): Promise<void> {
  await type(`${path}-name`, party.name)
  const words = t('frame.demonstration.unknownIdType', { name: party.id_type })
  await chooseRadio(
    `${path}-id-type-${party.id_type}`,
    new PlayFailure('unknown-id-type', `${path}.id_type`, words),
  )
  await type(`${path}-id-number`, party.id_number)
  if (party.phone !== null) await type(`${path}-phone`, party.phone)
}

async function enterApplicant(script: Scenario): Promise<void> {
  markStep('applicant')
  await reach('applicant-name')
  const words = t('frame.demonstration.wrongAudience')
  await chooseRadio(
    `applicant-kind-${script.applicant.kind}`,
    new PlayFailure('audience-mismatch', 'applicant.kind', words),
  )
  await fillParty('applicant', script.applicant)
  if (script.agent) {
    if (control('agent-toggle')?.hasAttribute('disabled')) {
      const why = control('agent-hint')?.textContent?.trim() ?? ''
      throw new PlayFailure('agent-not-allowed', 'agent', why)
    }
    await click('agent-toggle')
    await fillParty('agent', script.agent)
  }
  await next('applicant', () => stepIs('materials')() || stepIs('determination')())
}

async function checkMaterials(script: Scenario, matter: Matter): Promise<void> {
  markStep('materials')
  const seen = new Set<string>()
  for (const [i, given] of script.materials.entries()) {
    const testid = `material-${given.id}`
    const fault = (code: string, part: 'id' | 'check', words: string): PlayFailure =>
      new PlayFailure(code, `materials[${i}].${part}`, words)
    if (!control(testid)) {
      const known = matter.materials.some((m) => m.id === given.id)
      const words = t('frame.demonstration.noSuchMaterial', { id: given.id })
      throw fault(known ? 'not-applicable' : 'unknown-material', 'id', words)
    }
    if (seen.has(given.id)) {
      throw fault('duplicate-material', 'id', t('frame.demonstration.twice', { id: given.id }))
    }
    seen.add(given.id)
    const key = checks.indexOf(given.check) + 1
    if (key === 0) {
      throw fault('unknown-check', 'check', t('frame.demonstration.unknownCheck', { name: given.check }))
    }
    await press(await reach(testid), String(key))
    await until(`${testid} checked`, () => {
      const refused = control(`${testid}-refusal`)
      if (refused) throw fault('not-allowed', 'check', refused.textContent?.trim() ?? '')
      return said(testid, 'data-check') === given.check
    })
    if (given.reason) {
      await reach(testid)
      await type(`${testid}-reason`, given.reason)
    }
  }
  await next('materials', stepIs('determination'))
}

/** Files the case; answers whether its notice is to be given later. */
async function determine(script: Scenario): Promise<boolean> {
  markStep('determination')
  expectDay(script.filed_on, 'filed_on')
  const field = await until('filed-on', () => control('filed-on') as HTMLInputElement | null)
  if (field.value !== script.filed_on) await type('filed-on', script.filed_on)
  await untilOrRefused('determination', () => saved() && control('determination-outcome'))
  const tellsLater =
    script.notice_on !== undefined &&
    script.notice_on !== script.filed_on &&
    said('determination-outcome', 'data-outcome') === 'one-time-notice'
  await click(tellsLater ? 'determination-notice-later' : 'determination-file')
  await untilOrRefused('papers', () => control('papers'))
  return tellsLater
}

async function openCase(): Promise<void> {
  if (!control('case')) await click('papers-to-case')
  markStep('case')
  await untilOrRefused('case', () => control('case'))
}

/** Takes a step of the case on a day; its refusals point into the script at `field`. */
async function takeStep(
  step: 'give-notice' | 'supplement' | 'accept',
  day: string,
  field: (name: string) => string,
  inside: () => Promise<void> = async () => undefined,
): Promise<void> {
  const button = await until(`case-${step}`, () => control(`case-${step}`) ?? control(`case-${step}-obstacle`))
  if (button.dataset['testid'] !== `case-${step}`) {
    throw new PlayFailure('not-now', field('on'), button.textContent?.trim() ?? '')
  }
  await click(`case-${step}`)
  const dialog = `dialog-${step}`
  await until(dialog, () => control(dialog)?.offsetParent)
  await inside()
  const scope = step === 'supplement' ? 'supplement' : 'step'
  const inDialog = (name: string): HTMLElement | null =>
    control(dialog)?.querySelector(`[data-testid="${name}"]`) ?? null
  await typeIn(await until(`${scope}-on`, () => inDialog(`${scope}-on`)), day)
  inDialog(`${scope}-submit`)?.click()
  try {
    await untilOrRefused(`${step} done`, () => !control(dialog)?.offsetParent)
  } catch (met) {
    if (!(met instanceof PlayFailure)) throw met
    throw new PlayFailure(met.code, field(met.field), met.message)
  }
}

async function typeIn(input: HTMLElement, text: string): Promise<void> {
  const testid = input.dataset['testid'] ?? ''
  const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
  input.focus()
  setter?.call(input, text)
  input.dispatchEvent(new InputEvent('input', { bubbles: true, data: text }))
  await until(testid, () => (input as HTMLInputElement).value === text)
}

async function supplementAll(script: Scenario): Promise<void> {
  for (const [i, supplement] of (script.supplements ?? []).entries()) {
    await openCase()
    const field = (name: string): string =>
      `supplements[${i}].${name === 'on' || name === '' ? 'on' : 'ids'}`
    await takeStep('supplement', supplement.on, field, async () => {
      for (const id of supplement.ids) {
        if (!control(`supplement-${id}`)) {
          const words = t('frame.demonstration.notInNotice', { id })
          throw new PlayFailure('not-in-notice', `supplements[${i}].ids`, words)
        }
        await click(`supplement-${id}`)
      }
    })
    await until('case', () => control('case'))
  }
  const last = script.supplements?.at(-1)
  if (last && control('case-accept')) {
    await takeStep('accept', last.on, (name) => `accept.${name}`)
  }
}

async function showPapers(): Promise<void> {
  if (control('case')) await click('case-papers')
  await untilOrRefused('papers', () => control('papers'))
  markStep('papers')
  const numbers = [...document.querySelectorAll<HTMLElement>('[data-testid="papers"] [data-number]')]
  for (const button of numbers) {
    button.focus()
    button.click()
    await untilOrRefused('preview', () => said('paper-preview', 'data-drawn') === button.dataset['number'])
  }
}

/** Plays a scripted case through the screens; answers with the case's id. */
export async function play(script: Scenario): Promise<string> {
  expectDay(script.notice_on, 'notice_on')
  for (const [i, s] of (script.supplements ?? []).entries()) expectDay(s.on, `supplements[${i}].on`)

  await findMatter(script.matter)
  const { matter } = await call('matter', { code: script.matter })
  await answerQuestions(script, matter)
  await enterApplicant(script)
  if (stepIs('materials')()) await checkMaterials(script, matter)
  const tellsLater = await determine(script)
  const id = said('papers', 'data-case')
  markStep('papers')
  if (tellsLater && script.notice_on) {
    await openCase()
    await takeStep('give-notice', script.notice_on, () => 'notice_on')
  }
  if (script.supplements?.length) await supplementAll(script)
  await showPapers()
  return id
}
