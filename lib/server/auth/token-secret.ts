import { createHash, randomBytes } from 'node:crypto'

/** A secret for a link or a token: 256 random bits in base64url, behind a prefix that names its kind. */
export function makeSecret(prefix = ''): string {
  return prefix + randomBytes(32).toString('base64url')
}

/** The SHA-256 of a secret in hex, as the database stores it. A plain hash is enough, since the secret is random and long. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
