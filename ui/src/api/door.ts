import type { Commands, Downloads, Uploads } from './bindings'

/** The name of a command of the contract. */
export type CommandName = keyof Commands

/** The name of a command that sends a file up. */
export type UploadName = keyof Uploads

/** The name of a command that fetches a file. */
export type DownloadName = keyof Downloads

/** What a command takes. */
export type Request<C extends CommandName> = Commands[C][0]

/** What a command answers. */
export type Reply<C extends CommandName> = Commands[C][1]

/**
 * The way to the program. Both doors behave the same: they answer with the command's reply, or
 * reject with a `CallFailure`.
 */
export interface Door {
  /** `window`: the program's own window; `browser`: a browser on the loopback address. */
  readonly kind: 'window' | 'browser'
  call<C extends CommandName>(command: C, request: Request<C>): Promise<Reply<C>>
  /** Sends a file up: its bytes travel as they are, beside the request. */
  upload<C extends UploadName>(command: C, request: Uploads[C][0], file: Blob): Promise<Uploads[C][1]>
  /** Fetches a file. */
  download<C extends DownloadName>(command: C, request: Downloads[C]): Promise<ArrayBuffer>
}

/** The request that goes beside the bytes of a file, as a header carries it: ASCII only. */
export function besideBytes(request: unknown): string {
  const utf8 = new TextEncoder().encode(JSON.stringify(request))
  return btoa(String.fromCharCode(...utf8))
}
