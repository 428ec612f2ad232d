import { Fragment, type ReactNode } from 'react'
import { figureInWords, intervalInWords } from '@/components/agreement/words'
import { LocalTime } from '@/components/ui/text/local-time'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import type { ReportView } from '@/lib/domain/reports/schema'
import { DocumentTable, IntervalMethods, SharePlot } from './figures'
import { percent } from '@/components/ui/text/percent'
import { Findings } from './findings'
import { quietLink } from './quiet-link'
import { ReviewSessions } from './review-sessions'
import { FigureTable } from '@/components/agreement/tables'
import { Tag } from '@/components/ui/text/tag'
import type { ReportAgreement } from '@/lib/domain/reports/review-schema'

function Lead({ report }: { report: ReportView }) {
  const { claims, reviewedDocuments, agreement } = report
  if (claims.assessed === 0) {
    return (
      <p className="max-w-2xl font-serif text-xl text-pretty text-ink-2">
        {report.documents.length === 0
          ? 'No documents of this source are in the workspace yet.'
          : 'No claim of this source has been assessed yet. Open a document and rate what it states as fact.'}
      </p>
    )
  }
  // What is not established is said to be a judgement.
  const sure = agreement.established
  const verb = (count: number) => (sure ? `${count === 1 ? 'was' : 'were'} ` : '')
  return (
    <p className="max-w-2xl font-serif text-xl text-pretty">
      In {reviewedDocuments === 1 ? 'one reviewed document' : `${reviewedDocuments} reviewed documents`},{' '}
      <b className="font-semibold">
        {claims.sourced} of {countInWords(claims.assessed, 'assessed claim')} {claims.assessed === 1 ? 'was' : 'were'}{' '}
        {sure ? '' : 'judged '}sourced
      </b>
      , {claims.unsourced} {verb(claims.unsourced)}unsourced and{' '}
      <b className="font-semibold">
        {claims.contradicted} {verb(claims.contradicted)}contradicted
      </b>{' '}
      by the evidence found.{' '}
      {sure
        ? 'Agreement between reviewers, who could not see each other, is established.'
        : 'Whether other reviewers would judge alike is not established.'}
    </p>
  )
}

const samplingWords = {
  random: 'drawn at random',
  'partly-random': 'not a random sample',
  'not-random': 'not random',
  'nothing-reviewed': 'none',
} as const satisfies Record<ReportView['sampling']['state'], string>

function agreementFact({ agreement: { established, figures } }: ReportView): [string, string] {
  const alpha = figures?.labelAlpha
  if (alpha?.value === null || alpha?.value === undefined) return ['not established', '']
  const interval = alpha.interval === null ? 'no interval' : intervalInWords(alpha)
  return [`α ${figureInWords(alpha.value)}`, `(${interval}${established ? '' : ', not established'})`]
}

function Facts({ report }: { report: ReportView }) {
  const { claims, coverage, sampling, reviewedDocuments } = report
  const reviewed = `documents reviewed, ${samplingWords[sampling.state]}`
  const [alpha, interval] = agreementFact(report)
  const facts: [string, string][] = [
    [`${reviewedDocuments} of ${report.documents.length}`, reviewed],
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
    <ul className="tabular my-7 flex flex-wrap gap-x-7 gap-y-2 border-y border-line py-3.5 text-ink-2">
      {shown.map(([value, name]) => (
        <li key={name}>
          <b className="font-semibold text-ink">{value}</b> {name}
        </li>
      ))}
      <li>
        agreement <b className="font-semibold text-ink">{alpha}</b> {interval}
      </li>
    </ul>
  )
}

function Bounds({ report }: { report: ReportView }) {
  if (report.bounds === null) return null
  const { low, high, undecided } = report.bounds
  return (
    <p className="my-4 max-w-2xl text-ink-2">
      {undecided} checkable {undecided === 1 ? 'sentence is' : 'sentences are'} undecided. However{' '}
      {undecided === 1 ? 'it is' : 'they are'} decided, the share of contradicted claims in these documents will end
      between {percent(low)}&nbsp;% and {percent(high)}&nbsp;%.
    </p>
  )
}

/** The upper end of the interval, said where no claim was contradicted: zero observed still allows a true rate up to it. */
function UpperBound({ report }: { report: ReportView }) {
  const share = report.shares?.contradicted ?? null
  if (share === null || share.count > 0) return null
  return (
    <p className="my-4 max-w-2xl text-ink-2">
      None of {share.of} assessed claims is contradicted. With so many, a share of up to {percent(share.high)}&nbsp;%
      would not be surprising.
    </p>
  )
}

const heading = 'mt-11 mb-4 font-serif text-xl font-semibold'

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={heading}>
        {title}
      </h2>
      {children}
    </section>
  )
}

function Questions({ sessions }: { sessions: ReportView['sessions'] }) {
  const questions = [...new Set(sessions.map(({ question }) => question.trim()))].filter((words) => words !== '')
  return questions.map((question) => (
    <p key={question} className="mb-4 max-w-2xl text-md text-ink-2 [overflow-wrap:anywhere]" dir="auto">
      {question}
    </p>
  ))
}

