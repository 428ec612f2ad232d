import type { Metadata } from 'next'
import { AdjudicationScreen } from '@/components/adjudication/screen/adjudication-screen'
import { Notice } from '@/components/shell/notices/notice'
import { LinkButton } from '@/components/ui/controls/button'
import { Markdown } from '@/components/editor/markdown'
import { claimFilterSchema, type ClaimFilter } from '@/lib/domain/claims/schema'
import { DomainError } from '@/lib/domain/errors'
import { requireActor } from '@/lib/server/auth/current'
import { loadAdjudication } from '@/lib/server/claims/loaders'
import { loadOrNotFound } from '@/lib/server/http/pages'
import { loadSession } from '@/lib/server/review-sessions/loaders'
import { readQuery, withQuery, type SearchParams } from '../../../query'

interface Props {
  params: Promise<{ id: string }>
  searchParams: Promise<SearchParams>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params
  const actor = await requireActor(`/review-sessions/${id}/adjudication`)
  return { title: `Adjudication of ${(await loadOrNotFound(loadSession(actor, id))).name}` }
}

export default async function AdjudicationPage({ params, searchParams }: Props) {
  const { id } = await params
  const query = readQuery(await searchParams, ['state', 'agreement', 'document', 'rating', 'claim'])
  const path = `/review-sessions/${id}/adjudication`
  const actor = await requireActor(withQuery(path, query))
  const { claim, ...wanted } = query
  // An unknown filter counts as no filter.
  const parsed = claimFilterSchema.safeParse(wanted)
  const filter: ClaimFilter = parsed.success ? parsed.data : {}
  const page = await findPage(() => loadAdjudication(actor, { ...filter, sessionId: id, claimId: claim }))
  if (typeof page === 'string') {
    return (
      <Notice title="Adjudication" actions={<LinkButton href={`/review-sessions/${id}`}>To the session</LinkButton>}>
        <p>{page}</p>
      </Notice>
    )
  }
  return (
    <AdjudicationScreen
      data={{
        ...page,
        session: {
          ...page.session,
          guidelines:
            page.session.guidelines === '' ? (
              'This session has no guidelines.'
            ) : (
              <Markdown source={page.session.guidelines} />
            ),
        },
        filter: Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)),
        claimId: claim ?? null,
        me: { id: actor.memberId },
      }}
    />
  )
}

/** The claims to show, or a sentence that says why there is nothing to show yet or for this member. */
async function findPage<T>(load: () => Promise<T>): Promise<T | string> {
  const loading = load().catch((error: unknown) => {
    if (error instanceof DomainError && (error.code === 'conflict' || error.code === 'forbidden')) return error.message
    throw error
  })
  return loadOrNotFound(loading)
}
