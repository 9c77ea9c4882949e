/** A call that was refused or failed, as it crosses either door: `{code, message, details}`. */
export class CallFailure extends Error {
  readonly code: string
  readonly details: Record<string, unknown>

  constructor(code: string, message: string, details: Record<string, unknown> = {}) {
    super(message)
    this.name = 'CallFailure'
    this.code = code
    this.details = details
  }

  /** The field it is about, for instance `applicant.id_number`; empty where it is about none. */
  get field(): string {
    const field = this.details['field']
    return typeof field === 'string' ? field : ''
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads what a door rejected with; anything unknown becomes `internal`. */
export function toFailure(raw: unknown): CallFailure {
  if (raw instanceof CallFailure) return raw
  if (isObject(raw) && typeof raw['code'] === 'string') {
    const message = typeof raw['message'] === 'string' ? raw['message'] : ''
    return new CallFailure(raw['code'], message, isObject(raw['details']) ? raw['details'] : {})
  }
  return new CallFailure('internal', raw instanceof Error ? raw.message : String(raw))
}
