import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readSettings, SettingsError, settingsShape } from './env'

describe('readSettings', () => {
  test('needs nothing', () => {
    expect(readSettings({})).toEqual({
      PORT: 3000,
      DIGEST_HOUR: 6,
      HOST: '127.0.0.1',
      TRUST_PROXY: 0,
      ALLOW_SECOND_SERVER: 'no',
      FETCH_LOOPBACK: 'no',
      DATA_DIR: 'data',
      OIDC_NAME: 'single sign-on',
      LOG_LEVEL: 'info',
      dataDir: resolve('data'),
    })
  })

  test('takes an empty value for a missing one', () => {
    const empty = Object.fromEntries(Object.keys(settingsShape).map((name) => [name, ' ']))
    expect(readSettings(empty)).toEqual(readSettings({}))
  })

  const wrong: [string, Record<string, string>, string][] = [
    ['a port that is no number', { PORT: 'http' }, 'PORT must be a whole number from 1 to 65535'],
    ['a port that is too high', { PORT: '70000' }, 'PORT must be a whole number from 1 to 65535'],
    ['another database', { DATABASE_URL: 'mysql://db/x' }, 'DATABASE_URL must start with postgresql://'],
    ['a short secret', { AUTH_SECRET: 'short' }, 'AUTH_SECRET must have at least 32 characters'],
    ['an address without a scheme', { PUBLIC_URL: 'facts.example.org' }, 'PUBLIC_URL must be a web address'],
    ['an address of another scheme', { PUBLIC_URL: 'ftp://facts.example.org' }, 'PUBLIC_URL must be a web address'],
    ['half a provider', { OIDC_ISSUER: 'https://id.example.org' }, 'OIDC_CLIENT_ID is needed too'],
    ['mail over the web', { SMTP_URL: 'https://mail.example.org' }, 'SMTP_URL must start with smtp://'],
    ['an unknown log level', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of fatal, error'],
  ]
  test.each(wrong)('refuses %s', (_name, environment, message) => {
    expect(() => readSettings(environment)).toThrow(SettingsError)
    expect(() => readSettings(environment)).toThrow(message)
  })

  test('names every wrong setting in one line', () => {
    expect(() => readSettings({ PORT: '0', LOG_LEVEL: 'loud' })).toThrow(/^Wrong settings: PORT .*; LOG_LEVEL .*\.$/)
  })
})

test('docs/operating.md lists the same settings with the same defaults', () => {
  const rows = readFileSync('docs/operating.md', 'utf8').matchAll(/^\| `([A-Z_]+)` +\| (.*?) +\|/gm)
  const documented = Object.fromEntries(
    [...rows].map(([, name = '', value = '']): [string, string | null] => [name, /^`(.*)`$/.exec(value)?.[1] ?? null]),
  )
  const defaults: Record<string, string | number | undefined> = readSettings({})
  const actual = Object.fromEntries(
    Object.keys(settingsShape).map((name) => [name, defaults[name] === undefined ? null : String(defaults[name])]),
  )
  expect(documented).toEqual(actual)
})
