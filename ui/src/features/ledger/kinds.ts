import type { LedgerCountView, LedgerKind } from '@/api'
import { toneOf, type LightTone } from '@/shared/light'

/** The ledgers, in the order of their tabs. */
export const ledgerKinds: readonly LedgerKind[] = ['consultation', 'obstruction', 'complaint', 'assistance']

/** The ledger that a route names; the first where it names none. */
export function kindOf(text: string | undefined): LedgerKind {
  return ledgerKinds.find((kind) => kind === text) ?? 'consultation'
}

/** What all ledgers owe together, and which of them has the nearest last day; null where nothing is owed. */
export function owedOf(
  counts: LedgerCountView[],
): { open: number; kind: LedgerKind; nearest: string | null; tone: LightTone } | null {
  const owing = counts.filter((count) => count.open > 0)
  const first = owing.reduce<LedgerCountView | null>(
    (best, one) => (best === null || (one.nearest ?? '') < (best.nearest ?? '') ? one : best),
    null,
  )
  if (!first) return null
  const open = owing.reduce((sum, one) => sum + one.open, 0)
  return { open, kind: first.kind, nearest: first.nearest, tone: toneOf(first.light) }
}
