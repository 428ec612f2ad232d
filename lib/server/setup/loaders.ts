import { openLink, type LinkOutcome } from '../auth/link'
import { checkSetupLink } from './mutations'

/** Whether a set-up link works, for its page; else why not. */
export async function loadSetupLink(secret: string): Promise<LinkOutcome<void>> {
  return openLink(() => checkSetupLink(secret, new Date()))
}
