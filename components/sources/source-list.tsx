import { Link } from '@/components/ui/controls/link'
import type { ReactNode } from 'react'
import { Parts } from '@/components/ui/layout/parts'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import type { SourceView } from '@/lib/domain/sources/schema'
import { TickLinks } from '@/components/claims/tick-links'
import { claimPath, describeReviewStates, type DocumentReviewState } from '@/lib/domain/documents/review-state'

/** The host of a web address without "www."; the text itself when it is no web address. */
function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host.replace(/^www\./, '') : address
}

export interface SourceListProps {
  sources: readonly SourceView[]
  /** Draws the figures of one source; left out where there are too many to compute for a list. */
  figures?: ((sourceId: string) => ReactNode) | undefined
}

/** The sources of the workspace with how much of each there is. */
export function SourceList({ sources, figures }: SourceListProps) {
  return (
    <Table caption="Sources">
      <thead>
        <tr>
          <HeadCell>Source</HeadCell>
          <HeadCell numeric className="max-md:hidden">
            Documents
          </HeadCell>
          {figures !== undefined && <HeadCell className="max-md:hidden">Claims and coverage</HeadCell>}
          <HeadCell className="max-md:hidden">
            <span className="sr-only">Report</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {sources.map((source) => (
          <tr key={source.id} className="hover:bg-hover/60">
            <Cell className="min-w-44">
              <Link href={`/sources/${source.id}`} className="font-serif text-md font-medium hover:underline">
                <span dir="auto">{source.name}</span>
              </Link>
              <p className="text-ink-3">
                <Parts parts={[source.kind, source.homepage === '' ? '' : hostOf(source.homepage)]} />
              </p>
              <div className="mt-1 grid gap-1.5 md:hidden">
                {figures !== undefined && source.documentCount > 0 && figures(source.id)}
                <p className="text-sm text-ink-3">
                  {countInWords(source.documentCount, 'document')}
                  {source.documentCount > 0 && (
                    <>
                      {' · '}
                      <Link href={`/sources/${source.id}/report`} className="font-medium text-accent hover:underline">
                        Report
                      </Link>
                    </>
                  )}
                </p>
              </div>
            </Cell>
            <Cell numeric className="max-md:hidden">
              {source.documentCount === 0 ? (
                <span className="text-ink-3">none</span>
              ) : (
                numberInWords(source.documentCount)
              )}
            </Cell>
            {figures !== undefined && (
              <Cell className="min-w-80 max-md:hidden">{source.documentCount > 0 && figures(source.id)}</Cell>
            )}
            <Cell className="text-end whitespace-nowrap max-md:hidden">
              {source.documentCount > 0 && (
                <Link
                  href={`/sources/${source.id}/report`}
                  aria-label={`Report on ${source.name}`}
                  className="font-medium text-accent hover:underline"
                >
                  Report
                </Link>
              )}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

/** How far review sessions are with the documents of a source, and what was settled as ticks, document by document. */
export function SourceState({
  documents,
}: {
  documents: readonly { id: string; title: string; state: DocumentReviewState | null }[]
}) {
  const read = documents.flatMap(({ state }) => (state === null ? [] : [state]))
  const words = describeReviewStates(read, documents.length)
  if (words === null) return null
  const ticks = documents.flatMap(({ id, state }) =>
    (state?.settled?.claims ?? []).map((claim) => ({ ...claim, href: claimPath(id, claim.id) })),
  )
  return (
    <div className="grid justify-items-start gap-1.5 text-sm text-ink-2" data-review-state>
      <p>{words}</p>
      <TickLinks label="Settled claims" ticks={ticks} />
    </div>
  )
}
