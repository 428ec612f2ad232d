import type { ReportVersionView } from '@/lib/domain/frozen-reports/schema'
import { Link } from '@/components/ui/controls/link'
import { LocalTime } from '@/components/ui/text/local-time'
import { Tag } from '@/components/ui/text/tag'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import { ReportSection } from '../report-section'

function Counts({ summary }: { summary: ReportVersionView['summary'] }) {
  if (summary === null) return <p className="text-ink-3">Hidden while you read one of its documents blind.</p>
  const { claims, reviewedDocuments, changes } = summary
  return (
    <>
      <p className="tabular text-ink-2">
        {numberInWords(claims.sourced)} sourced, {numberInWords(claims.unsourced)} unsourced,{' '}
        {numberInWords(claims.contradicted)} contradicted of {countInWords(claims.assessed, 'claim')} in{' '}
        {countInWords(reviewedDocuments, 'document')}
      </p>
      {changes.length > 0 && <p className="text-ink-3">Since the version before: {changes.join(', ')}.</p>}
    </>
  )
}

/** Says that sessions behind a frozen report were reopened later; renders nothing if none was. */
export function Reopened({ reopened }: { reopened: ReportVersionView['reopened'] }) {
  return reopened.map(({ sessionId, name, at }) => (
    <p key={sessionId} className="text-ink-2 [overflow-wrap:anywhere]">
      The review session <bdi>{name}</bdi> was reopened on <LocalTime instant={at} />. This version stays as it was
      frozen.
    </p>
  ))
}

/** The frozen versions of a source's report, the latest first. */
export function VersionList({ versions }: { versions: readonly ReportVersionView[] }) {
  return (
    <ReportSection id="versions" title="Frozen versions">
      {versions.length === 0 ? (
        <p className="max-w-2xl text-ink-2">
          None yet. A frozen version keeps every figure with what it was computed from; it can be published, and anyone
          can recompute it.
        </p>
      ) : (
        <ol className="grid gap-4">
          {versions.map((version) => (
            <li key={version.id} className="grid gap-0.5 border-s-2 border-line ps-3.5 text-sm">
              <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-base">
                <Link href={`/reports/${version.id}`} className="font-semibold underline-offset-2 hover:underline">
                  Version {version.number}
                </Link>
                <span className="text-ink-3">
                  <LocalTime instant={version.frozenAt} />, <bdi>{version.frozenBy.name}</bdi>
                </span>
                {version.publications.some(({ withdrawnAt }) => withdrawnAt === null) ? (
                  <Tag tone="accent">Published</Tag>
                ) : (
                  version.publications.length > 0 && <Tag>Withdrawn</Tag>
                )}
              </p>
              <Counts summary={version.summary} />
              <Reopened reopened={version.reopened} />
            </li>
          ))}
        </ol>
      )}
    </ReportSection>
  )
}
