import { createMemoryHistory, type Router, type RouterHistory } from 'vue-router'

/** How long a screen must stay before the address says it. */
const SETTLED = 500

/**
 * The history of the window, which has no address bar. WebKit refuses the hundredth change of an
 * address within half a minute; the router then loads the address instead, which changes it once
 * more, and so on until nothing answers a key. Somebody who holds an arrow in a list gets there. So
 * the window keeps its way by itself and begins where its address says.
 */
export function createWindowHistory(page: Window = window): RouterHistory {
  const history = createMemoryHistory()
  history.replace(page.location.hash.slice(1) || '/')
  return history
}

/** Shows the address of a screen that was stayed at, for a page that is loaded anew, and goes where
 *  a changed address says. */
export function followAddress(router: Router, page: Window = window): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  router.afterEach((to) => {
    clearTimeout(timer)
    timer = setTimeout(() => page.history.replaceState(null, '', `#${to.fullPath}`), SETTLED)
  })
  page.addEventListener('hashchange', (event) => {
    const path = new URL(event.newURL).hash.slice(1) || '/'
    if (path !== router.currentRoute.value.fullPath) void router.push(path)
  })
}
