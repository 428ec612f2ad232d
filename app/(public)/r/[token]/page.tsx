import { cache } from 'react'
import type { Metadata } from 'next'
import { FrozenReport } from '@/components/reports/versions/frozen-report'
import { DeadLink } from '@/components/auth/auth-frame'
import { Link } from '@/components/ui/controls/link'
import { packReport } from '@/lib/domain/reports/reading/pack-report'
import { loadPublished } from '@/lib/server/frozen-reports/loaders'
import { publicUrl } from '@/lib/server/env'
import { LocalTime } from '@/components/ui/text/local-time'
import type { PublishedReport } from '@/lib/domain/frozen-reports/schema'

interface Props {
  params: Promise<{ token: string }>
}

// Cached so that the title and the page show one report, and one visit counts once.
const published = cache(loadPublished)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const found = await published((await params).token)
  if ('problem' in found) return { title: 'No report' }
  const { value } = found
  if (value.state === 'withdrawn') return { title: `Withdrawn: reliability report on ${value.source}` }
  const { report, number } = value.version
  return {
    title: `Reliability report: ${report.source.name}, version ${String(number)}`,
    description: `What ${value.workspace} found in claims of ${report.source.name}, with the evidence.`,
    robots: { index: value.indexed, follow: false },
  }
}

/** Shown for the link of a withdrawn report: that it was withdrawn, when and why. */
function WithdrawnReport({
  withdrawn: { source, workspace, withdrawnAt, reason },
}: {
  withdrawn: Extract<PublishedReport, { state: 'withdrawn' }>
}) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-2xl content-center gap-4 px-4 py-10">
      <p className="font-serif text-lg font-semibold [overflow-wrap:anywhere]" dir="auto">
        {workspace}
      </p>
      <h1 className="border-t-2 border-ink pt-4 font-serif text-3xl font-semibold text-balance [overflow-wrap:anywhere]">
        The report on <bdi>{source}</bdi> was withdrawn
      </h1>
      <p className="text-ink-2">
        On <LocalTime instant={withdrawnAt} />, with this reason:
      </p>
      <blockquote
        className="border-s-2 border-accent ps-4 font-serif text-lg whitespace-pre-line [overflow-wrap:anywhere]"
        dir="auto"
      >
        {reason}
      </blockquote>
    </main>
  )
}

export default async function PublishedReportPage({ params }: Props) {
  const { token } = await params
  const found = await published(token)
  if ('problem' in found) return <DeadLink title="No report is here" problem={found.problem} />
  const { value } = found
  if (value.state === 'withdrawn') return <WithdrawnReport withdrawn={value} />
  const { version, workspace, newer } = value
  return (
    <main>
      <FrozenReport
        version={{ ...version, report: packReport(version.report) }}
        workspace={workspace}
        address={publicUrl(`/r/${token}`)}
        place="public"
        bundlePath={`/r/${token}/bundle`}
        exportPath={`/r/${token}/export`}
        isPublished
        notice={
          newer === null ? undefined : (
            <p>
              There is a later version of this report:{' '}
              <Link href={newer.path} className="text-accent underline underline-offset-2">
                version {newer.number}
              </Link>
              .
            </p>
          )
        }
      />
    </main>
  )
}
