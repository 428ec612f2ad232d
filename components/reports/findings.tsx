import type { Evidence, Finding } from '@/lib/domain/reports/schema'
import { dateInWords } from './figures'

function describeReviewers({ reviewers, open }: Finding): string {
  const { agreeing, rated } = reviewers
  if (rated === 1) return 'One reviewer.'
  if (open) return `${agreeing} of ${rated} reviewers; not counted until settled.`
  return rated === 2 ? 'Both reviewers.' : `All ${rated} reviewers.`
}

function EvidenceItem({ evidence }: { evidence: Evidence }) {
  const from = [...new Set([evidence.author, evidence.publisher, dateInWords(evidence.issued)])].filter(
    (part) => part !== '',
  )
  const address = evidence.url !== '' ? evidence.url : evidence.doi === '' ? '' : `https://doi.org/${evidence.doi}`
  return (
    <li
      className={`border-s-2 ps-3 text-sm text-ink-2 ${evidence.stance === 'contradicts' ? 'border-contradicted' : 'border-line-strong'}`}
    >
      <b className="block font-semibold text-ink" dir="auto">
        {address === '' ? (
          evidence.title
        ) : (
          <a
            className="underline decoration-line-strong underline-offset-3 hover:decoration-current"
            href={address}
            rel="noreferrer nofollow"
          >
            {evidence.title}
          </a>
        )}
      </b>
      {from.length > 0 && <span className="block">{from.join(', ')}</span>}
      <span className="block">
        {evidence.stance}
        {evidence.locator !== '' && ` · ${evidence.locator}`}
        {evidence.quote !== '' && (
          <>
            {' · '}
            <q dir="auto">{evidence.quote}</q>
          </>
        )}
      </span>
      {evidence.quote !== '' && (
        <span className="block text-ink-3">
          {evidence.quoteFound ? 'Quote found word for word in the kept text' : 'Quote not checked against a kept text'}
        </span>
      )}
    </li>
  )
}

/** Every contradicted claim: exact words, place, who said so and why, and the evidence with its quotes. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  return (
    <ol className="border-t border-line">
      {findings.map((finding) => (
        <li
          key={finding.annotationIds.join()}
          className="grid gap-x-8 gap-y-3 border-b border-line py-5 md:grid-cols-[1fr_17rem] print:grid-cols-[1fr_16rem] print:break-inside-avoid"
        >
          <div>
            <blockquote className="font-serif text-lg" dir="auto">
              “{finding.exact}”
            </blockquote>
            {finding.notes.map((note) => (
              <p key={note} className="mt-2 text-ink" dir="auto">
                {note}
              </p>
            ))}
            <p className="mt-2 text-ink-2">
              <a
                className="underline decoration-line-strong underline-offset-3 hover:decoration-current"
                href={`/documents/${finding.documentId}#annotation-${finding.annotationIds[0] ?? ''}`}
                dir="auto"
              >
                {finding.documentTitle}
              </a>
              {finding.publishedOn !== null && `, ${dateInWords(finding.publishedOn)}`}, sentence {finding.sentence}.{' '}
              {describeReviewers(finding)}
            </p>
          </div>
          <ul className="grid content-start gap-3">
            {finding.evidence.map((evidence) => (
              <EvidenceItem
                key={`${evidence.referenceId}${evidence.stance}${evidence.quote}${evidence.locator}`}
                evidence={evidence}
              />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}
