import { Link } from '@/components/ui/controls/link'
import { LocalTime } from '@/components/ui/text/local-time'
import { countInWords } from '@/components/ui/text/wording'
import type { RevisionSummary } from '@/lib/domain/documents/schema'

/** A document's revisions, newest first, each with its changes. */
export function RevisionList({
  documentId,
  revisions,
  from,
  to,
}: {
  documentId: string
  revisions: readonly RevisionSummary[]
  /** The numbers of the two revisions being compared. */
  from: number
  to: number
}) {
  return (
    <section aria-labelledby="revisions" className="grid gap-2">
      <h2 id="revisions" className="font-serif text-xl font-semibold">
        Revisions
      </h2>
      <ol className="grid">
        {revisions.map(({ id, number, createdAt, wordCount }) => (
          <li key={id} className="border-b border-line py-2 text-sm last:border-0">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <Link
                href={`/documents/${documentId}?revision=${id}`}
                className="font-medium text-accent hover:underline"
              >
                Revision {number}
              </Link>
              <span className="text-ink-3">
                <LocalTime instant={createdAt} />, {countInWords(wordCount, 'word')}
              </span>
            </p>
            {number > 1 && (
              <p>
                {to === number && from === number - 1 ? (
                  <span className="text-ink-3">What changed in it is shown</span>
                ) : (
                  <Link
                    href={`/documents/${documentId}/changes?from=${String(number - 1)}&to=${String(number)}`}
                    className="text-ink-2 hover:underline"
                  >
                    Show what changed in it
                  </Link>
                )}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
