'use client'

import { useState } from 'react'
import { Button, IconButton } from '@/components/ui/controls/button'
import { Parts } from '@/components/ui/layout/parts'
import { ShowMore } from '@/components/ui/layout/list-parts'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import { deleteSessionDocument, drawSecondReading } from '@/lib/client/api/review-sessions'
import type { MatrixDocument } from '@/lib/domain/assignments/matrix'
import type { SessionView } from '@/lib/domain/review-sessions/schema'
import { useRun } from '@/components/shell/use-run'
import { Icon } from '@/components/ui/icon'
import { secondReadingSize } from '@/lib/domain/review-sessions/protocol'
import { PlanSection } from '../plan/plan-section'
import { AddDocuments, SampleRecord } from './add-documents'

const step = 30

/** What a session reads: its documents, how they were drawn, adding and removing. */
export function PlanDocuments({
  session,
  documents,
  sampleSources,
}: {
  session: SessionView
  documents: readonly MatrixDocument[]
  /** The sources that its sample was drawn from. */
  sampleSources: readonly { id: string; name: string }[]
}) {
  const { busy, run } = useRun()
  const [adding, setAdding] = useState(false)
  const [shown, setShown] = useState(step)
  const words = documents.reduce((sum, document) => sum + document.words, 0)
  return (
    <PlanSection
      title="Documents"
      hint={
        documents.length === 0
          ? 'Pick them, add what a search finds, or draw a random sample.'
          : `${countInWords(documents.length, 'document')}, ${countInWords(words, 'word')}. All reviewers read the same revision of each.`
      }
      actions={
        <Button
          onClick={() => {
            setAdding(true)
          }}
        >
          Add documents
        </Button>
      }
    >
      {session.sample !== null && (
        <SampleRecord sample={session.sample} sources={sampleSources} count={documents.length} />
      )}
      {session.protocol.secondReading !== undefined && <SecondReadingPart session={session} documents={documents} />}
      {documents.length > 0 && (
        <ul aria-label="Documents of the session" className="-mx-2 grid grid-cols-[minmax(0,1fr)]">
          {documents.slice(0, shown).map(({ id, title, source, words: length, total, readTwice }) => (
            <li
              key={id}
              className="flex items-center gap-3 border-b border-line px-2 py-1.5 last:border-b-0 hover:bg-hover/60"
            >
              <div className="min-w-0 flex-1">
                <p dir="auto" className="font-serif text-md font-medium [overflow-wrap:anywhere]">
                  {title}
                </p>
                <p className="truncate text-sm text-ink-3">
                  <Parts
                    parts={[
                      source.name,
                      `${numberInWords(length)} words`,
                      `${numberInWords(total)} sentences to decide`,
                      ...(readTwice === true ? ['read twice'] : []),
                    ]}
                  />
                </p>
              </div>
              <IconButton
                size="small"
                label={`Remove “${title}”`}
                disabled={busy === id}
                onClick={() => void run(id, () => deleteSessionDocument(session.id, id))}
                icon={<Icon name="close" />}
              />
            </li>
          ))}
        </ul>
      )}
      {documents.length > shown && (
        <ShowMore
          shown={shown}
          total={documents.length}
          onMore={() => {
            setShown((before) => before + step * 4)
          }}
        />
      )}
      <AddDocuments
        open={adding}
        onClose={() => {
          setAdding(false)
        }}
        session={session}
        present={documents}
      />
    </PlanSection>
  )
}

/** Which documents of a draft are read twice: drawn, or still to be drawn from those that are there now. */
function SecondReadingPart({ session, documents }: { session: SessionView; documents: readonly MatrixDocument[] }) {
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
