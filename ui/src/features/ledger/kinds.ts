import type { LedgerCountView, LedgerKind, Light } from '@/api'

/** The ledgers, in the order of their tabs. */
export const ledgerKinds: readonly LedgerKind[] = ['consultation', 'obstruction', 'complaint']

/** The ledger that a route names; the first where it names none. */
export function kindOf(text: string | undefined): LedgerKind {
  return ledgerKinds.find((kind) => kind === text) ?? 'consultation'
}

/** The tone of a light. Orange and yellow share one: the day beside them tells them apart. */
export function toneOf(light: Light | null): 'green' | 'amber' | 'red' | 'grey' {
  if (light === 'red') return 'red'
  if (light === 'orange' || light === 'yellow') return 'amber'
  return light === 'green' ? 'green' : 'grey'
}

/** What all ledgers owe together, and which of them has the nearest last day; null where nothing is owed. */
export function owedOf(
  counts: LedgerCountView[],
): { open: number; kind: LedgerKind; nearest: string | null; tone: ReturnType<typeof toneOf> } | null {
  const owing = counts.filter((count) => count.open > 0)
  const first = owing.reduce<LedgerCountView | null>(
    (best, one) => (best === null || (one.nearest ?? '') < (best.nearest ?? '') ? one : best),
    null,
  )
  if (!first) return null
  const open = owing.reduce((sum, one) => sum + one.open, 0)
  return { open, kind: first.kind, nearest: first.nearest, tone: toneOf(first.light) }
}
