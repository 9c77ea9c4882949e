/** For whom a page asks: the clerk that it shows, before the records or those of training. */
export interface Standing {
  clerk: string
  training: boolean
}

let shown: Standing | null = null

/** Says whom the page shows from now on; null while it shows nobody. */
export function showsAs(standing: Standing | null): void {
  shown = standing
}

/**
 * Whom the page shows, as it goes with every call of a browser: there may be more pages, and one that
 * slept has not heard who signed in at another. The program refuses what is meant for somebody else
 * (`another-clerk`).
 */
export function standingHeader(): Record<string, string> {
  return shown ? { 'X-Clerk': `${shown.training ? 'training' : 'records'}/${shown.clerk}` } : {}
}
