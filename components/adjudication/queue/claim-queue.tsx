'use client'

import { useEffect, useRef, useTransition } from 'react'
import { usePathname, useRouter } from 'next/navigation'
import type { ClaimView } from '@/lib/domain/claims/schema'
import { Button } from '@/components/ui/controls/button'
import { classNames } from '@/components/ui/class-names'
import { countInWords } from '@/components/ui/text/wording'
import { QuotedWords } from '@/components/text/quoted-words'
import { type ClaimEnd, describeEnds } from '@/lib/domain/documents/review-state'
import { strip, stripSize, tickProps, TickShape } from '@/components/claims/tick-shape'
import { ratings } from '@/lib/domain/annotations/rating'
import { ratingNames } from '@/lib/domain/annotations/words'
import { Select } from '@/components/ui/controls/field'
import type { AdjudicationData, AdjudicationFilter } from '@/components/adjudication/screen/use-adjudication'
import type { Queue } from './queue-state'
import { agreementNames, verdictName } from '../verdict-words'

const states = [
  { value: '', label: 'All claims' },
  { value: 'open', label: 'Open' },
  { value: 'decided', label: 'Decided' },
]

const agreements = [
  { value: '', label: 'Agreement' },
  ...(['disagreement', 'unmarked', 'unanimous', 'single'] as const).map((value) => ({
    value,
    label: agreementNames[value],
  })),
]

const ratingChoices = [
  { value: '', label: 'Rating' },
  ...ratings.map((value) => ({ value, label: ratingNames[value] })),
]

function QueueItem({
  claim,
  isCurrent,
  isBegun,
  comments,
  onGo,
}: {
  claim: ClaimView
  isCurrent: boolean
  isBegun: boolean
  comments: number
  onGo: (id: string) => void
}) {
  const item = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isCurrent) item.current?.scrollIntoView({ block: 'nearest' })
  }, [isCurrent])
  const { verdict } = claim
  const notes = [
    ...(verdict === null
      ? [agreementNames[claim.agreement]]
      : verdict.dissent > 0
        ? [`${String(verdict.dissent)} dissent`]
        : []),
    ...(claim.may.reason !== null && verdict === null ? ['you cannot settle it'] : []),
    ...(isBegun ? ['draft'] : []),
    ...(comments > 0 ? [countInWords(comments, 'comment')] : []),
  ]
  return (
    <li>
      <button
        ref={item}
        type="button"
        aria-current={isCurrent ? 'true' : undefined}
        className={classNames(
          'grid w-full gap-1 rounded-md border px-2.5 py-2 text-start',
          isCurrent ? 'border-line-strong bg-surface shadow-card' : 'border-transparent hover:bg-hover',
        )}
        onClick={() => {
          onGo(claim.id)
        }}
      >
        <span dir="auto" className="line-clamp-2 font-serif text-ink">
          <QuotedWords words={claim.exact} script={claim.script} />
        </span>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-3">
          {verdict === null ? (
            <ClaimTicks ends={claim.votes.map(({ rating }) => rating)} label="Ratings" />
          ) : (
            <>
              <ClaimTicks ends={[verdict.rating ?? 'no_claim']} />
              <span className="font-semibold text-ink-2">{verdictName(verdict.rating)}</span>
            </>
          )}
          <span>{notes.join(' · ')}</span>
        </span>
      </button>
    </li>
  )
}

/** The claims in their order, under the titles of their documents. */
export function ClaimQueue({
  queue,
  currentId,
  comments,
  isBegun,
  onGo,
  onMore,
}: {
  queue: Queue
  currentId: string | null
  /** The number of comments on each claim, by its id. */
  comments: Readonly<Record<string, number>>
  /** Whether a draft of a verdict exists. */
  isBegun: (claim: ClaimView) => boolean
  onGo: (id: string) => void
  onMore: () => void
}) {
  const groups: { document: ClaimView['document']; claims: ClaimView[] }[] = []
  for (const id of queue.order) {
    const claim = queue.claims.get(id)
    if (claim === undefined) continue
    const last = groups.at(-1)
    if (last?.document.id === claim.document.id) last.claims.push(claim)
    else groups.push({ document: claim.document, claims: [claim] })
  }
  return (
    <div className="grid gap-4">
      {groups.map(({ document, claims }) => (
        <section key={`${document.id} ${claims[0]?.id ?? ''}`} aria-label={document.title}>
          <h2 dir="auto" className="mb-1 line-clamp-2 px-2.5 text-xs font-semibold text-ink-3">
            {document.title}
          </h2>
          <ul className="grid gap-0.5">
            {claims.map((claim) => (
              <QueueItem
                key={claim.id}
                claim={claim}
                isCurrent={claim.id === currentId}
                isBegun={isBegun(claim)}
                comments={comments[claim.id] ?? 0}
                onGo={onGo}
              />
            ))}
          </ul>
        </section>
      ))}
      {queue.order.length === 0 && <p className="px-2.5 text-sm text-ink-2">No claim fits this filter.</p>}
      {queue.next !== null && (
        <Button size="small" className="mx-2.5 w-fit" onClick={onMore}>
          Show more
        </Button>
      )}
    </div>
  )
}

/**
 * A strip with one tick for each claim, in the order of the text. Shape and colour show the claim's outcome. Beside words that say the same, the
 * strip is decoration; alone it needs `label`, to which the counts are added. A long strip ends with the number of claims left out.
 */
function ClaimTicks({ ends, label }: { ends: readonly ClaimEnd[]; label?: string | undefined }) {
  if (ends.length === 0) return null
  const shown = ends.slice(0, strip.mostShown)
  const left = ends.length - shown.length
  const named =
    label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': `${label}: ${describeEnds(ends)}` }
  return (
    <span className="inline-flex max-w-full items-end gap-1.5">
      <svg
        {...named}
        {...stripSize(shown.length)}
        data-claim-ticks={ends.length}
        className="h-auto max-w-full shrink"
        fill="none"
        stroke="currentColor"
      >
        {shown.map((end, place) => (
          <g key={place} {...tickProps(end, { place, count: shown.length })}>
            <TickShape end={end} />
          </g>
        ))}
      </svg>
      {left > 0 && <span className="text-xs text-ink-3">and {left} more</span>}
    </span>
  )
}

/** The filters of the queue. They are part of the address, so that links keep them. */
export function QueueFilters({ data }: { data: AdjudicationData }) {
  const router = useRouter()
  const path = usePathname()
  const [isPending, start] = useTransition()
  const { filter, documents } = data
  const follow = (change: AdjudicationFilter) => {
    const entries = Object.entries({ ...filter, ...change }).filter(([, value]) => value !== '')
    const query = new URLSearchParams(entries).toString()
    start(() => {
      router.replace(query === '' ? path : `${path}?${query}`, { scroll: false })
    })
  }
  const choose = (
    name: keyof AdjudicationFilter,
    label: string,
    options: readonly { value: string; label: string }[],
  ) => (
    <Select
      label={label}
      hideLabel
      options={options}
      value={filter[name] ?? ''}
      onChange={(event) => {
        follow({ [name]: event.currentTarget.value })
      }}
    />
  )
  return (
    <div role="group" aria-label="Filter" aria-busy={isPending} className="grid grid-cols-2 gap-2">
      {choose('state', 'State', states)}
      {choose('agreement', 'Agreement', agreements)}
      {choose('rating', 'Rating', ratingChoices)}
      {choose('document', 'Document', [
        { value: '', label: 'Document' },
        ...documents.map(({ id, title }) => ({ value: id, label: title })),
      ])}
    </div>
  )
}
