import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { OutcomesProvider } from '@/components/adjudication/verdict/outcomes-context'
import { MarksAsList, MarksHint } from '@/components/review/list/marks-as-list'
import { ReviewScreen } from '@/components/review/screen/review-screen'
import { isLocked } from '@/components/review/session/session-words'
import { firstLayer, layerOf } from '@/components/review/verdicts/layer'
import { Markdown } from '@/components/editor/markdown'
import type { DocumentOutcome } from '@/lib/domain/claims/schema'
import { DomainError } from '@/lib/domain/errors'
import type { Actor } from '@/lib/server/access/gate'
import { loadReading } from '@/lib/server/review-sessions/loaders'
import {
  loadAnnotations,
  loadPutAside,
  loadTwins,
  loadDecisions,
  loadWaitingCount,
  loadRevision,
} from '@/lib/server/documents/loaders'
import { currentActor, requireActor } from '@/lib/server/auth/current'
import { loadDocumentOutcome, loadOwnOutcomes } from '@/lib/server/claims/loaders'
import { loadLiveSequence } from '@/lib/server/live/loaders'
import { readQuery, withQuery, type SearchParams } from '../../../query'
import { findDocument } from '../find-document'

interface PageProps {
  params: Promise<{ id: string }>
  searchParams: Promise<SearchParams>
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const actor = await currentActor()
  if (actor === null) return {}
  const { id } = await params
  return { title: (await findDocument(actor, id))?.title ?? 'No such document' }
}

export default async function DocumentPage({ params, searchParams }: PageProps) {
  const { id } = await params
  const query = readQuery(await searchParams, ['revision', 'show', 'list'])
  const actor = await requireActor(withQuery(`/documents/${id}`, query))
  const liveSince = await loadLiveSequence(actor)
  const document = await findDocument(actor, id)
  if (document === null) notFound()
  const reading = await loadReading(actor, document.id)
  const asked = query.revision === 'latest' ? document.revision.id : query.revision
  const revisionId = asked ?? reading?.revisionId ?? document.revision.id
  const revision = await findRevision(actor, revisionId)
  if (revision?.documentId !== document.id) notFound()
  // The page shows the marks of the current assignment's session, when that session reads this revision.
  const review = reading !== null && revision.id === reading.revisionId ? reading : null
  const marks = review === null ? {} : { sessionId: review.session.id }
  const [annotations, decisions, outcomes, outcome, putAside, twins, waiting] = await Promise.all([
    loadAnnotations(actor, revision.id, marks),
    loadDecisions(actor, revision.id, marks),
    loadOwnOutcomes(actor, revision.id),
    loadDocumentOutcome(actor, revision.id),
    review === null ? 0 : loadPutAside(actor, { revisionId: revision.id, sessionId: review.session.id }),
    review === null ? loadTwins(actor, revision.id) : {},
    revision.number > 1 ? loadWaitingCount(actor, revision.id) : 0,
  ])
  const { number, content, leftOut, sentences, wordCount, scopeChanges } = revision
  const listed = {
    path: `/documents/${document.id}`,
    isAsked: query.list === 'marks',
    annotations,
    claims: outcome.claims,
    language: document.language,
  }
  return (
    <OutcomesProvider outcomes={outcomes}>
      <MarksHint {...listed} />
      <ReviewScreen
        // The review is mounted anew when its marks are locked or unlocked.
        key={`${revision.id} ${String(review !== null && isLocked(review))}`}
        document={document}
        revision={{ id: revision.id, number, content, leftOut, sentences, wordCount, scopeChanges }}
        latestNumber={document.revision.number}
        waiting={waiting}
        annotations={annotations}
        decisions={decisions}
        review={
          review === null
            ? null
            : {
                assignment: review.assignment,
                session: review.session,
                guidelines: <Markdown source={review.session.guidelines} />,
                now: review.now,
              }
        }
        verdicts={verdictsOf(outcome, { show: query.show, isReviewing: review !== null })}
        putAside={putAside}
        twins={twins}
        workspaceId={actor.workspaceId}
        liveSince={liveSince}
        me={{ id: actor.memberId, name: actor.name }}
      />
      <MarksAsList {...listed} />
    </OutcomesProvider>
  )
}

function verdictsOf(
  { session, ...rest }: DocumentOutcome,
  { show, isReviewing }: { show: string | undefined; isReviewing: boolean },
) {
  if (session === null) return null
  const outcome = { session, ...rest }
  const first = firstLayer(outcome, isReviewing)
  return { outcome, first, initial: layerOf(show, first) }
}

async function findRevision(actor: Actor, id: string) {
  try {
    return await loadRevision(actor, id)
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not-found') return null
    throw error
  }
}
