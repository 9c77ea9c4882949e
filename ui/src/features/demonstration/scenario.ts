/** A scripted case, as its file has it. Only what the player needs is read. */
export interface Scenario {
  matter: string
  filed_on: string
  answers: Record<string, string>
  applicant: ScriptedParty & { kind: string }
  agent: ScriptedParty | null
  materials: { id: string; check: string; reason: string }[]
  notice_on?: string
  supplements?: { on: string; ids: string[] }[]
}

/** A person or body of the script. */
export interface ScriptedParty {
  name: string
  id_type: string
  id_number: string
  phone: string | null
}

/** Why a scripted case could not be played to its end: the refusal met on the way. */
export class PlayFailure extends Error {
  constructor(
    readonly code: string,
    readonly field: string,
    message: string,
  ) {
    super(message)
    this.name = 'PlayFailure'
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/**
 * Reads a scenario.
 *
 * @throws PlayFailure `bad-scenario` where it is not one.
 */
export function readScenario(value: unknown): Scenario {
  const whole =
    isObject(value) &&
    typeof value['matter'] === 'string' &&
    typeof value['filed_on'] === 'string' &&
    isObject(value['applicant'])
  if (!whole) throw new PlayFailure('bad-scenario', '', 'not a scenario')
  const given = value as unknown as Partial<Scenario> & Scenario
  return {
    ...given,
    answers: given.answers ?? {},
    agent: given.agent ?? null,
    materials: (given.materials ?? []).map((m) => ({ ...m, reason: m.reason ?? '' })),
    supplements: given.supplements ?? [],
  }
}
