import type { ReportView } from '@/lib/domain/reports/schema'
import { DocumentTable } from './document-table'
import { dayInWords } from '@/components/ui/wording'
import { percent } from './figures'
import { Findings } from './findings'
import { SharePlot } from './share-plot'

function Lead({ report }: { report: ReportView }) {
  const { claims, reviewedDocuments } = report
  if (claims.assessed === 0) {
    return (
      <p className="font-serif text-xl text-pretty text-ink-2">
        {report.documents.length === 0
          ? 'No documents of this source are in the workspace yet.'
          : 'No claim of this source has been assessed yet. Open a document and rate what it states as fact.'}
      </p>
    )
  }
  return (
    <p className="max-w-2xl font-serif text-xl text-pretty">
      In {reviewedDocuments === 1 ? 'one reviewed document' : `${reviewedDocuments} reviewed documents`},{' '}
      <b className="font-semibold">
        {claims.sourced} of {claims.assessed} assessed claims were sourced
      </b>
      , {claims.unsourced} {claims.unsourced === 1 ? 'was' : 'were'} unsourced and{' '}
      <b className="font-semibold">
        {claims.contradicted} {claims.contradicted === 1 ? 'was' : 'were'} contradicted
      </b>{' '}
      by the evidence found.
    </p>
  )
}

function Facts({ report }: { report: ReportView }) {
  const { claims, coverage } = report
  const facts: [string, string][] = [
    [`${report.reviewedDocuments} of ${report.documents.length}`, 'documents reviewed'],
    [String(claims.assessed), claims.assessed === 1 ? 'claim assessed' : 'claims assessed'],
    [`${coverage.decided} of ${coverage.checkable}`, 'checkable sentences decided'],
    [String(claims.notCheckable), 'not checkable'],
    [String(claims.noClaim), 'settled as no claim'],
    [String(claims.open), 'open between reviewers'],
    [String(claims.incomplete), 'without the needed evidence'],
    [String(claims.disputed), 'disputed'],
    [String(claims.partial), 'partly covered'],
  ]
  const shown = facts.filter(([value], place) => place < 3 || value !== '0')
  return (
    <ul className="my-7 flex flex-wrap gap-x-7 gap-y-2 border-y border-line py-3.5 text-ink-2">
      {shown.map(([value, name]) => (
        <li key={name}>
          <b className="tabular font-semibold text-ink">{value}</b> {name}
        </li>
      ))}
    </ul>
  )
}

function Bounds({ report }: { report: ReportView }) {
  if (report.bounds === null) return null
  const { low, high, undecided } = report.bounds
  return (
    <p className="mt-4 max-w-2xl text-ink-2">
      {undecided} checkable {undecided === 1 ? 'sentence is' : 'sentences are'} undecided. Whatever they turn out to be,
      the share of contradicted claims in these documents will end between {percent(low)} % and {percent(high)} %.
    </p>
  )
}

const heading = 'mt-11 mb-4 font-serif text-xl font-semibold'

/** The reliability report of one source, for the screen and for paper. */
export function Report({ report }: { report: ReportView }) {
  return (
    <article className="mx-auto w-full max-w-[56rem] px-4 py-10 md:px-6 md:py-14 print:p-0">
      <p className="text-ink-3">
        Reliability report · {dayInWords(report.computedAt)}
        {report.source.kind !== '' && ` · ${report.source.kind}`}
      </p>
      <h1 className="mt-2 mb-4 font-serif text-3xl font-semibold tracking-tight text-balance" dir="auto">
        {report.source.name}
      </h1>
      <Lead report={report} />
      <Facts report={report} />
      {report.gates.length > 0 && (
        <ul className="grid gap-2">
          {report.gates.map((gate) => (
            <li key={gate.code} className="border-s-2 border-unsourced ps-3 text-ink-2">
              {gate.says}
            </li>
          ))}
        </ul>
      )}
      {report.shares !== null && (
        <section aria-labelledby="shares">
          <h2 id="shares" className={heading}>
            How claims stand
          </h2>
          <SharePlot report={report} />
          <Bounds report={report} />
        </section>
      )}
      <section aria-labelledby="contradicted">
        <h2 id="contradicted" className={heading}>
          Contradicted claims
        </h2>
        {report.contradicted.length === 0 ? (
          <p className="text-ink-2">
            {report.claims.assessed === 0
              ? 'Nothing has been assessed yet.'
              : 'None of the assessed claims is contradicted by the evidence found.'}
          </p>
        ) : (
          <Findings findings={report.contradicted} />
        )}
      </section>
      {report.documents.length > 0 && (
        <section aria-labelledby="documents">
          <h2 id="documents" className={heading}>
            Documents
          </h2>
          <DocumentTable report={report} />
        </section>
      )}
      <aside className="mt-9 rounded-lg bg-sunken px-5 py-4 text-ink-2 print:border print:border-line">
        <p>
          <b className="font-semibold text-ink">How to read this.</b> A claim is a passage that reviewers rated; nearly
          equal passages of several reviewers are one claim, and it counts when they agree; where a review session was
          closed, its verdicts count instead. Unsourced means that no adequate evidence was found either way, not that a
          claim is false. Not checkable claims and undecided sentences are in no share. Intervals are 95 % (Wilson),
          widened because claims of one document are alike.
        </p>
        <p className="mt-2 font-mono text-xs break-all text-ink-3">
          method {report.methodVersion} · inputs sha256 {report.inputSha256}
        </p>
      </aside>
    </article>
  )
}
