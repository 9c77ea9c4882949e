import { invoke } from '@tauri-apps/api/core'

import type { Downloads, Uploads } from './bindings'
import { besideBytes } from './door'
import type { CommandName, Door, DownloadName, Reply, Request, UploadName } from './door'
import { toFailure } from './failure'

/** The door of the program's own window: one Tauri command carries JSON, two carry files. */
export const windowDoor: Door = {
  kind: 'window',
  async call<C extends CommandName>(command: C, request: Request<C>): Promise<Reply<C>> {
    try {
      return await invoke<Reply<C>>('rpc', { command, request })
    } catch (raw) {
      throw toFailure(raw)
    }
  },
  async upload<C extends UploadName>(
    command: C,
    request: Uploads[C][0],
    file: Blob,
  ): Promise<Uploads[C][1]> {
    try {
      const headers = { 'x-command': command, 'x-request': besideBytes(request) }
      return await invoke('upload', new Uint8Array(await file.arrayBuffer()), { headers })
    } catch (raw) {
      throw toFailure(raw)
    }
  },
  async download<C extends DownloadName>(command: C, request: Downloads[C]): Promise<ArrayBuffer> {
    try {
      return await invoke<ArrayBuffer>('download', { command, request })
    } catch (raw) {
      throw toFailure(raw)
    }
  },
}
