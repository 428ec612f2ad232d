import { expect, it } from 'vitest'
import type { SessionAgreement } from '@/lib/domain/agreement/schema'
import { describeOnBothDatabases } from '../setup/databases'
import { call } from './calls'
import {
  assigned,
  decide,
  leads,
  look,
  makeReviewWorld,
  rate,
  submit,
  type Person,
  type ReviewWorld,
} from './review-world'
import { firstSentence, secondSentence } from './world'

/** Two reviewers on both documents: they agree on the first sentence of each, and on nothing else. */
async function reviewEverything(review: ReviewWorld): Promise<Record<'ana' | 'ben', string[]>> {
  const ids: Record<'ana' | 'ben', string[]> = { ana: [], ben: [] }
  for (const document of review.documents) {
    for (const name of ['ana', 'ben'] as const) {
      const person = review[name]
      ids[name].push(await assigned(review, { document, to: person }))
      await rate(document, person)
      if (name === 'ana') await rate(document, person, { ...secondSentence, rating: 'not_checkable' })
      else await decide(document, person)
    }
  }
  return ids
}

async function submitAll(ids: readonly string[], person: Person): Promise<void> {
  for (const id of ids) {
    const answer = await submit(id, person)
    expect(answer.status, answer.text).toBe(200)
  }
}

async function agreementOf(review: ReviewWorld, person: Person): Promise<SessionAgreement> {
  const path = `/review-sessions/${review.sessionId}/agreement`
  const answer = await call({ method: 'get', path, as: person.as })
  expect(answer.status, answer.text).toBe(200)
  return answer.json as unknown as SessionAgreement
}

async function startAdjudication(review: ReviewWorld): Promise<void> {
  const path = `/review-sessions/${review.sessionId}`
  const session = await call({ method: 'get', path, as: review.lead.as })
  const moved = await leads(review, `${path}/transitions`, {
    json: { name: 'start-adjudication', withdrawUnfinished: true },
    version: session.json.version as number,
  })
  expect(moved.status, moved.text).toBe(200)
}

const twoEach = { protocol: { reviewersPerDocument: 2 } }

describeOnBothDatabases('agreement', (context) => {
  it('is hidden from everyone while the session is active, the lead included', async () => {
    const review = await makeReviewWorld(context.database, twoEach)
    const ids = await reviewEverything(review)
    await submitAll(ids.ana, review.ana)
    await submitAll(ids.ben, review.ben)
    for (const person of [review.ana, review.lead]) {
      const found = await agreementOf(review, person)
      expect(found).toMatchObject({ state: 'hidden-while-blind', agreement: null, reviewers: [], documents: [] })
    }
  })

  it('is computed from blind ratings: who submitted counts, with and without marks', async () => {
    const review = await makeReviewWorld(context.database, twoEach)
    const ids = await reviewEverything(review)
    await submitAll(ids.ana, review.ana)
    await submitAll(ids.ben, review.ben)
    await startAdjudication(review)
    const { state, agreement, reviewers, documents, withdrawn } = await agreementOf(review, review.ana)
    expect(state).toBe('shown')
    expect(withdrawn).toBe(0)
    expect(reviewers.map(({ name }) => name).sort()).toEqual(['Ana Reviewer', 'Ben Reviewer'])
    expect(documents.map(({ title }) => title).sort()).toEqual(['The lamp', 'The pier'])
    expect(agreement?.documents).toEqual({ total: 2, compared: 2, readOnce: 0, unread: 0 })
    expect(agreement?.claims).toEqual({ total: 4, coMarked: 2, markedOnce: 2, thin: 0 })
    // All claims that both marked were rated alike, so alpha has no variation to work with.
    expect(agreement?.session.labelAlpha).toMatchObject({ value: null, rawAgreement: 1, raters: 2 })
    // Of the words that one or the other marked, both marked the first sentence and only Ana the second.
    const first = firstSentence.end - firstSentence.start
    const second = secondSentence.end - secondSentence.start
    expect(agreement?.session.characterF1.value).toBeCloseTo((2 * first) / (2 * first + second), 10)
    expect(agreement?.established).toBe(false)
  })

  it('leaves out work that was taken back, and what was rated after submitting', async () => {
    const review = await makeReviewWorld(context.database, twoEach)
    const ids = await reviewEverything(review)
    await submitAll(ids.ana, review.ana)
    await submitAll(ids.ben, review.ben)
    const [kept, taken] = ids.ben
    if (kept === undefined || taken === undefined) throw new Error('Ben has two assignments.')
    const version = (await look(kept, review.lead)).json.version as number
    const returned = await leads(review, `/assignments/${kept}/return`, { json: { comment: 'Look again.' }, version })
    expect(returned.status, returned.text).toBe(200)
    const changed = await rate(review.documents[0], review.ben, { ...secondSentence, rating: 'not_checkable' })
    expect(changed.status, changed.text).toBe(201)
    await submitAll([kept], review.ben)
    const before = (await look(taken, review.lead)).json.version as number
    const withdrawn = await leads(review, `/assignments/${taken}/withdraw`, { json: {}, version: before })
    expect(withdrawn.status, withdrawn.text).toBe(200)
    await startAdjudication(review)
    const found = await agreementOf(review, review.lead)
    expect(found.withdrawn).toBe(1)
    expect(found.agreement?.documents).toEqual({ total: 2, compared: 1, readOnce: 1, unread: 0 })
    // Ana's four blind ratings, and Ben's one of the first document; his rating after the return is not blind.
    expect(found.agreement?.spans).toBe(5)
  })

  it('says so where reviewers saw each other, and where nothing was submitted', async () => {
    const open = await makeReviewWorld(context.database, { protocol: { blind: false } })
    expect(await agreementOf(open, open.lead)).toMatchObject({ state: 'not-blind', agreement: null })
    const empty = await makeReviewWorld(context.database, { state: 'adjudication' })
    expect(await agreementOf(empty, empty.lead)).toMatchObject({ state: 'nothing-submitted', agreement: null })
  })
})
