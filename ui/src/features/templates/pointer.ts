/** Adds a step to a JSON pointer (RFC 6901). */
export function step(path: string, ...keys: (string | number)[]): string {
  return keys.reduce<string>(
    (path, key) => `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`,
    path,
  )
}

/** Whether a place lies in another, or is it. */
export function isIn(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}/`)
}

/**
 * The control of the place that a finding names, or of the nearest place around it. Controls carry
 * their place in `data-path`.
 */
export function controlAt(root: HTMLElement, path: string): HTMLElement | null {
  for (let at = path; at; at = at.slice(0, at.lastIndexOf('/'))) {
    const found = [...root.querySelectorAll<HTMLElement>('[data-path]')].find((one) => one.dataset['path'] === at)
    if (found) return found
  }
  return null
}
