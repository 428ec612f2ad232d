'use client'

import { useRun } from '@/components/shell/use-run'
import { Button } from '@/components/ui/controls/button'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import { drawSecondReading } from '@/lib/client/api/review-sessions'
import type { MatrixDocument } from '@/lib/domain/assignments/matrix'
import { secondReadingSize } from '@/lib/domain/review-sessions/protocol'
import type { SessionView } from '@/lib/domain/review-sessions/schema'

/** Which documents of a draft are read twice: drawn, or still to be drawn from those that are there now. */
export function SecondReadingPart({
  session,
  documents,
}: {
  session: SessionView
  documents: readonly MatrixDocument[]
}) {
  const { busy, run } = useRun()
  const wanted = secondReadingSize(session.protocol, documents.length)
  const drawn = documents.filter(({ readTwice }) => readTwice === true).length
  const isDrawn = wanted > 0 && drawn === wanted
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-md bg-sunken px-3.5 py-2.5 text-sm">
      <p className="max-w-[38rem]">
        {wanted === 0 ? (
          'A second reading of a part needs at least three documents.'
        ) : isDrawn ? (
          <>
            <strong className="font-medium">Read twice:</strong> {numberInWords(drawn)} of{' '}
            {countInWords(documents.length, 'document')}, drawn at random. Other documents or rules ask for another
            drawing; each is kept, and reports say how many there were.
          </>
        ) : (
          <>
            <strong className="font-medium">To be drawn:</strong> {numberInWords(wanted)} of{' '}
            {countInWords(documents.length, 'document')} that are read twice. Draw them once all documents are added.
            The server chooses the seed and records it.
          </>
        )}
      </p>
      {wanted > 0 && (
        <Button
          size="small"
          variant={isDrawn ? 'quiet' : 'secondary'}
          busy={busy === 'draw'}
          onClick={() =>
            void run(
              'draw',
              () => drawSecondReading(session),
              ({ size, drawings }) =>
                drawings === 1
                  ? `Drew ${countInWords(size, 'document')}.`
                  : `Drew ${countInWords(size, 'document')}: drawing ${numberInWords(drawings)} of this session.`,
            )
          }
        >
          {isDrawn ? 'Draw again' : 'Draw them'}
        </Button>
      )}
    </div>
  )
}
