import { call, toFailure } from '@/api'

/** Plays the scripted case that the program was started with, if it was started with one. */
export async function startDemonstration(): Promise<void> {
  let scenario: unknown
  try {
    const asked = await call('demonstration', {})
    if (!asked) return
    scenario = asked.scenario
  } catch {
    // Without an answer there is nothing to play; the screens say what is wrong.
    return
  }
  const { markStep, play } = await import('./player')
  const { PlayFailure, readScenario } = await import('./scenario')
  let id: string | null = null
  let failure: string | null = null
  try {
    id = await play(readScenario(scenario))
  } catch (raw) {
    const met = raw instanceof PlayFailure ? raw : toFailure(raw)
    failure = JSON.stringify({ code: met.code, field: met.field, message: met.message })
  }
  try {
    await call('demonstration_end', { case: id, failure })
  } finally {
    markStep(failure === null ? 'finished' : 'failed')
  }
}
