import { Link } from '@/components/ui/controls/link'
import { type RefObject, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { lazyPart } from '@/lib/client/lazy-part'
import type { ClaimView, VoteView } from '@/lib/domain/claims/schema'
import { PassageReader } from '@/components/reader/passage-reader'
import { quoteInPlainText } from '@/lib/domain/text/quotation'
import { Select } from '@/components/ui/controls/field'
import type { Adjudication, AdjudicationData } from '../screen/use-adjudication'
import { discussionKey } from '../screen/use-adjudication-keys'
import { ConflictView, VerdictSide } from '../verdict/verdict-side'
import { agreementNames } from '../verdict-words'
import { ratingNames } from '@/lib/domain/annotations/words'
import { classNames } from '@/components/ui/class-names'
import { Tag } from '@/components/ui/text/tag'
import { QuotedWords } from '@/components/text/quoted-words'
import { EvidenceList } from './evidence-line'

/** The most characters of a claim's name in a list. */
const shownLength = 70

const ClaimDiscussion = lazyPart(() =>
  import('@/components/threads/discussion/claim-discussion').then((part) => part.default),
)

/** One claim: its place in the text and the reviewers' ratings, with the verdict beside them. */
export function ClaimColumns({
  data,
  adjudication,
  maySettle,
  form,
  discussion,
}: {
  data: AdjudicationData
  adjudication: Adjudication
  maySettle: boolean
  form: RefObject<HTMLFormElement | null>
  discussion: RefObject<HTMLElement | null>
}) {
  const { claim, queue, conflict } = adjudication
  const heading = useReadFromStart(claim?.id)
  if (claim === null) return null
  const place = queue.order.indexOf(claim.id) + 1
  const isOpen = claim.verdict === null
  const mayRegroup = maySettle && isOpen
  return (
    <div className="grid min-w-0 content-start gap-x-8 gap-y-6 min-[60rem]:grid-cols-[minmax(0,1fr)_22rem] min-[60rem]:grid-rows-[auto_1fr]">
      <article aria-labelledby="claim-title" className="grid min-w-0 content-start gap-6">
        <header className="grid gap-1.5">
          <h2
            id="claim-title"
            ref={heading}
            tabIndex={-1}
            className="scroll-mt-24 text-sm font-semibold text-ink-2 outline-none"
          >
            Claim {place} of {queue.counts.claims}
            <span className="font-normal text-ink-3"> · {agreementNames[claim.agreement]}</span>
          </h2>
          <p className="text-sm text-ink-3">
            <Link
              href={`/documents/${claim.document.id}?revision=${claim.revisionId}`}
              dir="auto"
              className="hover:text-ink hover:underline"
            >
              {claim.document.title}
            </Link>
            , {claim.place}
          </p>
        </header>
        <ClaimContext claim={claim} />
        <VoteList claim={claim} {...(mayRegroup ? { onSplit: (mask) => void adjudication.split(mask) } : {})} />
        {mayRegroup && <MergeChoice key={claim.id} adjudication={adjudication} claim={claim} />}
      </article>
      <div className="min-w-0 self-start min-[60rem]:sticky min-[60rem]:row-span-2 min-[60rem]:top-4 min-[60rem]:max-h-[calc(100dvh-var(--shell-top)-2rem)] min-[60rem]:overflow-y-auto min-[60rem]:pe-1 min-[60rem]:pb-2">
        {conflict !== null ? (
          <ConflictView conflict={conflict} onKeepTheirs={adjudication.keepTheirs} onKeepMine={adjudication.keepMine} />
        ) : (
          <VerdictSide adjudication={adjudication} claim={claim} form={form} />
        )}
      </div>
      <Suspense>
        <ClaimDiscussion
          key={`discussion ${claim.id}`}
          ref={discussion}
          claim={claim}
          memberId={data.me.id}
          mayWrite={data.mayDiscuss}
          members={data.circle}
          audience={
            data.session.state === 'closed'
              ? 'All members of the workspace can read it.'
              : 'Adjudicators and leads can read it, and all members once the session is closed. Until then, reviewers of this document are shown as letters.'
          }
          shortcut={discussionKey.toUpperCase()}
        />
      </Suspense>
    </div>
  )
}

/**
 * Moves to the heading of each next claim, so that it is read from its beginning, by eye and by screen reader. The first claim leaves the focus where
 * the page put it.
 */
function useReadFromStart(id: string | undefined): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null)
  const isFirst = useRef(true)
  useEffect(() => {
    if (!isFirst.current) {
      heading.current?.focus({ preventScroll: true })
      heading.current?.scrollIntoView({ block: 'nearest' })
    }
    isFirst.current = false
  }, [id])
  return heading
}

/** The claim in its text: the surrounding blocks as the document sets them, with the claim's words highlighted. */
function ClaimContext({ claim }: { claim: ClaimView }) {
  const { content, start } = claim.context
  const lit = useMemo(() => [{ start: claim.start - start, end: claim.end - start }], [claim.start, claim.end, start])
  return (
    <div className="max-w-[42rem] text-ink-2">
      <PassageReader content={content} label="The claim in its text" lit={lit} />
    </div>
  )
}

function nameOf({ exact, script }: ClaimView): string {
  return quoteInPlainText(exact.length > shownLength ? `${exact.slice(0, shownLength)}…` : exact, script)
}

