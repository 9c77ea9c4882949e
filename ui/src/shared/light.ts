import type { Light } from '@/api'

/** What a light looks like; amber is 橙. */
export type LightTone = 'green' | 'yellow' | 'amber' | 'red' | 'grey'

/** The tone of one of the four lights (红橙黄绿灯); grey where nothing presses. */
export function toneOf(light: Light | null): LightTone {
  if (light === 'orange') return 'amber'
  return light ?? 'grey'
}
