import type { CardDocument, Facts } from '@/api'

export const levels = ['first', 'usual', 'hard'] as const
export const ways = ['paper', 'electronic', 'pledge', 'later'] as const
export const pictures = ['id-card', 'register', 'licence', 'form', 'proof', 'photo'] as const
export const defects = [
  'expired', 'other-name', 'other-number', 'no-seal', 'unsigned', 'illegible', 'copy-only', 'pages-missing', 'unfilled', 'content',
] as const
export const kinds = ['person', 'enterprise', 'sole-trader', 'organisation', 'institution'] as const
export const idTypes = ['resident-id', 'uscc', 'passport', 'hk-macao-permit', 'taiwan-permit'] as const

/** A paper that nothing is written on. */
export function blankDocument(): CardDocument {
  const facts: Facts = {
    holder: '', number: '', issuer: '', issued: -30, valid: null, sealed: true, signed: true,
    copy: false, legible: true, pages: 1, of_pages: 1, lines: [],
  }
  return { material: null, picture: 'proof', title: '', how: 'paper', facts, defect: null }
}

/** A day written as `YYYY-MM-DD`, so many days after another. */
export function dayAfter(today: string, days: number | null): string | null {
  const at = Date.parse(`${today}T00:00:00Z`)
  if (days === null || Number.isNaN(at) || Math.abs(days) > 36_500) return null
  return new Date(at + days * 86_400_000).toISOString().slice(0, 10)
}
