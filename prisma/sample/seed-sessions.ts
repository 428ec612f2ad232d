import type { ClaimView } from '@/lib/domain/claims/schema'
import { sessionInputSchema } from '@/lib/domain/review-sessions/schema'
import { permit, type Actor } from '@/lib/server/access/gate'
import { createAssignment } from '@/lib/server/assignments/assign'
import { submitAssignment } from '@/lib/server/assignments/mutations'
import { listClaims } from '@/lib/server/claims/data'
import { mergeClaims } from '@/lib/server/claims/mutations'
import { addSessionDocuments } from '@/lib/server/review-sessions/documents'
import { setSessionMember } from '@/lib/server/review-sessions/members'
import { createSession } from '@/lib/server/review-sessions/mutations'
import { moveSession } from '@/lib/server/review-sessions/transitions'
import { confirmClaims, decideVerdict } from '@/lib/server/claims/verdicts'
import { takeKey, type SampleDocumentReviews, type SampleSession, type SampleVerdict } from './load'
import type { SeededLibrary } from './seed-library'

const day = 24 * 60 * 60 * 1000

/** The lead who plans a session, and the stored documents and members. */
interface Planning {
  lead: Actor
  actors: ReadonlyMap<string, Actor>
  library: SeededLibrary
}

/** An active session, with its assignments by `<document> <reviewer>`. */
export interface OpenedSession {
  sample: SampleSession
  id: string
  version: number
  assignments: Map<string, string>
}

async function planSession(sample: SampleSession, { lead, actors, library }: Planning): Promise<OpenedSession> {
  const { name, question, guidelines, protocol } = sample
  const dueAt = new Date(Date.now() + sample.dueInDays * day).toISOString()
  const input = sessionInputSchema.parse({ name, question, guidelines, protocol, dueAt })
  const { session } = await createSession(permit(lead, 'review-session.create'), input)
  const { id } = session
  const plan = permit(lead, 'review-session.update')
  for (const key of new Set([...sample.reviewers, ...sample.adjudicators])) {
    const part = {
      reviews: sample.reviewers.includes(key),
      adjudicates: sample.adjudicators.includes(key),
      weight: 1,
      quotaDocuments: null,
      quotaWords: null,
    }
    await setSessionMember(plan, { sessionId: id, memberId: takeKey(actors, key).memberId, part })
  }
  const documentIds = sample.documents.map(({ document }) => takeKey(library.documents, document).id)
  await addSessionDocuments(plan, { sessionId: id, input: { how: 'picked', documentIds, endSample: false } })
  const assignments = new Map<string, string>()
  for (const { document, assigned } of sample.documents) {
    const documentId = takeKey(library.documents, document).id
    for (const key of assigned) {
      const { memberId } = takeKey(actors, key)
      const given = { sessionId: id, input: { documentId, memberId, dueAt: null } }
      const { assignment } = await createAssignment(permit(lead, 'assignment.manage'), given)
      assignments.set(`${document} ${key}`, assignment.id)
    }
  }
  const move = { name: 'activate', withdrawUnfinished: false } as const
  const { version } = await moveSession(plan, { id, version: session.version, move })
  return { sample, id, version, assignments }
}

/** Plans the sample's sessions and activates them before anything is marked, so that the reviewers' marks belong to them. */
export async function openSessions(sessions: readonly SampleSession[], planning: Planning): Promise<OpenedSession[]> {
  const opened: OpenedSession[] = []
  for (const sample of sessions) opened.push(await planSession(sample, planning))
  return opened
}

