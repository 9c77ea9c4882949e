import type { Commands } from './bindings'

/** The name of a command of the contract. */
export type CommandName = keyof Commands

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
}
