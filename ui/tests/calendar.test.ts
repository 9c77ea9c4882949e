import { readFileSync } from 'node:fs'

import { isWorkday } from 'chinese-days'
import { describe, expect, it } from 'vitest'

interface Year {
  status: string
  holidays: string[]
  workdays: string[]
}

const guide = JSON.parse(
  readFileSync('../src-tauri/guide/example/guide.json', 'utf8'),
) as { calendar: { years: Record<string, Year> } }

/** The rule of the program's calendar: a make-up workday, or a weekday that is no holiday. */
function isOpen(year: Year, day: Date): boolean {
  const text = day.toISOString().slice(0, 10)
  if (year.workdays.includes(text)) return true
  return ![0, 6].includes(day.getUTCDay()) && !year.holidays.includes(text)
}

describe('the official calendar of the guide', () => {
  it.each(['2025', '2026'])('agrees with an independent one on every day of %s', (name) => {
    const year = guide.calendar.years[name]
    if (!year) throw new Error(`no year ${name}`)
    expect(year.status).toBe('official')
    const differing: string[] = []
    for (let day = new Date(`${name}-01-01T00:00:00Z`); day.getUTCFullYear() === Number(name); ) {
      const text = day.toISOString().slice(0, 10)
      if (isOpen(year, day) !== isWorkday(text)) differing.push(text)
      day = new Date(day.getTime() + 86_400_000)
    }
    expect(differing).toEqual([])
  })
})
