import type { Figure, FigureRow, FiguresView, Rate } from '@/api'

const FIGURES: readonly Figure[] = [
  'filed', 'accepted', 'turned-away', 'decided', 'decided-with-limit', 'decided-on-time', 'overdue', 'notices',
  'second-notices', 'extensions', 'ended', 'handed-over', 'reprints', 'materials', 'materials-spared', 'services', 'evaluated',
]

/** A row in which everything counts `filed` times, and nothing is divided. */
export function figureRow(key: string, name: string, filed: number, rates: Partial<Record<Rate, number>> = {}): FigureRow {
  const counts = Object.fromEntries(FIGURES.map((figure) => [figure, figure === 'filed' ? filed : 0]))
  const none = { 'on-time': null, evaluation: null, 'second-notice': null, 'material-reduction': null }
  return { key, name, counts: counts as Record<Figure, number>, rates: { ...none, ...rates } }
}

/** Figures of some groups. */
export function figuresOf(groups: FigureRow[], rates: Partial<Record<Rate, number>> = {}): FiguresView {
  const filed = groups.reduce((sum, row) => sum + row.counts.filed, 0)
  return {
    total: figureRow('', '', filed, rates),
    groups,
    course: groups,
    matters: groups.length,
    guide_matters: 36,
    reasons: [],
    reasons_total: 0,
    rates: [
      { rate: 'on-time', part: 'decided-on-time', whole: 'decided-with-limit' },
      { rate: 'evaluation', part: 'evaluated', whole: 'services' },
    ],
  }
}
