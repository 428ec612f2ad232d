import { createHash, randomBytes } from 'node:crypto'

/** A secret for a link or a token: 256 random bits in base64url, after a prefix that tells what it is. */
export function makeSecret(prefix = ''): string {
  return prefix + randomBytes(32).toString('base64url')
}

/** What the database keeps of a secret: its SHA-256 in hex. Plain hashing is enough, since the secret is random and long. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
