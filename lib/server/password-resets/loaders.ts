import { openLink, type LinkOutcome } from '../auth/link'
import { readPasswordReset } from './mutations'

/** Whose password a link replaces, for its page; else why it does not work. */
export async function loadPasswordReset(secret: string): Promise<LinkOutcome<{ email: string }>> {
  return openLink(() => readPasswordReset(secret, new Date()))
}
