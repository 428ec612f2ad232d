import { database } from '../db/client'
import { openLink, type LinkOutcome } from '../auth/link'
import { checkSetupLink } from './mutations'

/** Whether a set-up link works, for its page; else why not. */
export async function loadSetupLink(secret: string): Promise<LinkOutcome<void>> {
  return openLink(() => checkSetupLink(secret, new Date()))
}

/** Whether nobody has an account yet, so that only the set-up link leads in. */
export async function loadIsUnclaimed(): Promise<boolean> {
  const { read } = await database()
  return (await read.user.count()) === 0
}
