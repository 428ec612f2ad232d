import { database } from '../db/client'
import { openLink, type LinkOutcome } from '../auth/link'
import { checkSetupLink } from './mutations'

/** Whether a set-up link works, for its page, or the reason why not. */
export async function loadSetupLink(secret: string): Promise<LinkOutcome<void>> {
  return openLink(() => checkSetupLink(secret, new Date()))
}

/** Whether no account exists yet, so that only the set-up link gives access. */
export async function loadIsUnclaimed(): Promise<boolean> {
  const { read } = await database()
  return (await read.user.count()) === 0
}
