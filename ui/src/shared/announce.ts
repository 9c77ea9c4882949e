import { ref } from 'vue'

/** What a screen reader is told beside what it reads by itself; shown to nobody. One region for the
 *  whole page: only a region that was there before is heard. */
export const announced = ref('')

export function announce(words: string): void {
  announced.value = words
}
