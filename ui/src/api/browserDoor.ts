import type { Downloads, Uploads } from './bindings'
import { besideBytes } from './door'
import type { CommandName, Door, DownloadName, Reply, Request, UploadName } from './door'
import { CallFailure, toFailure } from './failure'
import { standingHeader } from './standing'

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
  async function post(
    path: string,
    headers: Record<string, string>,
    body: BodyInit,
    keepalive = false,
  ): Promise<Response> {
    const authorised = { ...headers, ...standingHeader(), Authorization: `Bearer ${token}` }
    let response: Response
    try {
      response = await send(path, { method: 'POST', headers: authorised, body, keepalive })
    } catch (raw) {
      throw new CallFailure('door-closed', String(raw))
    }
    if (response.ok) return response
    const refusal = await readBody(response)
    if (refusal === null) throw new CallFailure('door-refused', `HTTP ${response.status}`)
    throw toFailure(refusal)
  }
  const json = { 'Content-Type': 'application/json' }
  return {
    kind: 'browser',
    async call<C extends CommandName>(command: C, request: Request<C>): Promise<Reply<C>> {
      // A draft saved while the page goes away must still arrive.
      const last = command === 'save_draft'
      const response = await post(`/rpc/${command}`, json, JSON.stringify(request), last)
      return (await readBody(response)) as Reply<C>
    },
    async upload<C extends UploadName>(
      command: C,
      request: Uploads[C][0],
      file: Blob,
    ): Promise<Uploads[C][1]> {
      const kind = { 'Content-Type': 'application/octet-stream' }
      const headers = { ...kind, 'X-Request': besideBytes(request) }
      const response = await post(`/upload/${command}`, headers, file)
      return (await readBody(response)) as Uploads[C][1]
    },
    async download<C extends DownloadName>(command: C, request: Downloads[C]): Promise<ArrayBuffer> {
      const response = await post(`/download/${command}`, json, JSON.stringify(request))
      return response.arrayBuffer()
    },
  }
}
