import type { Downloads, Uploads } from './bindings'
import type { CommandName, Door, DownloadName, Reply, Request, UploadName } from './door'
import { CallFailure, toFailure } from './failure'

let door: Door | undefined
const listeners = new Set<(failure: CallFailure) => void>()

/** Chooses the door; `main.ts` does it once, each test with its own. */
export function openDoor(chosen: Door): void {
  door = chosen
}

/** Which door is open: a window can save to disk by itself, a browser downloads. */
export function doorKind(): Door['kind'] {
  return door?.kind ?? 'browser'
}

/** Hears of every refused call, for instance to go back to the sign-in screen. Returns the way out. */
export function onFailure(listener: (failure: CallFailure) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

async function through<T>(ask: (open: Door) => Promise<T>): Promise<T> {
  try {
    if (!door) throw new CallFailure('door-closed', 'no door')
    return await ask(door)
  } catch (raw) {
    const failure = toFailure(raw)
    for (const listener of listeners) listener(failure)
    throw failure
  }
}

/**
 * Calls a command of the contract.
 *
 * @throws CallFailure where the program refused or could not be reached.
 */
export function call<C extends CommandName>(command: C, request: Request<C>): Promise<Reply<C>> {
  return through((open) => open.call(command, request))
}

/**
 * Sends a file up.
 *
 * @throws CallFailure as `call`.
 */
export function upload<C extends UploadName>(
  command: C,
  request: Uploads[C][0],
  file: Blob,
): Promise<Uploads[C][1]> {
  return through((open) => open.upload(command, request, file))
}

/**
 * Fetches a file.
 *
 * @throws CallFailure as `call`.
 */
export function download<C extends DownloadName>(
  command: C,
  request: Downloads[C],
): Promise<ArrayBuffer> {
  return through((open) => open.download(command, request))
}
