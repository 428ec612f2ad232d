import { resolve } from 'node:path'
import { z } from 'zod'

/** An optional setting; an empty value counts as unset. */
function optional<T extends z.ZodType>(schema: T) {
  return z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
    schema.optional(),
  )
}

/** A setting with a default; an empty value counts as unset. */
function defaulted<T extends z.ZodType>(schema: T, value: z.output<T> & z.core.util.NoUndefined<z.output<T>>) {
  return z.preprocess(
    (given) => (typeof given === 'string' && given.trim() === '' ? undefined : given),
    schema.default(value),
  )
}

const text = z.string().trim()

/** A whole number within limits; `message` names them. */
function wholeNumber(from: number, to: number) {
  const message = `must be a whole number from ${String(from)} to ${String(to)}`
  return z.coerce.number(message).int(message).min(from, message).max(to, message)
}

const webAddress = z.url({ protocol: /^https?$/, error: 'must be a web address, such as https://facts.example.org' })

/** All settings. The table in docs/operating.md lists the same ones; a test compares the two. */
export const settingsShape = {
  PORT: defaulted(wholeNumber(1, 65535), 3000),
  HOST: defaulted(text, '127.0.0.1'),
  PUBLIC_URL: optional(webAddress),
  TRUST_PROXY: defaulted(wholeNumber(0, 10), 0),
  DATA_DIR: defaulted(text, 'data'),
  ALLOW_SECOND_SERVER: defaulted(z.enum(['no', 'yes'], { error: 'must be yes or no' }), 'no'),
  DATABASE_URL: optional(
    text.regex(/^postgres(ql)?:\/\//, 'must start with postgresql:// (leave it out for the embedded SQLite)'),
  ),
  AUTH_SECRET: optional(z.string().min(32, 'must have at least 32 characters; make one with: openssl rand -base64 48')),
  FETCH_LOOPBACK: defaulted(z.enum(['no', 'only-for-tests'], { error: 'must be no or only-for-tests' }), 'no'),
  OIDC_ISSUER: optional(webAddress),
  OIDC_CLIENT_ID: optional(text),
  OIDC_CLIENT_SECRET: optional(text),
  OIDC_NAME: defaulted(text, 'single sign-on'),
  SMTP_URL: optional(text.regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')),
  MAIL_FROM: optional(text),
  DIGEST_HOUR: defaulted(wholeNumber(0, 23), 6),
  LOG_LEVEL: defaulted(
    z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    }),
    'info',
  ),
}

/** Settings that require each other. */
const oidcFamily = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const

const settingsSchema = z.object(settingsShape).superRefine((values, context) => {
  const missing = oidcFamily.filter((name) => values[name] === undefined)
  if (missing.length === oidcFamily.length) return
  for (const name of missing) {
    const message = `is needed too: ${oidcFamily.join(', ')} work only together`
    context.addIssue({ code: 'custom', path: [name], message })
  }
})

/** The validated settings of this process. `dataDir` is absolute. */
export type Settings = z.infer<typeof settingsSchema> & { dataDir: string }

/** Invalid settings; `message` lists each with a value that would work. */
export class SettingsError extends Error {}

/**
 * Reads settings from an environment; empty strings count as unset.
 * @throws SettingsError naming every invalid setting.
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const parsed = settingsSchema.safeParse(environment)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
    throw new SettingsError(`Wrong settings: ${problems.join('; ')}.`)
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
 * Tells next-auth the server's address: PUBLIC_URL, or without it the address that the browser used. next-auth reads it from the environment only.
 */
export function announceAuthAddress(): void {
  const { PUBLIC_URL } = settings()
  if (PUBLIC_URL === undefined) process.env.AUTH_TRUST_HOST = 'true'
  else process.env.NEXTAUTH_URL = new URL(PUBLIC_URL).origin
}

/** Whether this is the development server, which needs permissions that a production page must not have. */
export function isDevelopment(): boolean {
  return process.env.NODE_ENV === 'development'
}

/** The folder from which the command line was called. Relative paths among its arguments are resolved against it. */
export function callerFolder(): string {
  return process.env.SOURCEMARK_CALLED_FROM ?? process.cwd()
}

const harmless = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'TZ', 'LANG'] as const

/** The environment of a process that reads untrusted documents: what every program needs, without any setting, so that it holds no secrets. */
export function environmentWithoutSecrets(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => harmless.some((other) => other === name))
  return { NODE_ENV: process.env.NODE_ENV, ...Object.fromEntries(kept) }
}

/**
 * Makes a full address of a path, for links that leave the browser: below PUBLIC_URL, or without it below the address the server listens on. Never
 * below an address from the request, whose Host header anyone can write.
 */
export function publicUrl(path: string): string {
  const { PUBLIC_URL, HOST, PORT } = settings()
  const host = HOST === '0.0.0.0' || HOST === '::' ? 'localhost' : HOST.includes(':') ? `[${HOST}]` : HOST
  return new URL(path, PUBLIC_URL ?? `http://${host}:${PORT}`).href
}
