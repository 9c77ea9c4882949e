/** The periods that a lead asks for by one press. */
export const periods = ['today', 'week', 'month', 'last-month', 'year'] as const
export type Period = (typeof periods)[number]

const pad = (n: number): string => String(n).padStart(2, '0')
const text = (day: Date): string =>
  `${day.getUTCFullYear()}-${pad(day.getUTCMonth() + 1)}-${pad(day.getUTCDate())}`

/** The first and the last day of a period that holds `today` (`YYYY-MM-DD`); weeks begin on Monday. */
export function daysOf(period: Period, today: string): { from: string; to: string } {
  const now = new Date(`${today}T00:00:00Z`)
  const at = (year: number, month: number, day: number): string => text(new Date(Date.UTC(year, month, day)))
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()]
  switch (period) {
    case 'today':
      return { from: today, to: today }
    case 'week':
      return { from: at(year, month, day - ((now.getUTCDay() + 6) % 7)), to: today }
    case 'month':
      return { from: at(year, month, 1), to: today }
    case 'last-month':
      return { from: at(year, month - 1, 1), to: at(year, month, 0) }
    case 'year':
      return { from: at(year, 0, 1), to: today }
  }
}
