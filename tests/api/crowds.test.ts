import { expect, it } from 'vitest'
import { describeOnBothDatabases } from '../setup/databases'
import { makeId } from '../setup/factories'
import { assigned, decide, makeReviewWorld, rate } from './review-world'

describeOnBothDatabases('marks that are stored together', (context) => {
  it('all have their citations and events, and one that fails takes none of the others with it', async () => {
    const review = await makeReviewWorld(context.database)
    const { ana, documents, sessionId, world } = review
    const [document] = documents
    await assigned(review)
    expect((await decide(document, ana)).status).toBe(201)
    const shared = makeId()
    const marks = Array.from({ length: 30 }, (_, place) =>
      rate(document, ana, {
        id: makeId(),
        citations: [
          {
            ...(place === 7 || place === 19 ? { id: shared } : {}),
            referenceId: world.reference.id,
            stance: 'supports',
          },
        ],
      }),
    )
    const answers = await Promise.all(marks)
    expect(answers.map(({ status }) => status).filter((status) => status !== 201)).toEqual([409])
    const [refused] = answers.filter(({ status }) => status === 409)
    expect(refused?.json.detail).toContain('citation ids')
    const { read } = context.database
    const stored = await read.annotation.findMany({
      where: { sessionId },
      select: { id: true, phase: true, citations: { select: { referenceId: true } } },
    })
    expect(stored).toHaveLength(29)
    for (const { phase, citations } of stored) {
      expect(phase).toBe('blind')
      expect(citations).toEqual([{ referenceId: world.reference.id }])
    }
    const events = await read.event.findMany({
      where: { type: 'annotation.created', sessionId },
      select: { subjectId: true, documentId: true, actorId: true },
    })
    expect(events.map(({ subjectId }) => subjectId).sort()).toEqual(stored.map(({ id }) => id).sort())
    for (const event of events) expect(event).toMatchObject({ documentId: document.id, actorId: ana.actor.memberId })
  })
})
