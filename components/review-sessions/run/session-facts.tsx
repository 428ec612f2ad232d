import { DueDay, DueDistance } from '@/components/assignments/due-day'
import { numberInWords } from '@/components/ui/text/wording'
import type { SessionMatrix } from '@/lib/domain/assignments/matrix'
import type { SessionView } from '@/lib/domain/review-sessions/schema'
import type { ReactNode } from 'react'

function Fact({ children }: { children: ReactNode }) {
  return <li className="[&_b]:font-semibold [&_b]:text-ink">{children}</li>
}

/** The session in figures, on one line. Agreement is not hinted at before the blind phase is over. */
export function SessionFacts({ session, matrix }: { session: SessionView; matrix: SessionMatrix }) {
  const { totals, at, documents, shows } = matrix
  const words = documents.reduce((sum, document) => sum + document.words, 0)
  const { state, protocol, dueAt } = session
  const settling = state === 'adjudication' || state === 'closed'
  const decided = totals.total === 0 ? null : Math.floor((totals.decided / totals.total) * 100)
  const covered =
    totals.covered === null || totals.coverable === 0 ? null : Math.floor((totals.covered / totals.coverable) * 100)
  return (
    <ul aria-label="The session in figures" className="tabular mb-5 flex flex-wrap gap-x-6 gap-y-1.5 text-ink-2">
      <Fact>
        <b>{numberInWords(totals.documents)}</b> {totals.documents === 1 ? 'document' : 'documents'},{' '}
        <b>{numberInWords(words)}</b> words
      </Fact>
      <Fact>
        <b>{numberInWords(protocol.reviewersPerDocument)}</b>{' '}
        {protocol.reviewersPerDocument === 1 ? 'reviewer' : 'reviewers'} each
      </Fact>
      {dueAt !== null && state !== 'closed' && (
        <Fact>
          due{' '}
          <b>
            <DueDay dueAt={dueAt} />
          </b>
          , <DueDistance dueAt={dueAt} at={at} />
        </Fact>
      )}
      {decided !== null && state === 'active' && (
        <Fact>
          <b>{String(decided)} %</b> of {shows === 'own' ? 'your sentences' : 'sentences'} decided
        </Fact>
      )}
      {covered !== null && settling && (
        <Fact>
          <b>{String(covered)} %</b> of sentences covered
        </Fact>
      )}
      {settling && totals.claims !== null && (
        <Fact>
          <b>{numberInWords(totals.claims)}</b> {totals.claims === 1 ? 'claim' : 'claims'}
          {totals.openClaims !== null && totals.openClaims > 0 && (
            <>
              , <b>{numberInWords(totals.openClaims)}</b> to settle
            </>
          )}
        </Fact>
      )}
      {state === 'active' && protocol.blind && shows === 'everyone' && (
        <Fact>
          agreement <b>hidden until reviews are in</b>
        </Fact>
      )}
    </ul>
  )
}
