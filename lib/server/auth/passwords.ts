import { hash, verify, type Options } from '@node-rs/argon2'

/** Argon2id (the package's default variant) with 19 MiB, two passes and one lane: the OWASP Password Storage Cheat Sheet's first choice. */
const parameters: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 }

/** The same password typed on two keyboards may differ in Unicode composition (NIST SP 800-63B, 5.1.1.2 asks for NFKC). */
function normalized(password: string): string {
  return password.normalize('NFKC')
}

/** The hash of a password for the database, as a PHC string. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalized(password), parameters)
}

let nobody: Promise<string> | undefined

/**
 * Whether the password matches the hash. Without a hash (an unknown address, an account without a password) it takes as long and returns false, so
 * that timing reveals nothing.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword('no account has this one')
  const known = await verify(passwordHash ?? (await nobody), normalized(password))
  return passwordHash !== null && known
}
