'use client'

import Link from 'next/link'
import type { OutcomeClaim } from '@/lib/domain/claims/schema'
import { quoteInPlainText } from '@/lib/domain/text/quotation'
import { EvidenceList } from '@/components/adjudication/claim/evidence-line'
import { verdictName } from '@/components/adjudication/verdict-words'
import { QuotedWords } from '@/components/text/quoted-words'
import { classNames } from '@/components/ui/class-names'
import { Tag } from '@/components/ui/text/tag'
import { countInWords } from '@/components/ui/text/wording'
import type { VerdictLayer } from './layer-context'
import { claimInWords } from './layer-provider'

const quiet = 'text-sm font-medium text-accent underline underline-offset-2'

/** A claim beside the text: its verdict in a line or two, and when it is open the reason, the evidence, who differs and one's own rating. */
export function VerdictClaimCard({ claim, layer }: { claim: OutcomeClaim; layer: VerdictLayer }) {
  const { id, exact, verdict, place } = claim
  const isOpen = layer.activeId === id
  return (
    <article
      id={`card-${id}`}
      data-rating={verdict?.rating ?? undefined}
      data-open={isOpen || undefined}
      aria-label={claimInWords(claim)}
      className={classNames(
        'relative grid gap-2 rounded-lg border bg-surface px-3.5 py-2.5 text-ink',
        isOpen ? 'border-accent shadow-float' : 'border-line shadow-card hover:border-line-strong',
      )}
    >
      <header className="flex items-center justify-between gap-3">
        {verdict === null ? (
          <Tag>Not settled</Tag>
        ) : (
          <Tag rating={verdict.rating ?? undefined}>{verdictName(verdict.rating)}</Tag>
        )}
        <span className="tabular min-w-0 truncate text-sm text-ink-3">{place}</span>
      </header>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-label={`${isOpen ? 'Close' : 'Open'}: ${quoteInPlainText(exact, claim.script)}`}
        data-card-button={id}
        className={classNames(
          'rounded-sm text-start font-serif text-md leading-snug text-ink-2 italic',
          !isOpen && 'after:absolute after:inset-0 after:rounded-lg',
        )}
        onClick={() => {
          layer.open(isOpen ? null : id)
        }}
      >
        <span dir="auto" className={isOpen ? 'line-clamp-6' : 'line-clamp-1'}>
          <QuotedWords words={exact} script={claim.script} />
        </span>
      </button>
      <OwnRating claim={claim} />
      {isOpen && <Details claim={claim} layer={layer} />}
    </article>
  )
}

function OwnRating({ claim: { own, verdict } }: { claim: OutcomeClaim }) {
  if (own === null) return null
  const compared =
    verdict === null ? '' : own.rating === verdict.rating ? ', like the verdict' : ', other than the verdict'
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-ink-2">
      You: <Tag rating={own.rating}>{verdictName(own.rating)}</Tag>
      <span className="sr-only">{compared}</span>
    </p>
  )
}

function Details({ claim, layer }: { claim: OutcomeClaim; layer: VerdictLayer }) {
  const { verdict, dissent, comments, own } = claim
  const { session } = layer.outcome
  const flags =
    verdict === null
      ? []
      : [verdict.disputed && 'disputed', verdict.partial && 'partial'].filter((flag) => flag !== false)
  return (
    <>
      {verdict === null ? (
        <p className="text-sm text-ink-2">Nobody has settled this claim yet.</p>
      ) : (
        <>
          <p className="text-sm text-ink-2">
            {verdict.reasonSays}
            {flags.length > 0 && `, ${flags.join(', ')}`}
            <span className="text-ink-3"> · {verdict.decider.name}</span>
          </p>
          {verdict.words !== '' && (
            <p dir="auto" className="[overflow-wrap:anywhere] whitespace-pre-wrap">
              {verdict.words}
            </p>
          )}
          <EvidenceList items={verdict.citations} />
          {dissent.length === 0 ? (
            <p className="text-sm text-ink-2">Nobody dissents.</p>
          ) : (
            <ul aria-label="Dissent" className="grid gap-1 text-sm text-ink-2">
              {dissent.map(({ who, mine, rating }) => (
                <li key={who} className="flex flex-wrap items-center gap-2">
                  <span dir="auto">{mine ? 'You' : who}</span> rated it <Tag rating={rating}>{verdictName(rating)}</Tag>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      <p className="flex flex-wrap gap-x-4 gap-y-1">
        <Link href={`/review-sessions/${session.id}/adjudication?claim=${claim.id}`} className={quiet}>
          All ratings and the discussion{comments > 0 && ` (${countInWords(comments, 'comment')})`}
        </Link>
        {own !== null && (
          <a href={`#annotation-${own.annotationId}`} className={quiet}>
            Your mark
          </a>
        )}
      </p>
    </>
  )
}
