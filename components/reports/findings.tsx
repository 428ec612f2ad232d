import { Fragment } from 'react'
import type { Evidence, Finding } from '@/lib/domain/reports/schema'
import { ReferenceLink } from '@/components/references/reference-link'
import { dateInWords } from '@/components/ui/text/wording'
import { QuotedWords } from '@/components/text/quoted-words'
import { quietLink } from './quiet-link'

function describeReviewers({ reviewers, open, verdict }: Finding): string {
  const { agreeing, rated } = reviewers
  if (verdict !== null) {
    const { dissent } = verdict
    const others = dissent === 0 ? 'nobody dissents' : `${dissent} ${dissent === 1 ? 'dissents' : 'dissent'}`
    const judge = verdict.own ? 'an adjudicator who had rated it as a reviewer' : 'an adjudicator'
    return `Settled by ${judge}; ${agreeing} of ${rated} reviewers had rated it so, ${others}.`
  }
  if (rated === 1) return 'One reviewer.'
  if (open) return `${agreeing} of ${rated} reviewers; not counted until settled.`
  return rated === 2 ? 'Both reviewers.' : `All ${rated} reviewers.`
}

/** Evidence of one reference and stance: what several reviewers quoted from it stands together. */
function groupEvidence(evidence: readonly Evidence[]): [Evidence, ...Evidence[]][] {
  const groups = new Map<string, [Evidence, ...Evidence[]]>()
  for (const item of evidence) {
    const key = `${item.referenceId} ${item.stance}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return [...groups.values()]
}

const checkWords: Record<Evidence['quoteCheck'], string> = {
  'word-for-word': 'found word for word in the kept text',
  'other-typography': 'found in the kept text but for typography',
  'not-found': 'not found in the kept text',
  'no-kept-text': 'no kept text to check it against',
  none: '',
}

function EvidenceGroup({ group }: { group: [Evidence, ...Evidence[]] }) {
  const [first] = group
  const from = [...new Set([first.author, first.publisher, dateInWords(first.issued)])].filter((part) => part !== '')
  const { quoteStart } = group.find((each) => each.quoteStart !== null) ?? first
  return (
    <li
      className={`border-s-2 ps-3 text-sm text-ink-2 [overflow-wrap:anywhere] ${first.stance === 'contradicts' ? 'border-contradicted' : 'border-line-strong'}`}
    >
      <b className="block font-semibold text-ink" dir="auto">
        <ReferenceLink reference={{ ...first, id: first.referenceId }} quoteStart={quoteStart} />
      </b>
      {from.length > 0 && (
        <span className="block">
          {from.map((part, place) => (
            <Fragment key={part}>
              {place > 0 && ', '}
              <bdi>{part}</bdi>
            </Fragment>
          ))}
        </span>
      )}
      <span className="block">{first.stance}</span>
      {group.map(({ quote, locator, quoteCheck }) => (
        <span key={`${locator} ${quote}`} className="mt-1 block">
          {locator !== '' && `${locator}: `}
          {quote !== '' && (
            <>
              <q dir="auto">{quote}</q> <span className="text-ink-3">· {checkWords[quoteCheck]}</span>
            </>
          )}
        </span>
      ))}
    </li>
  )
}

/** Where a finding stands in its text: the verdict that settled it, or a reviewer's mark. */
function placeOf({ documentId, claimId, annotationIds }: Finding): string {
  if (claimId !== null) return `/documents/${documentId}#claim-${claimId}`
  const [first] = annotationIds
  return first === undefined ? `/documents/${documentId}` : `/documents/${documentId}#annotation-${first}`
}

/** Every contradicted claim: exact words, place, who said so and why, and the evidence with its quotes. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  return (
    <ol className="border-t border-line">
      {findings.map((finding) => (
        <li
          key={`${finding.revisionId} ${String(finding.start)} ${finding.annotationIds.join()}`}
          className="grid gap-x-8 gap-y-3 border-b border-line py-5 md:grid-cols-[minmax(0,1fr)_17rem] print:grid-cols-[minmax(0,1fr)_15rem] print:break-inside-avoid"
        >
          <div className="min-w-0 [overflow-wrap:anywhere]">
            <blockquote className="font-serif text-lg [overflow-wrap:anywhere]" dir="auto">
              “<QuotedWords words={finding.exact} script={finding.script} />”
            </blockquote>
            {finding.verdict !== null && <p className="mt-2 font-medium text-ink">{finding.verdict.reason}.</p>}
            {finding.notes.map((note) => (
              <p key={note} className="mt-2 text-ink" dir="auto">
                {note}
              </p>
            ))}
            <p className="mt-2 text-ink-2">
              <a className={quietLink} href={placeOf(finding)} dir="auto">
                {finding.documentTitle}
              </a>
              {finding.publishedOn !== null && `, ${dateInWords(finding.publishedOn)}`}, {finding.place}.{' '}
              {describeReviewers(finding)}
            </p>
          </div>
          <ul className="grid content-start gap-3">
            {groupEvidence(finding.evidence).map((group) => (
              <EvidenceGroup key={`${group[0].referenceId} ${group[0].stance}`} group={group} />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}
