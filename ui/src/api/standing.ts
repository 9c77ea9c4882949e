import type { CommandName, Door, DownloadName, UploadName } from './door'
import { CallFailure } from './failure'

/** For whom a page asks: the clerk that it shows, before the records or those of training. */
export interface Standing {
  clerk: string
  training: boolean
}

type Asked = CommandName | UploadName | DownloadName

let shown: Standing | null = null

/** Says whom the page shows from now on; null while it shows nobody. */
export function showsAs(standing: Standing | null): void {
  shown = standing
}

/** Whom the page shows, as it goes with every call of a browser. */
export function standingHeader(): Record<string, string> {
  return shown ? { 'X-Clerk': `${shown.training ? 'training' : 'records'}/${shown.clerk}` } : {}
}

/**
 * What stands in somebody's name afterwards. Drafts do not: they are the window's, and one that is
 * saved as its page goes away can't wait for an answer first.
 */
const SIGNED: readonly Asked[] = [
  'add_clerk', 'set_account', 'reset_pin', 'set_retired', 'change_pin',
  'file_case', 'file_bundle', 'give_notice', 'supplement', 'accept', 'correct_parties', 'withdraw',
  'issue_paper', 'resume_clock', 'hand_over', 'ask_signature', 'sign',
  'invite_evaluation', 'enter_evaluation', 'add_scan', 'remove_scan',
  'hand_over_shift', 'take_shift', 'take_over', 'forget_wanted', 'hand_on', 'settle_conflict',
  'register_ledger', 'step_ledger', 'correct_ledger', 'set_ledger_limits', 'export_ledger', 'save_ledger',
  'print_paper', 'give_paper', 'settle_print', 'cancel_print', 'set_print_rule',
  'install_templates', 'restore_templates', 'reuse_templates', 'confirm_away',
  'start_training', 'say_word', 'drop_training', 'finish_training', 'save_card', 'remove_card', 'reset_training',
]

/**
 * Refuses what would stand in the name of somebody else than the page shows: in a browser there may
 * be more pages, and one that slept has not heard who signed in at another.
 *
 * @throws CallFailure `another-clerk`.
 */
export async function refuseForAnother(open: Door, command: Asked): Promise<void> {
  const here = shown
  if (!here || open.kind !== 'browser' || !SIGNED.includes(command)) return
  const { clerk, training } = await open.call('status', {})
  // Where nobody is signed in, the command itself is refused.
  if (clerk && (clerk.id !== here.clerk || training !== here.training)) throw new CallFailure('another-clerk', clerk.name)
}
