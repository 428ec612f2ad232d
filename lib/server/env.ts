import { resolve } from 'node:path'
import { z } from 'zod'

const optionalText = z
  .string()
  .trim()
  .optional()
  .transform((value) => (value === '' ? undefined : value))

const settingsSchema = z.object({
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  HOST: z.string().trim().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.preprocess((v) => (v === '' ? undefined : v), z.url({ protocol: /^https?$/ }).optional()),
  TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  DATA_DIR: z.string().trim().min(1).default('data'),
  DATABASE_URL: z.preprocess((v) => (v === '' ? undefined : v), z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgresql:// (leave it out for the embedded SQLite)').optional()),
  AUTH_SECRET: z.preprocess((v) => (v === '' ? undefined : v), z.string().min(32, 'must have at least 32 characters').optional()),
  OIDC_ISSUER: z.preprocess((v) => (v === '' ? undefined : v), z.url().optional()),
  OIDC_CLIENT_ID: optionalText,
  OIDC_CLIENT_SECRET: optionalText,
  OIDC_NAME: z.string().trim().default('single sign-on'),
  SMTP_URL: z.preprocess((v) => (v === '' ? undefined : v), z.string().regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://').optional()),
  MAIL_FROM: optionalText,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

/** The validated settings of this process. `dataDir` is absolute. */
export type Settings = z.infer<typeof settingsSchema> & { dataDir: string }

/** A setting that cannot be used; `message` lists each with what would have worked. */
export class SettingsError extends Error {}

/**
 * Reads settings from an environment; empty strings count as unset.
 * @throws SettingsError naming every setting that does not fit.
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const parsed = settingsSchema.safeParse(environment)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new SettingsError(`These settings cannot be used:\n${lines.join('\n')}`)
  }
  return { ...parsed.data, dataDir: resolve(parsed.data.DATA_DIR) }
}

let cached: Settings | undefined

/** The settings of this process, read once from `process.env`. */
export function settings(): Settings {
  cached ??= readSettings(process.env)
  return cached
}

/**
 * Tells next-auth, which reads its own address from the environment and nowhere else, where it is reached: at PUBLIC_URL, else wherever the
 * browser says.
 */
export function announceAuthAddress(): void {
  const { PUBLIC_URL } = settings()
  if (PUBLIC_URL === undefined) process.env.AUTH_TRUST_HOST = 'true'
  else process.env.NEXTAUTH_URL = new URL(PUBLIC_URL).origin
}

/** Whether this is the development server, which needs what a production page must not allow. */
export function isDevelopment(): boolean {
  return process.env.NODE_ENV === 'development'
}
