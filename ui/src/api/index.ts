import { isTauri } from '@tauri-apps/api/core'

import { browserDoor, takeToken } from './browserDoor'
import type { Door } from './door'
import { windowDoor } from './windowDoor'

export type * from './bindings'
export { call, doorKind, download, onFailure, openDoor, upload } from './call'
export type { CommandName, Door, DownloadName, Reply, Request, UploadName } from './door'
export { CallFailure, toFailure } from './failure'

/** The door that this page stands before. */
export function doorOfThisPage(): Door {
  return isTauri() ? windowDoor : browserDoor(takeToken(window))
}
export { showsAs } from './standing'
