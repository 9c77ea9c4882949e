import { t, type TextKey } from '@/i18n'

const DAY = 86_400_000

/** Reads `YYYY-MM-DD` as a day without a time zone; null where it is none. */
function readDay(text: string): Date | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!parts) return null
  const day = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])))
  return day.toISOString().startsWith(text) ? day : null
}

function weekday(day: Date): string {
  return t(`words.weekday.${day.getUTCDay()}` as TextKey)
}

function month(day: Date): string {
  return t(`words.month.${day.getUTCMonth() + 1}` as TextKey)
}

const WRITTEN_DAY = /^(\d{4})[-./。年](\d{1,2})[-./。月](\d{1,2})日?$/
const RUN_TOGETHER = /^(\d{4})(\d{2})(\d{2})$/

/**
 * A day as people write it, in the one form `YYYY-MM-DD`: 2026.3.2, 2026/3/2, 2026年3月2日 and
 * 20260302, in full-width signs as well. What is no day stays as it is, so that it can be named.
 */
export function typedDay(text: string): string {
  const plain = text.normalize('NFKC').replace(/\s/g, '')
  const parts = WRITTEN_DAY.exec(plain) ?? RUN_TOGETHER.exec(plain)
  const [, year = '', month = '', day = ''] = parts ?? []
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return readDay(written) ? written : text.trim()
}

/** Whether `text` is a day of the calendar, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return readDay(text) !== null
}

/** What to look at once more in a day that lies behind `today`: one of long ago is mostly a slip. */
export function longAgo(text: string, today: string): string {
  const day = typedDay(text)
  const yearBefore = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`
  return isDay(day) && day < yearBefore ? t('words.day.longAgo') : ''
}

/** What is wrong with a day as it was typed; one that is `open` may be left out. */
export function dayFault(text: string, open = false): string {
  const day = typedDay(text)
  return isDay(day) || (open && !day) ? '' : t('words.day.bad')
}

/** 2026年12月8日(周二). Text that is no date is shown as it is. */
export function longDate(text: string | null | undefined): string {
  if (!text) return t('words.unknown')
  const day = readDay(text)
  if (!day) return text
  return t('words.date', {
    y: day.getUTCFullYear(),
    m: month(day),
    d: day.getUTCDate(),
    w: weekday(day),
  })
}

/** 12月8日(周二), for lists; with the year where it is not this one. */
export function shortDate(text: string | null | undefined, today: string): string {
  if (!text) return t('words.unknown')
  const day = readDay(text)
  if (!day) return text
  if (text.slice(0, 4) !== today.slice(0, 4)) return longDate(text)
  return t('words.dateShort', { m: month(day), d: day.getUTCDate(), w: weekday(day) })
}

/** How many days `text` lies after `today`; null where one is no date. */
export function daysAhead(text: string | null | undefined, today: string): number | null {
  const there = text ? readDay(text) : null
  const here = readDay(today)
  return there && here ? Math.round((there.getTime() - here.getTime()) / DAY) : null
}

/** 今日, 昨日, or the date. */
export function relativeDate(text: string, today: string): string {
  switch (daysAhead(text, today)) {
    case 0:
      return t('words.today')
    case -1:
      return t('words.yesterday')
    case 1:
      return t('words.tomorrow')
    default:
      return shortDate(text, today)
  }
}

const clock = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** The day and the time of day, in Asia/Shanghai, of an RFC 3339 instant. */
export function localMoment(instant: string): { day: string; time: string } | null {
  const at = new Date(instant)
  if (Number.isNaN(at.getTime())) return null
  const part = Object.fromEntries(clock.formatToParts(at).map((p) => [p.type, p.value]))
  return {
    day: `${part['year']}-${part['month']}-${part['day']}`,
    time: `${part['hour']}:${part['minute']}`,
  }
}

/** 今日 14:03, or 2026年12月8日(周二) 14:03. */
export function moment(instant: string | null | undefined, today: string): string {
  const at = instant ? localMoment(instant) : null
  if (!at) return instant || t('words.unknown')
  return `${relativeDate(at.day, today)} ${at.time}`
}
