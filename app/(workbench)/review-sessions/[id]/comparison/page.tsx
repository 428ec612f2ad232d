import type { Metadata } from 'next'
import { SessionsSideBySide, ChooseSession, type SessionChoice } from '@/components/reports/session-comparison'
import { Link } from '@/components/ui/controls/link'
import { PageHeader } from '@/components/ui/layout/page-header'
import { dateInWords } from '@/components/ui/text/wording'
import { DomainError } from '@/lib/domain/errors'
import { requireActor } from '@/lib/server/auth/current'
import { loadOrNotFound } from '@/lib/server/http/pages'
import { loadClosedSessions, loadSessionComparison } from '@/lib/server/reports/loaders'
import { loadSession } from '@/lib/server/review-sessions/loaders'
import { readQuery, type SearchParams } from '../../../query'

interface Props {
  params: Promise<{ id: string }>
  searchParams: Promise<SearchParams>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params
  const actor = await requireActor(`/review-sessions/${id}/comparison`)
  return { title: `${(await loadOrNotFound(loadSession(actor, id))).name} beside another session` }
}

/** The result of comparing: the comparison, or a sentence that says why there is none. */
async function compare(wanted: Parameters<typeof loadSessionComparison>) {
  try {
    return { comparison: await loadSessionComparison(...wanted) }
  } catch (error) {
    if (!(error instanceof DomainError) || (error.code !== 'invalid' && error.code !== 'conflict')) throw error
    return { refusal: error.message }
  }
}

export default async function SessionComparisonPage({ params, searchParams }: Props) {
  const { id } = await params
  const query = readQuery(await searchParams, ['with', 'source'])
  const actor = await requireActor(`/review-sessions/${id}/comparison`)
  const session = await loadOrNotFound(loadSession(actor, id))
  const closed = await loadClosedSessions(actor)
  const sources = closed.find((each) => each.id === id)?.sources ?? []
  const source = sources.find((each) => each.id === query.source) ?? sources[0]
  const choices = closed.flatMap((each) =>
    each.sources.flatMap(({ id: of, name }): SessionChoice[] => {
      const label = `${each.name}, ${dateInWords(each.closedAt.slice(0, 10))}${each.sources.length > 1 ? `: ${name}` : ''}`
      return each.id === id && (sources.length === 1 || of === source?.id) ? [] : [{ value: `${each.id} ${of}`, label }]
    }),
  )
  const chosen = choices.find(({ value }) => value === query.with)
  const [otherSessionId = '', otherSourceId = ''] = chosen?.value.split(' ') ?? []
  const found =
    chosen === undefined || source === undefined
      ? null
      : await loadOrNotFound(compare([actor, { sessionId: id, otherSessionId, sourceId: source.id, otherSourceId }]))
  return (
    <div className="page-column">
      <PageHeader
        title="Beside another session"
        back={
          <Link href={`/review-sessions/${id}`} dir="auto">
            {session.name}
          </Link>
        }
      >
        What each settled, how certain that is, and what changed between them. Neither is ranked above the other.
      </PageHeader>
      {source === undefined ? (
        <p className="text-ink-2">
          {session.state === 'closed'
            ? 'All documents of this session have been deleted.'
            : 'This session is not closed. Sessions are compared by what they settled.'}
        </p>
      ) : choices.length === 0 ? (
        <p className="text-ink-2">There is no other closed session yet.</p>
      ) : (
        <ChooseSession sources={sources} source={source.id} choices={choices} chosen={chosen?.value ?? ''} />
      )}
      {found !== null && 'comparison' in found && <SessionsSideBySide comparison={found.comparison} />}
      {found !== null && 'refusal' in found && <p className="border-s-2 border-unsourced ps-3">{found.refusal}</p>}
    </div>
  )
}
