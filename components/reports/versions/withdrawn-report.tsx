import { LocalTime } from '@/components/ui/text/local-time'
import type { PublishedReport } from '@/lib/domain/frozen-reports/schema'

/** What the link of a withdrawn report says: that it was withdrawn, when and why. */
export function WithdrawnReport({
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
