import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keptSecret } from './auth-secret'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sourcemark-secret-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('keptSecret', () => {
  it('makes one at first, for its owner’s eyes only, and keeps it', () => {
    const secret = keptSecret(join(folder, 'new'))
    expect(secret).toHaveLength(64)
    expect(keptSecret(join(folder, 'new'))).toBe(secret)
    expect(statSync(join(folder, 'new/auth-secret')).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(folder, 'new'))).toEqual(['auth-secret'])
  })

  it('differs between folders', () => {
    expect(keptSecret(join(folder, 'a'))).not.toBe(keptSecret(join(folder, 'b')))
  })

  it('refuses a damaged one rather than signing with it', () => {
    writeFileSync(join(folder, 'auth-secret'), 'short')
    expect(() => keptSecret(folder)).toThrow(/damaged/)
  })
})
