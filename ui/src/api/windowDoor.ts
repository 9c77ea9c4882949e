import { invoke } from '@tauri-apps/api/core'

import type { CommandName, Door, Reply, Request } from './door'
import { toFailure } from './failure'

/** The door of the program's own window: one Tauri command carries them all. */
export const windowDoor: Door = {
  kind: 'window',
  async call<C extends CommandName>(command: C, request: Request<C>): Promise<Reply<C>> {
    try {
      return await invoke<Reply<C>>('rpc', { command, request })
    } catch (raw) {
      throw toFailure(raw)
    }
  },
}
