import type { FerryPlace } from '@/api'
import { t } from '@/i18n'

/** What people call a place: its stick, or the last of its path. */
export function placeName(place: FerryPlace): string {
  if (place.own) return t('upstream.ferry.out.own')
  if (place.stick) return t('upstream.ferry.out.stick', { name: place.stick })
  return place.path.split(/[\\/]/).filter(Boolean).at(-1) ?? place.path
}
