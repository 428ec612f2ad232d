import Link from 'next/link'
import { DueDay } from '@/components/assignments/due-day'
import { CellContent } from '@/components/assignments/matrix/matrix-cell'
import { LinkButton } from '@/components/ui/controls/link-button'
import { Parts } from '@/components/ui/layout/parts'
import { numberInWords } from '@/components/ui/text/wording'
import { isOpenForMarks } from '@/lib/domain/assignments/states'
import type { SessionMatrix } from '@/lib/domain/assignments/matrix'

/** What one has to read in a session, and how far one has come. */
export function OwnPart({ matrix, memberId }: { matrix: SessionMatrix; memberId: string }) {
  const own = matrix.documents.flatMap((document) =>
    document.cells.filter((cell) => cell.memberId === memberId).map((cell) => ({ document, cell })),
  )
  return (
    <section aria-labelledby="own-part" className="mb-6">
      <h2 id="own-part" className="mb-2.5 font-serif text-xl font-semibold">
        Your part
      </h2>
      {own.length === 0 ? (
        <p className="rounded-lg border border-dashed border-line-strong px-6 py-8 text-center text-ink-2">
          Nothing is assigned to you here. When it is, it shows in your inbox as well.
        </p>
      ) : (
        <ul className="grid rounded-lg border border-line bg-surface shadow-card">
          {own.map(({ document, cell }) => (
            <li
              key={cell.assignmentId}
              className="grid items-center gap-x-5 gap-y-1.5 border-b border-line px-4 py-2.5 last:border-b-0 md:grid-cols-[minmax(0,1fr)_11rem_11rem_5rem]"
            >
              <div className="min-w-0">
                <Link
                  dir="auto"
                  href={`/documents/${document.id}`}
                  className="font-serif text-md font-medium hover:underline"
                >
                  {document.title}
                </Link>
                <p className="truncate text-sm text-ink-3">
                  <Parts parts={[document.source.name, `${numberInWords(document.words)} words`]} />
                </p>
              </div>
              <CellContent cell={cell} total={document.total} at={matrix.at} planned={false} conflicted={false} />
              <span className="text-sm text-ink-3">
                {cell.dueAt !== null && (
                  <>
                    due <DueDay dueAt={cell.dueAt} />
                  </>
                )}
              </span>
              <span className="md:justify-self-end">
                {matrix.state === 'active' && isOpenForMarks(cell.state) && (
                  <LinkButton
                    size="small"
                    href={`/documents/${document.id}`}
                    variant={cell.overdue ? 'primary' : 'secondary'}
                    aria-label={`${cell.state === 'assigned' ? 'Start' : 'Go on with'} “${document.title}”`}
                  >
                    {cell.state === 'assigned' ? 'Start' : 'Go on'}
                  </LinkButton>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
