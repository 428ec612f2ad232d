import { join } from 'node:path'
import { expect, test } from 'vitest'
import { verifyPassword } from '@/lib/server/auth/passwords'
import { loadSample } from '@/prisma/sample/load'
import { seedSample, type SampleSignIn } from '@/prisma/seed'
import { describeOnBothDatabases } from '../setup/databases'

describeOnBothDatabases('the sample workspace', (context) => {
  test('is stored whole, everybody can sign in, and it is never added twice', async () => {
    const sample = await loadSample(join(import.meta.dirname, '../../prisma/sample'))
    let signIns: readonly SampleSignIn[] = []
    await seedSample((announced) => {
      signIns = announced
    })
    const { read } = context.database
    const reviews = sample.reviews.flatMap((document) => document.reviews)
    expect(await read.source.count()).toBe(sample.sources.length)
    expect(await read.document.count()).toBe(sample.sources.flatMap(({ documents }) => documents).length)
    expect(await read.reference.count()).toBe(sample.references.length)
    expect(await read.annotation.count()).toBe(reviews.flatMap(({ annotations }) => annotations).length)
    expect(await read.sentenceDecision.count()).toBeGreaterThan(100)
    expect(await read.event.count({ where: { type: 'annotation.created' } })).toBe(await read.annotation.count())

    expect(signIns.map(({ role }) => role)).toEqual(sample.workspace.members.map(({ role }) => role))
    expect(new Set(signIns.map(({ password }) => password)).size).toBe(signIns.length)
    for (const { email, password } of signIns) {
      const user = await read.user.findUniqueOrThrow({ where: { email }, select: { passwordHash: true } })
      expect(await verifyPassword(user.passwordHash, password), email).toBe(true)
    }
    await expect(seedSample(() => undefined)).rejects.toThrow('a database without users')
  }, 120_000)
})
