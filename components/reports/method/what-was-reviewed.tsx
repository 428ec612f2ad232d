import { use, type ReactNode } from 'react'
import { LocalTime } from '@/components/ui/text/local-time'
import { capitalised, countInWords, numberInWords, dateInWords } from '@/components/ui/text/wording'
import { memberInWords } from '@/lib/domain/reports/reading/claim-words'
import type { ReportSession } from '@/lib/domain/reports/review-schema'
import { type ReportView, assessedRatings, type Adjudication, type DocumentLine } from '@/lib/domain/reports/schema'
import { ratingNames } from '@/lib/domain/annotations/words'
import { percent } from '@/lib/domain/statistics/number-words'
import { ReportPlaceContext, WorkbenchLink } from '../report-place'

function Entry({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-0.5 py-2 md:grid-cols-[8.5rem_minmax(0,1fr)] print:grid-cols-[7.5rem_minmax(0,1fr)]">
      <dt className="text-ink-3">{name}</dt>
      <dd className="max-w-[40rem] [overflow-wrap:anywhere]">{children}</dd>
    </div>
  )
}

function verdictsInWords({ claims, changed, ties, ownVerdicts }: ReportSession): string {
  const notes = [
    ...(changed > 0 ? [`${numberInWords(changed)} against what most reviewers had rated`] : []),
    ...(ties > 0 ? [`${numberInWords(ties)} where no rating led`] : []),
    ...(ownVerdicts > 0 ? [`${numberInWords(ownVerdicts)} by an adjudicator who had rated the claim`] : []),
  ]
  return `${countInWords(claims, 'claim')} settled${notes.length === 0 ? '' : `, ${notes.join(', ')}`}.`
}

function documentsInWords({ counted, ofSource, all }: ReportSession['documents']): string {
  const here =
    counted === ofSource
      ? `All ${numberInWords(counted)} of this source in the session count here`
      : `${numberInWords(counted)} of ${numberInWords(ofSource)} of this source in the session count here`
  return `${here}${all > ofSource ? `; the session read ${numberInWords(all)} of several sources` : ''}.`
}

/** A link to the agreement page of a session, for those who can open it. */
function SessionAgreement({ id }: { id: string }) {
  if (use(ReportPlaceContext) === 'public') return null
  return <WorkbenchLink href={`/review-sessions/${id}/agreement`}>Agreement of the whole session</WorkbenchLink>
}

/** A link to the comparison of a session with another one, for those who can open it. */
function BesideAnother({ id }: { id: string }) {
  if (use(ReportPlaceContext) === 'public') return null
  return <WorkbenchLink href={`/review-sessions/${id}/comparison`}>Compare with another session</WorkbenchLink>
}

/** All drawings of a sample, with who drew it, when and from what: a sample that was drawn until it pleased would show. */
function Draws({ session: { draws, otherDraws, sample } }: { session: ReportSession }) {
  if (draws.length === 0 && otherDraws === 0) return null
  const before = sample === null ? draws : draws.slice(0, -1)
  const last = sample === null ? undefined : draws.at(-1)
  return (
    <div className="mt-1 text-sm text-ink-3">
      {last !== undefined && (
        <p>
          {last.by !== '' && `${capitalised(memberInWords(last.by))} drew it. `}
          {before.length === 0
            ? 'No sample had been drawn into this session before.'
            : `${countInWords(before.length, 'drawing')} had been made before it in this session:`}
        </p>
      )}
      {last === undefined && <p>Drawings that the documents no longer come from:</p>}
      {before.length > 0 && (
        <ul className="ms-4 list-disc">
          {before.map(({ by, drawnAt, seed, size, frameSize }) => (
            <li key={`${drawnAt} ${String(seed)}`}>
              <LocalTime instant={drawnAt} />: {numberInWords(size)} of {numberInWords(frameSize)}, seed {String(seed)}
              {by !== '' && `, by ${memberInWords(by)}`}
            </li>
          ))}
        </ul>
      )}
      {otherDraws > 0 && (
        <p>
          {countInWords(otherDraws, 'drawing')} from the same list {otherDraws === 1 ? 'was' : 'were'} made into other
          sessions.
        </p>
      )}
    </div>
  )
}

function Session({ session }: { session: ReportSession }) {
  const { id, name, question, closedAt, protocol, protocolSays, sample, sampleSays, documents, reviewers } = session
  return (
    <li className="border-b border-line py-4 last:border-0 print:break-inside-avoid">
      <h3 className="font-serif text-lg font-semibold [overflow-wrap:anywhere]" dir="auto">
        <WorkbenchLink href={`/review-sessions/${id}`}>{name}</WorkbenchLink>
      </h3>
      <dl className="mt-1 divide-y divide-line">
        <Entry name="Question">
          {question.trim() === '' ? (
            <span className="text-ink-2">Its question was not recorded.</span>
          ) : (
            <span dir="auto">{question}</span>
          )}
        </Entry>
        <Entry name="Sample">
          <span dir="auto">{sampleSays}</span>
          {sample !== null && (
            <span className="block text-sm text-ink-3">
              Drawn <LocalTime instant={sample.drawnAt} />. The list it was drawn from has sha256{' '}
              <code className="font-mono text-xs break-all">{sample.frameSha256}</code>.
            </span>
          )}
          <Draws session={session} />
        </Entry>
        <Entry name="Documents">{documentsInWords(documents)}</Entry>
        <Entry name="Reviewers">
          {countInWords(reviewers, 'member')}. {protocolSays.join(' ')}
        </Entry>
        <Entry name="Verdicts">
          {verdictsInWords(session)} Closed <LocalTime instant={closedAt} />.{' '}
          <span className="print:hidden">
            <BesideAnother id={id} />
          </span>
          {protocol.blind && (
            <>
              {' '}
              <span className="print:hidden">
                <SessionAgreement id={id} />
              </span>
            </>
          )}
        </Entry>
      </dl>
    </li>
  )
}