function Gates({ report: { gates, reviewedDocuments } }: { report: ReportView }) {
  // Of a source that nobody has reviewed, that figures are missing needs no saying.
  const shown = reviewedDocuments === 0 ? gates.filter(({ code }) => code === 'blind-phase') : gates
  if (shown.length === 0) return null
  return (
    <ul aria-label="To bear in mind" className="mt-7 grid max-w-2xl gap-2">
      {shown.map((gate) => (
        <li key={gate.code} className="border-s-2 border-unsourced ps-3 text-ink-2 [overflow-wrap:anywhere]">
          {gate.says}
        </li>
      ))}
    </ul>
  )
}

/** The reliability report of one source, for the screen and for paper. */
export function Report({ report }: { report: ReportView }) {
  const isThin = report.gates.some(({ code }) => code === 'low-coverage')
  return (
    <article className="mx-auto w-full max-w-[56rem] px-4 py-10 md:px-6 md:py-14 print:max-w-none print:p-0">
      <p className="text-ink-3 [overflow-wrap:anywhere]" dir="auto">
        Reliability report · <LocalTime instant={report.computedAt} />
        {report.source.kind !== '' && ` · ${report.source.kind}`}
        {report.sessions.map(({ id, name }) => (
          <Fragment key={id}>
            {' · '}
            <a className={quietLink} href={`/review-sessions/${id}`}>
              {name}
            </a>
          </Fragment>
        ))}
      </p>
      <h1
        className="mt-2 mb-4 font-serif text-3xl font-semibold tracking-tight [overflow-wrap:anywhere] text-balance"
        dir="auto"
      >
        {report.source.name}
      </h1>
      <Questions sessions={report.sessions} />
      <Lead report={report} />
      {report.reviewedDocuments > 0 && <Facts report={report} />}
      <Gates report={report} />
      {report.shares !== null && (
        <Section id="shares" title={report.agreement.established ? 'How claims stand' : 'How claims were judged'}>
          {isThin && <Bounds report={report} />}
          <SharePlot report={report} />
          <UpperBound report={report} />
          {!isThin && <Bounds report={report} />}
          <IntervalMethods report={report} />
        </Section>
      )}
      {report.claims.assessed + report.contradicted.length > 0 && (
        <Section id="contradicted" title="Contradicted claims">
          {report.contradicted.length === 0 ? (
            <p className="text-ink-2">None of the assessed claims is contradicted by the evidence found.</p>
          ) : (
            <Findings findings={report.contradicted} />
          )}
        </Section>
      )}
      {report.documents.length > 0 && (
        <Section id="documents" title="Documents">
          <DocumentTable report={report} />
        </Section>
      )}
      {report.reviewedDocuments > 0 && (
        <>
          <Section id="review" title="How it was reviewed">
            <ReviewSessions report={report} />
          </Section>
          <Section id="agreement" title="Agreement between reviewers">
            <AgreementSection agreement={report.agreement} />
          </Section>
        </>
      )}
      <aside className="mt-9 rounded-lg bg-sunken px-5 py-4 text-ink-2 print:break-inside-avoid print:border print:border-line">
        <p>
          <b className="font-semibold text-ink">How to read this.</b> A claim is a passage that reviewers rated; nearly
          equal passages of several reviewers are one claim, and it counts when they agree; where a review session was
          closed, its verdicts count instead. Unsourced means that no adequate evidence was found either way, not that a
          claim is false. Not checkable claims and undecided sentences are in no share. Intervals of shares are 95 %
          (Wilson), widened because claims of one document are alike. Agreement is established when the interval of
          alpha for labels begins at .667 or above and at most 20 % of the claims lack a second blind rating.
        </p>
        <p className="mt-2 font-mono text-xs break-all text-ink-3">
          method {report.methodVersion} · inputs sha256 {report.inputSha256}
        </p>
      </aside>
    </article>
  )
}

/** How far reviewers agreed before anything was settled: the judgement first, then each figure with its n and interval. */
function AgreementSection({ agreement }: { agreement: ReportAgreement }) {
  const { established, says, cautions, figures, parameters, methodVersion, documents, claims } = agreement
  return (
    <>
      <p className="max-w-2xl">
        <Tag tone={established ? 'accent' : 'neutral'} className="me-2 align-[2px]">
          {established ? 'Established' : 'Not established'}
        </Tag>
        {says}
      </p>
      {cautions.map(({ code, says: words }) => (
        <p key={code} className="mt-2 max-w-2xl text-ink-2">
          {words}
        </p>
      ))}
      {figures !== null && parameters !== null && (
        <div className="mt-4 print:break-inside-avoid">
          <FigureTable slice={figures} caption="Agreement on the documents of this report" />
          <p className="mt-3 max-w-2xl text-sm text-ink-3">
            Only ratings made before anyone could see the others’ enter: {numberInWords(claims.coMarked)} of{' '}
            {countInWords(claims.total, 'claim')} have two or more. {countInWords(documents.compared, 'document')} of{' '}
            {numberInWords(documents.blind)} read blind {documents.compared === 1 ? 'was' : 'were'} read by two or more
            {documents.open > 0 && `; ${countInWords(documents.open, 'document')} read in the open measure nothing`}.
            One is perfect, zero is what chance alone would give. Intervals come from{' '}
            {numberInWords(parameters.replicates)} samples of documents with seed {String(parameters.seed)}; method{' '}
            {methodVersion}.
          </p>
        </div>
      )}
    </>
  )
}