/** The control that merges another open claim of the same document into this one. */
function MergeChoice({ adjudication, claim }: { adjudication: Adjudication; claim: ClaimView }) {
  const others = adjudication.queue.order.flatMap((id) => {
    const other = adjudication.queue.claims.get(id)
    return other === undefined ||
      other.id === claim.id ||
      other.verdict !== null ||
      other.revisionId !== claim.revisionId
      ? []
      : [other]
  })
  // The nearest claim in the text is the likeliest.
  const nearest = others.toSorted((p, q) => Math.abs(p.start - claim.start) - Math.abs(q.start - claim.start))
  const [chosen, setChosen] = useState<string | null>(null)
  const other = nearest.find(({ id }) => id === chosen) ?? nearest[0]
  if (other === undefined) return null
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer font-medium text-ink-2 hover:text-ink">Merge with another claim</summary>
      <div className="mt-2 flex flex-wrap items-end gap-2">
        <Select
          label="The other claim"
          options={nearest.map((each) => ({ value: each.id, label: nameOf(each) }))}
          value={other.id}
          fieldClassName="min-w-0 max-w-full basis-80"
          onChange={(event) => {
            setChosen(event.currentTarget.value)
          }}
        />
        <Button onClick={() => void adjudication.merge(claim, other)}>Merge</Button>
      </div>
    </details>
  )
}

function flagsOf({ disputed, partial, late, mine }: VoteView): string[] {
  return [
    ...(disputed ? ['disputed'] : []),
    ...(partial ? ['partial'] : []),
    ...(late ? ['changed after submitting'] : []),
    ...(mine ? ['yours'] : []),
  ]
}

/** The reviewers' ratings of a claim, masked as A, B, C in an order of the claim's own. Reviewers are named once the session is closed. */
function VoteList({ claim, onSplit }: { claim: ClaimView; onSplit?: ((mask: string) => void) | undefined }) {
  const { votes, reviewers, verdict } = claim
  const silent = reviewers - votes.length
  return (
    <section aria-label="Ratings" className="grid gap-3">
      <h2 className="text-sm font-semibold text-ink-2">
        {votes.length} of {reviewers} {reviewers === 1 ? 'reviewer' : 'reviewers'} rated it
      </h2>
      {votes.map((vote) => {
        const flags = flagsOf(vote)
        const dissents = verdict !== null && vote.rating !== verdict.rating
        return (
          <article
            key={vote.mask}
            data-rating={vote.rating}
            aria-label={`${vote.author?.name ?? `Reviewer ${vote.mask}`}: ${ratingNames[vote.rating]}`}
            className={classNames(
              'grid gap-2.5 rounded-lg border bg-surface p-3.5 shadow-card',
              dissents ? 'border-line-strong' : 'border-line',
            )}
          >
            <header className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
              <span
                aria-hidden="true"
                className="grid size-6 shrink-0 place-items-center rounded-full border border-line-strong bg-sunken text-xs font-semibold text-ink-2"
              >
                {vote.mask}
              </span>
              <Tag rating={vote.rating}>{ratingNames[vote.rating]}</Tag>
              {vote.author !== null && <span className="text-sm text-ink-2">{vote.author.name}</span>}
              {flags.length > 0 && <span className="text-xs font-medium text-ink-2">{flags.join(', ')}</span>}
              {dissents && <Tag>Dissents</Tag>}
              {onSplit !== undefined && votes.length > 1 && (
                <Button
                  size="small"
                  variant="quiet"
                  className="ms-auto"
                  aria-label={`Split off rating ${vote.mask}`}
                  onClick={() => {
                    onSplit(vote.mask)
                  }}
                >
                  Split off
                </Button>
              )}
            </header>
            {vote.exact !== claim.exact && (
              <p dir="auto" className="font-serif text-ink-2 italic">
                <span className="font-sans text-xs text-ink-3 not-italic">Marked: </span>
                <QuotedWords words={vote.exact} script={vote.script} />
              </p>
            )}
            {vote.note !== '' && (
              <p dir="auto" className="[overflow-wrap:anywhere] whitespace-pre-wrap">
                {vote.note}
              </p>
            )}
            <EvidenceList items={vote.citations} />
            {vote.missing !== null && (
              <p className="text-sm text-ink-3">
                No {vote.missing === 'supporting-citation' ? 'supporting' : 'contradicting'} citation.
              </p>
            )}
          </article>
        )
      })}
      {silent > 0 && (
        <p className="text-sm text-ink-2">
          {silent} {silent === 1 ? 'reviewer' : 'reviewers'} did not mark these words.
        </p>
      )}
      {claim.match.length > 0 && (
        <details className="text-sm text-ink-2">
          <summary className="w-fit cursor-pointer font-medium text-ink-2 hover:text-ink">
            How these were matched
          </summary>
          <ul className="mt-1.5 grid list-disc gap-1 ps-5">
            {claim.match.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </details>
      )}
      {claim.origin !== 'matched' && (
        <p className="text-sm text-ink-3">
          {claim.origin === 'split'
            ? 'An adjudicator split this claim from another.'
            : 'An adjudicator merged this claim from two.'}
        </p>
      )}
    </section>
  )
}
