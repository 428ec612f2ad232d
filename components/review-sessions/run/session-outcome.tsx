import { Link } from '@/components/ui/controls/link'
import { claimPath, describeEnds, type SettledClaim } from '@/lib/domain/documents/review-state'
import { TickLinks } from '@/components/claims/tick-links'
import { WholeCounts } from '@/components/claims/whole-counts'

export interface SessionOutcomeProps {
  sessionId: string
  sources: readonly {
    id: string
    name: string
    documents: readonly { id: string; title: string; claims: readonly SettledClaim[] }[]
  }[]
}

/** The most documents of a source that are listed; the counts include all of them. */
const mostListed = 40

/** The results of a closed session: by source, with a link to its report, and by document as ticks that link to the verdicts. */
export function SessionOutcome({ sessionId, sources }: SessionOutcomeProps) {
  return (
    <section aria-labelledby="settled" className="mb-8 grid gap-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 id="settled" className="font-serif text-xl font-semibold">
          What was settled
        </h2>
        <Link
          href={`/review-sessions/${sessionId}/comparison`}
          prefetch={false}
          className="font-medium text-accent hover:underline"
        >
          Compare with another session
        </Link>
      </div>
      {sources.map(({ id, name, documents }) => (
        <div key={id} className="grid gap-2">
          <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-b border-line pb-1.5">
            <h3 dir="auto" className="font-semibold [overflow-wrap:anywhere]">
              {name}
            </h3>
            <p className="tabular text-ink-2">
              <WholeCounts>{describeEnds(documents.flatMap(({ claims }) => claims.map(({ end }) => end)))}</WholeCounts>
            </p>
            <Link
              href={`/sources/${id}/report`}
              aria-label={`Report on ${name}`}
              className="ms-auto font-medium text-accent hover:underline"
            >
              Report
            </Link>
          </div>
          <ul className="grid gap-2.5">
            {documents.slice(0, mostListed).map(({ id: documentId, title, claims }) => (
              <li
                key={documentId}
                className="grid items-center gap-x-6 gap-y-1 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]"
              >
                <Link
                  href={`/documents/${documentId}?show=verdicts`}
                  prefetch={false}
                  dir="auto"
                  className="font-serif text-md font-medium [overflow-wrap:anywhere] hover:underline"
                >
                  {title}
                </Link>
                {claims.length === 0 ? (
                  <p className="text-sm text-ink-3">Nothing to settle.</p>
                ) : (
                  <TickLinks
                    label={`Claims of “${title}”`}
                    ticks={claims.map((claim) => ({ ...claim, href: claimPath(documentId, claim.id) }))}
                  />
                )}
              </li>
            ))}
          </ul>
          {documents.length > mostListed && (
            <p className="text-sm text-ink-3">And {documents.length - mostListed} more documents in the table below.</p>
          )}
        </div>
      ))}
    </section>
  )
}
