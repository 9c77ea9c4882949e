import type { CommandName, Door, Reply, Request } from './door'
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

/**
 * Calls a command of the contract.
 *
 * @throws CallFailure where the program refused or could not be reached.
 */
export async function call<C extends CommandName>(
  command: C,
  request: Request<C>,
): Promise<Reply<C>> {
  try {
    if (!door) throw new CallFailure('door-closed', 'no door')
    return await door.call(command, request)
  } catch (raw) {
    const failure = toFailure(raw)
    for (const listener of listeners) listener(failure)
    throw failure
  }
}
