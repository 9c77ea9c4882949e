import { t } from '@/i18n'

/** Minutes and seconds in words. */
export function duration(seconds: number): string {
  return t('training.result.time', {
    min: Math.floor(seconds / 60),
    sec: String(seconds % 60).padStart(2, '0'),
  })
}
