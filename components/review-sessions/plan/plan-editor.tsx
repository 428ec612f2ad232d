'use client'

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { Distribute } from '@/components/assignments/distribute'
import { MatrixBoard } from '@/components/assignments/matrix/matrix-board'
import { TextField, TextArea } from '@/components/ui/controls/field'
import { patchSession, deleteSessionDocument, drawSecondReading } from '@/lib/client/api/review-sessions'
import { useLiveRefresh } from '@/lib/client/live/use-live-refresh'
import type { ConflictView } from '@/lib/domain/conflicts-of-interest/schema'
import type { SessionMemberView, SessionView } from '@/lib/domain/review-sessions/schema'
import { Button, IconButton } from '@/components/ui/controls/button'
import { Parts } from '@/components/ui/layout/parts'
import { ShowMore } from '@/components/ui/layout/list-parts'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import type { MatrixDocument } from '@/lib/domain/assignments/matrix'
import { useRun } from '@/components/shell/use-run'
import { Icon } from '@/components/ui/icon'
import { secondReadingSize } from '@/lib/domain/review-sessions/protocol'
import { planEvents } from '../run/live-events'
import { unpackMatrix, type PackedMatrix } from '../packed-matrix'
import { PlanMembers, type Teammate } from '../members/plan-members'
import { AddDocuments, SampleRecord } from '../documents/add-documents'
import { GuidelinesField } from './guidelines-field'
import { PlanKeeper } from './plan-keeper'
import { PlanProtocol } from './plan-protocol'
import { PlanClashes } from './plan-saving'
import { PlanSection } from './plan-section'
import { PlanStart } from './plan-actions'

export interface PlanEditorProps {
  session: SessionView
  matrix: PackedMatrix
  members: readonly SessionMemberView[]
  team: readonly Teammate[]
  /** The sources that its sample was drawn from. */
  sampleSources: readonly { id: string; name: string }[]
  conflicts: readonly ConflictView[]
  memberId: string
  since: number
}

/** The plan of a draft session or of a template: everything on one page, saved while typing. */
export function PlanEditor({
  session,
  matrix: packed,
  members,
  team,
  sampleSources,
  conflicts,
  memberId,
  since,
}: PlanEditorProps) {
  const [keeper] = useState(() => new PlanKeeper(session, patchSession))
  const state = useSyncExternalStore(keeper.subscribe, keeper.read, keeper.read)
  useEffect(() => {
    keeper.adopt(session)
  }, [keeper, session])
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (keeper.read().saving !== 'saved') event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
      void keeper.flush()
    }
  }, [keeper])
  useLiveRefresh(planEvents, { sessionId: session.id, since })
  const matrix = useMemo(() => unpackMatrix(packed), [packed])
  const { plan, clashes } = state
  const { documents } = matrix
  const flush = () => void keeper.flush()
  return (
    <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_17.5rem] lg:items-start">
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-5">
        <PlanClashes clashes={clashes} onSettle={keeper.settle} />
        <PlanSection title="Question and guidelines">
          <TextField
            label="Name"
            maxLength={300}
            autoComplete="off"
            value={plan.name}
            error={plan.name.trim() === '' ? 'Give the session a name.' : null}
            onBlur={flush}
            onChange={(event) => {
              keeper.change({ name: event.currentTarget.value })
            }}
          />
          <TextArea
            label="Question"
            optional
            rows={2}
            maxLength={2_000}
            hint="What this session is to find out."
            value={plan.question}
            onBlur={flush}
            onChange={(event) => {
              keeper.change({ question: event.currentTarget.value })
            }}
          />
          <GuidelinesField
            value={plan.guidelines}
            onBlur={flush}
            onChange={(guidelines) => {
              keeper.change({ guidelines })
            }}
          />
        </PlanSection>
        <PlanProtocol plan={plan} onChange={keeper.change} />
        {!session.isTemplate && <PlanDocuments session={session} documents={documents} sampleSources={sampleSources} />}
        <PlanMembers sessionId={session.id} members={members} team={team} conflicts={conflicts} documents={documents} />
        {!session.isTemplate && (
          <PlanSection
            title="Who reviews what"
            hint="Distribute the documents, then change assignments by hand. Free places can also be filled once the session is active."
          >
            <Distribute
              sessionId={session.id}
              blocked={
                documents.length === 0
                  ? 'Add documents first.'
                  : members.some(({ reviews }) => reviews)
                    ? null
                    : 'Add reviewers first.'
              }
            />
            {documents.length > 0 && matrix.reviewers.length > 0 && (
              <MatrixBoard board={{ matrix, conflicts, leads: true, memberId }} />
            )}
          </PlanSection>
        )}
      </div>
      <PlanStart state={state} matrix={matrix} onSettled={keeper.flush} />
    </div>
  )
}

const step = 30

/** A session's documents, how they were drawn, and the actions that add and remove them. */
function PlanDocuments({
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
                <p className="text-sm text-ink-3 [overflow-wrap:anywhere] md:truncate">
                  {readTwice === true && <span className="font-medium text-ink">Read twice · </span>}
                  <Parts
                    parts={[
                      source.name,
                      `${numberInWords(length)} words`,
                      `${numberInWords(total)} sentences to decide`,
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

/** The documents of a draft that are read twice: already drawn, or to be drawn from the present documents. */
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
            {countInWords(documents.length, 'document')}, drawn at random. Draw again when the documents or the rules
            have changed. Every drawing stays on record, and reports say how many there were.
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
