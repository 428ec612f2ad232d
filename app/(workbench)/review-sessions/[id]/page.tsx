import type { Metadata } from 'next'
import { Link } from '@/components/ui/controls/link'
import { cache } from 'react'
import { packMatrix } from '@/components/review-sessions/packed-matrix'
import { DraftActions } from '@/components/review-sessions/plan/plan-actions'
import { PlanEditor } from '@/components/review-sessions/plan/plan-editor'
import { SessionOutcome } from '@/components/review-sessions/run/session-outcome'
import { SessionScreen } from '@/components/review-sessions/run/session-screen'
import { stateInWords } from '@/components/review-sessions/list/session-words'
import { Markdown } from '@/components/editor/markdown'
import { PageHeader } from '@/components/ui/layout/page-header'
import { Tag } from '@/components/ui/text/tag'
import { mayDo, type Actor } from '@/lib/server/access/gate'
import { requireActor } from '@/lib/server/auth/current'
import { loadOrNotFound } from '@/lib/server/http/pages'
import { loadLiveSequence } from '@/lib/server/live/loaders'
import { loadMembers } from '@/lib/server/members/loaders'
import {
  loadSession,
  loadSessionMatrix,
  loadSessionMembers,
  loadSessionOutcome,
  loadConflicts,
} from '@/lib/server/review-sessions/loaders'
import { loadSourceNames } from '@/lib/server/sources/loaders'

interface Props {
  params: Promise<{ id: string }>
}

// Cached so that the title and the page show one session.
const session = cache(async (id: string) =>
  loadOrNotFound(loadSession(await requireActor(`/review-sessions/${id}`), id)),
)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await session((await params).id)).name }
}

/** The members who can be given a part in a session; null for those who do not plan. */
async function loadTeam(actor: Actor) {
  if (!mayDo(actor, 'review-session.update')) return null
  return (await loadMembers(actor))
    .filter(({ status, role }) => status === 'active' && role !== 'viewer')
    .map(({ id, name }) => ({ id, name }))
}

export default async function ReviewSessionPage({ params }: Props) {
  const { id } = await params
  const shown = await session(id)
  const actor = await requireActor(`/review-sessions/${id}`)
  // Read before everything else, so that the live feed misses no event in between.
  const since = await loadLiveSequence(actor)
  const [matrix, members, team] = await Promise.all([
    loadSessionMatrix(actor, id),
    loadSessionMembers(actor, id),
    loadTeam(actor),
  ])
  const involved = new Set([...members, ...matrix.reviewers].map(({ member }) => member.id))
  // Planning takes account of the conflicts of interest that the session's members declared.
  const planning = team === null ? null : { team, conflicts: await loadConflicts(actor, [...involved]) }
  const outcome = shown.state === 'closed' ? await loadSessionOutcome(actor, id) : null
  const packed = packMatrix(matrix)
  if (shown.state === 'draft' && planning !== null) {
    return (
      <div className="page-column">
        <PageHeader
          manyActions
          title={shown.name}
          back={<Link href="/review-sessions">Review sessions</Link>}
          actions={<DraftActions session={shown} />}
        >
          <Tag>{shown.isTemplate ? 'Template' : stateInWords(shown)}</Tag>
        </PageHeader>
        <PlanEditor
          session={shown}
          matrix={packed}
          members={members}
          memberId={actor.memberId}
          since={since}
          sampleSources={await loadSourceNames(actor, shown.sample?.frame.sourceIds ?? [])}
          {...planning}
        />
      </div>
    )
  }
  return (
    <SessionScreen
      session={shown}
      matrix={packed}
      members={members}
      planning={planning}
      memberId={actor.memberId}
      guidelines={shown.guidelines.trim() === '' ? null : <Markdown source={shown.guidelines} />}
      outcome={outcome === null ? null : <SessionOutcome sessionId={shown.id} sources={outcome} />}
      since={since}
    />
  )
}
