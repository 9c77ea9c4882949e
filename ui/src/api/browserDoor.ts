import type { CommandName, Door, Reply, Request } from './door'
import { CallFailure, toFailure } from './failure'

const TOKEN_KEY = 'yichuang.token'

/**
 * Takes the token out of the page's address (`#token=…`), so that it stays neither in the address
 * bar nor in the history, and keeps it for this tab.
 */
export function takeToken(page: Window): string {
  const found = /^#token=([^&]+)/.exec(page.location.hash)
  if (found?.[1]) {
    page.sessionStorage.setItem(TOKEN_KEY, decodeURIComponent(found[1]))
    page.history.replaceState(null, '', page.location.pathname + page.location.search)
  }
  return page.sessionStorage.getItem(TOKEN_KEY) ?? ''
}

async function readBody(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return null
  }
}

/** The door of `yichuang serve`: HTTP on the loopback address, with the token of the page. */
export function browserDoor(token: string, send: typeof fetch = fetch): Door {
  return {
    kind: 'browser',
    async call<C extends CommandName>(command: C, request: Request<C>): Promise<Reply<C>> {
      let response: Response
      try {
        response = await send(`/rpc/${command}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
          body: JSON.stringify(request),
          // A draft saved while the page goes away must still arrive.
          keepalive: command === 'save_draft',
        })
      } catch (raw) {
        throw new CallFailure('door-closed', String(raw))
      }
      const body = await readBody(response)
      if (response.ok) return body as Reply<C>
      if (body === null) throw new CallFailure('door-refused', `HTTP ${response.status}`)
      throw toFailure(body)
    },
  }
}
