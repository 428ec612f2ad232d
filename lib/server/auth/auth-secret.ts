import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { settings } from '../env'

let cached: string | undefined

/**
 * The secret that encrypts sessions: AUTH_SECRET, or else one made at first use and kept in the data folder (readable by its owner only). Several
 * instances that share a database need the same AUTH_SECRET.
 */
export function authSecret(): string {
  cached ??= settings().AUTH_SECRET ?? keptSecret(settings().dataDir)
  return cached
}

/** Reads the secret kept in `folder`, making one if there is none. Two processes that make it at once end with the same one. */
export function keptSecret(folder: string): string {
  const file = join(folder, 'auth-secret')
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const draft = `${file}.${randomBytes(6).toString('hex')}`
    writeFileSync(draft, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' })
    try {
      // A hard link appears with its whole content or not at all, and fails when another process was first.
      linkSync(draft, file)
    } catch (error) {
      if (!existsSync(file)) throw error
    } finally {
      rmSync(draft, { force: true })
    }
  }
  const secret = readFileSync(file, 'utf8').trim()
  if (secret.length < 32)
    throw new Error(
      `${file} is damaged: it must hold at least 32 characters. Delete it to sign everyone out and start with a new one.`,
    )
  return secret
}
