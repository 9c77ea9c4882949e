import type { Limit } from '@/api'
import { hasText, t } from '@/i18n'

/** 5 个工作日; a limit of nothing is done at once. */
export function limitText(limit: Limit | null): string {
  if (!limit) return t('words.none')
  if (limit.value === 0) return t('words.limit.now')
  return t(`words.limit.${limit.unit}`, { n: limit.value })
}

/** The word for a name of the contract, or the name itself where the catalogue has none. */
export function wordFor(group: string, name: string): string {
  const key = `words.${group}.${name}`
  return hasText(key) ? t(key) : name
}

/** 3 号窗口; a window may also have a name instead of a number. */
export function windowText(window: string): string {
  return /^[\dA-Za-z-]+$/.test(window)
    ? t('frame.windowOf', { window })
    : t('frame.windowNamed', { window })
}