async function readClaims(actor: Actor, sessionId: string): Promise<ClaimView[]> {
  const claims: ClaimView[] = []
  let cursor: string | undefined
  do {
    const page = await listClaims(permit(actor, 'claim.read'), { sessionId, limit: 200, cursor })
    claims.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return claims
}

const reasonOfAgreed = {
  sourced: 'confirmed',
  unsourced: 'nothing-found',
  contradicted: 'evidence-says-otherwise',
  not_checkable: 'opinion',
} as const

type Decision = Pick<SampleVerdict, 'rating' | 'flags' | 'reason' | 'words'>

/** The verdict on a claim: the sample's if it gives one, else the rating that its reviewers share, with their flags and notes. */
function verdictOf(claim: ClaimView, { sample, library }: { sample: SampleSession; library: SeededLibrary }): Decision {
  const given = sample.verdicts.find(
    (verdict) =>
      takeKey(library.documents, verdict.document).id === claim.document.id && claim.exact.startsWith(verdict.claim),
  )
  if (given !== undefined) return given
  const [first, ...others] = claim.votes
  if (first === undefined || others.some(({ rating }) => rating !== first.rating))
    throw new Error(`The sample has no verdict on a claim of “${claim.document.title}”: ${claim.exact}`)
  const flags = (['disputed', 'partial'] as const).filter((flag) => claim.votes.some((vote) => vote[flag]))
  const isLoose = first.rating === 'sourced' && flags.length > 0
  return {
    rating: first.rating,
    flags,
    reason: isLoose ? 'confirmed-in-substance' : reasonOfAgreed[first.rating],
    words: claim.votes
      .map(({ note }) => note)
      .filter((note) => note !== '')
      .join(' '),
  }
}

async function decideClaim(adjudicator: Actor, claim: ClaimView, verdict: Decision): Promise<void> {
  const { rating, flags, reason, words } = verdict
  const wanted = rating === 'sourced' ? 'supports' : rating === 'contradicted' ? 'contradicts' : null
  // The reviewers' evidence for the verdict, without repetitions.
  const evidence = new Map(
    claim.votes
      .flatMap(({ citations }) => citations)
      .filter(({ stance }) => stance === wanted)
      .map((citation) => [`${citation.reference.id} ${citation.quote}`, citation]),
  )
  await decideVerdict(permit(adjudicator, 'verdict.decide'), {
    claimId: claim.id,
    version: claim.version,
    input: {
      rating,
      disputed: flags.includes('disputed'),
      partial: flags.includes('partial'),
      reason,
      words,
      citations: [...evidence.values()].map(({ reference, stance, quote, locator }) => ({
        referenceId: reference.id,
        stance,
        quote,
        locator,
      })),
    },
  })
}

async function readOpen(adjudicator: Actor, sessionId: string): Promise<ClaimView[]> {
  return (await readClaims(adjudicator, sessionId)).filter(({ verdict }) => verdict === null)
}

/** Merges two adjacent claims that overlap, each marked by one reviewer: the same statement, marked shorter by one and longer by the other. */
async function mergeNeighbours(adjudicator: Actor, sessionId: string): Promise<void> {
  const claims = await readOpen(adjudicator, sessionId)
  const merged = new Set<string>()
  for (const [place, claim] of claims.entries()) {
    const next = claims[place + 1]
    if (next === undefined || merged.has(claim.id)) continue
    const overlaps = next.revisionId === claim.revisionId && next.start < claim.end
    if (!overlaps || claim.votes.length !== 1 || next.votes.length !== 1) continue
    merged.add(next.id)
    await mergeClaims(permit(adjudicator, 'claim.update'), {
      claimId: claim.id,
      version: claim.version,
      input: { claimId: next.id, version: next.version },
    })
  }
}

async function confirmAlike(adjudicator: Actor, sessionId: string): Promise<void> {
  const claims = (await readOpen(adjudicator, sessionId)).map(({ id, version }) => ({ id, version }))
  await confirmClaims(permit(adjudicator, 'verdict.decide'), { sessionId, input: { claims } })
}

async function finishSession(session: OpenedSession, { lead, actors, library }: Planning): Promise<void> {
  const { sample, id } = session
  const plan = permit(lead, 'review-session.update')
  const settling = { name: 'start-adjudication', withdrawUnfinished: false } as const
  const { version } = await moveSession(plan, { id, version: session.version, move: settling })
  const adjudicator = takeKey(actors, sample.adjudicators[0] ?? '')
  await confirmAlike(adjudicator, id)
  await mergeNeighbours(adjudicator, id)
  await confirmAlike(adjudicator, id)
  for (const claim of await readOpen(adjudicator, id))
    await decideClaim(adjudicator, claim, verdictOf(claim, { sample, library }))
  await moveSession(plan, { id, version, move: { name: 'close', withdrawUnfinished: false } })
}

/** Submits the finished work of the sample's reviewers, then adjudicates and closes the finished sessions. */
export async function finishSessions(
  opened: readonly OpenedSession[],
  { reviews, ...planning }: Planning & { reviews: readonly SampleDocumentReviews[] },
): Promise<void> {
  for (const session of opened) {
    for (const { document, reviews: ofDocument } of reviews) {
      for (const { reviewer, status } of ofDocument) {
        const assignmentId = session.assignments.get(`${document} ${reviewer}`)
        if (assignmentId === undefined || status !== 'submitted') continue
        await submitAssignment(permit(takeKey(planning.actors, reviewer), 'assignment.work'), assignmentId)
      }
    }
    if (session.sample.state === 'closed') await finishSession(session, planning)
  }
}