/** The sessions behind a report's figures, each with its question, sample, rules and verdicts; or a note that there is none. */
export function ReviewSessions({
  report: { sessions, sampling, documents, reviewedDocuments },
}: {
  report: ReportView
}) {
  const adjudicated = sessions.reduce((sum, session) => sum + session.documents.counted, 0)
  const open = reviewedDocuments - adjudicated
  return (
    <>
      {/* Otherwise the top of the report says so, among its warnings. */}
      {sampling.state === 'random' && <p className="mb-4 max-w-2xl text-ink-2">{sampling.says}</p>}
      {sessions.length > 0 && (
        <ul className="border-y border-line">
          {sessions.map((session) => (
            <Session key={session.id} session={session} />
          ))}
        </ul>
      )}
      {open > 0 && (
        <p className={`max-w-2xl text-ink-2 ${sessions.length > 0 ? 'mt-4' : ''}`}>
          {sessions.length === 0
            ? 'No closed review session assessed these documents, so there is no question, no sample and no adjudicator to name. '
            : `${countInWords(open, 'document was', 'documents were')} assessed by no closed session. `}
          Members read and rated {open === 1 ? 'it' : 'them'} in the open; a claim counts where those who rated it
          agree.
        </p>
      )}
      {reviewedDocuments < documents.length && (
        <p className="mt-4 max-w-2xl text-ink-2">
          {countInWords(documents.length - reviewedDocuments, 'document')} of this source{' '}
          {documents.length - reviewedDocuments === 1 ? 'is' : 'are'} in the workspace without a review that counts.
        </p>
      )}
    </>
  )
}

/** A missing count, unlike a count of zero. */
function Uncounted() {
  return (
    <span className="text-ink-3">
      <span aria-hidden="true">–</span>
      <span className="sr-only">not counted</span>
    </span>
  )
}

function ShareCell({ line, rating }: { line: DocumentLine; rating: (typeof assessedRatings)[number] }) {
  const share = line.shares[rating]
  return (
    <td className="px-3 py-2.5 text-end align-top whitespace-nowrap">
      {line.reviewers === 0 ? <Uncounted /> : <span className="font-medium">{line.claims[rating]}</span>}
      {share !== null && (
        <span className="block text-xs text-ink-3">
          {percent(share.low)}–{percent(share.high)} %
        </span>
      )}
    </td>
  )
}

function describeAdjudication({ sessionName, claims, changed, ties }: Adjudication, isOneOfSeveral: boolean): string {
  const differing = [
    ...(changed > 0 ? [`${changed} against the majority of reviewers`] : []),
    ...(ties > 0 ? [`${ties} without a majority`] : []),
  ]
  const where = isOneOfSeveral ? ` in “${sessionName}”` : ''
  return `${countInWords(claims, 'claim')} settled${where}${differing.length === 0 ? '' : `, ${differing.join(', ')}`}`
}

/** The documents with their counts, intervals and coverage. Untouched documents are listed as such. */
export function DocumentTable({ report }: { report: ReportView }) {
  return (
    <div
      className="relative overflow-x-auto rounded-lg border border-line bg-surface print:overflow-visible print:rounded-none print:border-x-0"
      tabIndex={0}
      role="group"
      aria-label="Documents of this report"
    >
      <table className="tabular w-full min-w-[44rem] border-collapse print:min-w-0 print:text-sm">
        <thead>
          <tr className="border-b border-line text-sm text-ink-2">
            <th scope="col" className="px-4 py-2.5 text-start font-medium">
              Document
            </th>
            {assessedRatings.map((rating) => (
              <th key={rating} scope="col" className="px-3 py-2.5 text-end font-medium">
                {ratingNames[rating]}
              </th>
            ))}
            <th scope="col" className="px-3 py-2.5 text-end font-medium">
              Claims
            </th>
            <th scope="col" className="px-4 py-2.5 text-end font-medium">
              Decided
            </th>
          </tr>
        </thead>
        <tbody>
          {report.documents.map((line) => (
            <tr key={line.id} className="border-b border-line last:border-0">
              <th
                scope="row"
                className="max-w-96 px-4 py-2.5 text-start align-top font-normal [overflow-wrap:anywhere]"
              >
                <span className="font-serif text-md font-medium" dir="auto">
                  <WorkbenchLink href={`/documents/${line.id}`}>{line.title}</WorkbenchLink>
                </span>
                <span className="block text-xs text-ink-3">
                  {[
                    dateInWords(line.publishedOn),
                    line.reviewers === 0 ? 'no review that counts yet' : countInWords(line.reviewers, 'reviewer'),
                    ...(line.adjudication === null
                      ? []
                      : [describeAdjudication(line.adjudication, report.sessions.length > 1)]),
                  ]
                    .filter((part) => part !== '')
                    .join(' · ')}
                </span>
              </th>
              {assessedRatings.map((rating) => (
                <ShareCell key={rating} line={line} rating={rating} />
              ))}
              <td className="px-3 py-2.5 text-end align-top">
                {line.reviewers === 0 ? <Uncounted /> : line.claims.assessed}
              </td>
              <td className="px-4 py-2.5 text-end align-top whitespace-nowrap">
                {line.coverage.decided} of {line.coverage.checkable}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
