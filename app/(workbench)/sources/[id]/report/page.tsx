import { cache } from 'react'
import type { Metadata } from 'next'
import { Link } from '@/components/ui/controls/link'
import { Comparison } from '@/components/reports/comparison'
import { Report } from '@/components/reports/report'
import { FreezeButton } from '@/components/reports/versions/version-actions'
import { VersionList } from '@/components/reports/versions/version-list'
import { mayDo } from '@/lib/server/access/gate'
import { requireActor } from '@/lib/server/auth/current'
import { loadReportVersions } from '@/lib/server/frozen-reports/loaders'
import { loadOrNotFound } from '@/lib/server/http/pages'
import { loadReport } from '@/lib/server/reports/loaders'
import { mostCompared } from '@/lib/domain/reports/comparing/compare'
import { packReport } from '@/lib/domain/reports/reading/pack-report'
import type { ReportView } from '@/lib/domain/reports/schema'
import { publicUrl } from '@/lib/server/env'
import { loadSources } from '@/lib/server/sources/loaders'
import { loadWorkspace } from '@/lib/server/workspaces/loaders'
import { countInWords } from '@/components/ui/text/wording'
import { readQuery, readRepeated, type SearchParams } from '../../../query'

interface Props {
  params: Promise<{ id: string }>
  searchParams: Promise<SearchParams>
}

// Cached so that the report is computed once and the title and the page agree.
const report = cache(async (id: string, singles?: string) =>
  loadOrNotFound(
    loadReport(await requireActor(), id, { singleReviews: singles === 'counted' ? 'counted' : 'left-out' }),
  ),
)

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { singles } = readQuery(await searchParams, ['singles'])
  return { title: `Reliability report: ${(await report((await params).id, singles)).source.name}` }
}

/**
 * Says whether claims that one reviewer alone judged are counted, and links to the other choice. Shows nothing when there are no such claims, or when
 * a session read documents once by design: its estimate includes them.
 */
function SingleReviews({ report: { source, claims, choices, twoPhase } }: { report: ReportView }) {
  const { singleReview } = claims
  if (singleReview === 0 || twoPhase !== undefined) return null
  const counted = choices.singleReviews === 'counted'
  const address = `/sources/${source.id}/report`
  return (
    <p className="mb-5 text-sm text-ink-2 print:hidden">
      {countInWords(singleReview, 'claim')} that one person alone judged {singleReview === 1 ? 'is' : 'are'}{' '}
      {counted ? 'counted, because you chose so.' : 'not counted.'}{' '}
      <Link
        href={counted ? address : `${address}?singles=counted`}
        className="whitespace-nowrap text-ink underline decoration-line-strong underline-offset-2 hover:decoration-current"
      >
        {counted ? 'Leave them out' : 'Count them too'}
      </Link>
    </p>
  )
}

export default async function ReportPage({ params, searchParams }: Props) {
  const { id } = await params
  const query = await searchParams
  const { singles } = readQuery(query, ['singles'])
  const against = readRepeated(query, 'against', mostCompared).filter((other) => other !== id)
  const actor = await requireActor()
  const [own, sources, workspace] = [await report(id, singles), await loadSources(actor), await loadWorkspace(actor)]
  const others: ReportView[] = []
  // Sequential, because each report is computed from everything stored about a source.
  for (const other of against.slice(0, mostCompared - 1)) others.push(await report(other, singles))
  const versions = await loadReportVersions(actor, id)
  const choices = sources.items.filter((source) => source.id !== id && source.documentCount > 0)
  return (
    <>
      <p className="mx-auto -mb-3 w-full max-w-[60rem] px-4 pt-5 text-sm text-ink-3 md:px-8 print:hidden">
        <Link href={`/sources/${id}`} dir="auto" className="[overflow-wrap:anywhere] hover:text-ink hover:underline">
          {own.source.name}
        </Link>
      </p>
      <Report
        report={packReport(own)}
        notice={<SingleReviews report={own} />}
        masthead={{
          workspace: workspace.name,
          edition: 'Live preview',
          at: own.computedAt,
          address: publicUrl(`/sources/${id}/report`),
        }}
        actions={
          mayDo(actor, 'report.freeze') && (
            <FreezeButton
              sourceId={id}
              inputSha256={own.inputSha256}
              next={(versions[0]?.number ?? 0) + 1}
              canFreeze={own.sessions.length > 0}
            />
          )
        }
      >
        <VersionList versions={versions} />
      </Report>
      <Comparison report={own} others={others} choices={choices} areChoicesCut={sources.next !== null} />
    </>
  )
}
