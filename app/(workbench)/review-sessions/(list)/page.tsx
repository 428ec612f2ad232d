import { Scale } from 'lucide-react'
import type { Metadata } from 'next'
import { Link } from '@/components/ui/controls/link'
import { NewSessionButton } from '@/components/review-sessions/list/new-session-button'
import { SessionList } from '@/components/review-sessions/list/session-list'
import { EmptyState, ShowMore } from '@/components/ui/layout/list-parts'
import { PageHeader } from '@/components/ui/layout/page-header'
import { sessionStates, type SessionState } from '@/lib/domain/review-sessions/states'
import { mayDo } from '@/lib/server/access/gate'
import { requireActor } from '@/lib/server/auth/current'
import { loadSessions } from '@/lib/server/review-sessions/loaders'
import { loadPage, readQuery, withQuery, type SearchParams } from '../../query'

export const metadata: Metadata = { title: 'Review sessions' }

/** The filters of the list. */
const choices: readonly { value: SessionState | 'templates' | undefined; label: string }[] = [
  { value: undefined, label: 'All' },
  { value: 'draft', label: 'Drafts' },
  { value: 'active', label: 'Active' },
  { value: 'adjudication', label: 'In adjudication' },
  { value: 'closed', label: 'Closed' },
  { value: 'templates', label: 'Templates' },
]

const path = '/review-sessions'

export default async function ReviewSessionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = readQuery(await searchParams, ['show', 'cursor'])
  const actor = await requireActor(withQuery(path, query))
  const mayCreate = mayDo(actor, 'review-session.create')
  const shown = choices.filter(({ value }) => mayCreate || (value !== 'draft' && value !== 'templates'))
  const chosen = shown.find(({ value }) => value === query.show) ?? shown[0]
  const state = sessionStates.find((name) => name === chosen?.value)
  const { items, next } = await loadPage(query.cursor, (page) =>
    loadSessions(actor, {
      ...page,
      ...(state === undefined ? {} : { state }),
      templates: chosen?.value === 'templates',
    }),
  )
  const models = mayCreate
    ? [...(await loadSessions(actor, { templates: true })).items, ...(await loadSessions(actor)).items]
    : []
  const isFiltered = chosen?.value !== undefined
  const start = mayCreate && (
    <NewSessionButton
      variant="primary"
      models={models.slice(0, 100).map(({ id, name, isTemplate }) => ({ id, name, isTemplate }))}
    />
  )
  return (
    <div className="page-column">
      <PageHeader title="Review sessions" actions={start}>
        Documents read by several reviewers under one protocol, settled claim by claim, with the agreement of the team.
      </PageHeader>
      {(isFiltered || items.length > 0) && (
        <nav aria-label="Which sessions" className="mb-4 flex flex-wrap gap-1 print:hidden">
          {shown.map(({ value, label }) => (
            <Link
              key={label}
              href={withQuery(path, { show: value })}
              aria-current={value === chosen?.value ? 'page' : undefined}
              className="rounded-md px-2.5 py-1 text-sm font-medium text-ink-2 hover:bg-hover hover:text-ink aria-[current]:bg-sunken aria-[current]:text-ink"
            >
              {label}
            </Link>
          ))}
        </nav>
      )}
      {items.length > 0 ? (
        <SessionList sessions={items} caption="Review sessions" />
      ) : isFiltered ? (
        <EmptyState title="None here">
          <Link href={path} className="text-accent underline">
            Show all sessions
          </Link>
        </EmptyState>
      ) : (
        <EmptyState icon={<Scale />} title="No review sessions yet" actions={start}>
          {mayCreate
            ? 'Choose documents, reviewers and rules, and let the session distribute the work.'
            : 'A session appears here once a lead has started one with you.'}
        </EmptyState>
      )}
      {(next !== null || query.cursor !== undefined) && (
        <ShowMore
          shown={items.length}
          href={next === null ? path : withQuery(path, { ...query, cursor: next })}
          label={next === null ? 'Back to the first' : 'Next page'}
        />
      )}
    </div>
  )
}
