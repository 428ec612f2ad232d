import { join } from 'node:path'
import { expect, test } from 'vitest'
import { verifyPassword } from '@/lib/server/auth/passwords'
import { loadSample } from '@/prisma/sample/load'
import { seedSample, type SampleSignIn } from '@/prisma/seed'
import { describeOnBothDatabases } from '../setup/databases'

describeOnBothDatabases('the sample workspace', (context) => {
  test('is stored whole, everyone can sign in, and it is never added twice', async () => {
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
    const discussions = sample.reviews.flatMap((document) => document.discussions)
    expect(await read.thread.count({ where: { exact: { in: discussions.map(({ exact }) => exact) } } })).toBe(
      discussions.length,
    )
    expect(await read.comment.count()).toBe(discussions.flatMap(({ comments }) => comments).length)
    expect(await read.sentenceDecision.count()).toBeGreaterThan(100)
    expect(await read.event.count({ where: { type: 'annotation.created' } })).toBe(await read.annotation.count())

    const sessions = await read.reviewSession.findMany({ orderBy: { id: 'asc' }, select: { id: true, state: true } })
    expect(sessions.map(({ state }) => state)).toEqual(sample.sessions.map(({ state }) => state))
    const [closed, active] = sessions
    expect(await read.claim.count({ where: { sessionId: closed?.id ?? '', deletedAt: null } })).toBeGreaterThan(150)
    expect(await read.claim.count({ where: { deletedAt: null, verdict: null } })).toBe(0)
    expect(await read.verdict.count({ where: { inBulk: false } })).toBeGreaterThan(20)
    expect(await read.blindRating.count()).toBeGreaterThan(300)
    const states = await read.assignment.groupBy({
      by: ['state'],
      where: { sessionId: active?.id ?? '' },
      _count: true,
    })
    expect(states.map(({ state }) => state).sort()).toEqual(['assigned', 'started', 'submitted'])

    expect(signIns.map(({ role }) => role)).toEqual(sample.workspace.members.map(({ role }) => role))
    expect(new Set(signIns.map(({ password }) => password)).size).toBe(signIns.length)
    for (const { email, password } of signIns) {
      const user = await read.user.findUniqueOrThrow({ where: { email }, select: { passwordHash: true } })
      expect(await verifyPassword(user.passwordHash, password), email).toBe(true)
    }
    await expect(seedSample(() => undefined)).rejects.toThrow('a database without users')
  }, 120_000)
})
