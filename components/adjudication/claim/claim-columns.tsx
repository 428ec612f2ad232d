import { Link } from '@/components/ui/controls/link'
import { type RefObject, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { Kbd } from '@/components/ui/text/kbd'
import { Tag } from '@/components/ui/text/tag'
import { lazyPart } from '@/lib/client/lazy-part'
import type { ClaimView } from '@/lib/domain/claims/schema'
import { PassageReader } from '@/components/reader/passage-reader'
import { quoteInPlainText } from '@/lib/domain/text/quotation'
import { Select } from '@/components/ui/controls/field'
import { startDraft } from '../verdict/draft'
import type { Adjudication, AdjudicationData } from '../screen/use-adjudication'
import { discussionKey } from '../screen/use-adjudication-keys'
import { VerdictCard } from '../verdict/verdict-card'
import { VerdictForm, ConflictView } from '../verdict/verdict-form'
import { agreementNames } from '../verdict-words'
import { VoteList } from './vote-list'

/** How many characters of a claim its name in a list has. */
const shownLength = 70

const ClaimDiscussion = lazyPart(() =>
  import('@/components/threads/discussion/claim-discussion').then((part) => part.default),
)

/** One claim: where it stands and what was said of it, and beside it the verdict. */
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
              : 'Adjudicators and leads can read it, and all members once the session is closed. Reviewers of this document go by letters until then.'
          }
          shortcut={discussionKey.toUpperCase()}
        />
      </Suspense>
    </div>
  )
}

/** The verdict on a claim as it stands or is being made, or why the current member cannot settle it. */
function VerdictSide({
  adjudication,
  claim,
  form,
}: {
  adjudication: Adjudication
  claim: ClaimView
  form: RefObject<HTMLFormElement | null>
}) {
  const { draft, saving } = adjudication
  const isOpen = claim.verdict === null
  return (
    <div className="grid gap-5">
      {claim.verdict !== null && (
        <VerdictCard
          verdict={claim.verdict}
          actions={
            claim.may.decide && draft === null ? (
              <VerdictActions adjudication={adjudication} claim={claim} />
            ) : undefined
          }
        />
      )}
      {claim.may.reason !== null && isOpen && (
        <p className="rounded-md border border-line bg-sunken p-3 text-ink-2">
          <Tag>Not yours to settle</Tag> <span className="mt-1.5 block">{claim.may.reason}</span>
        </p>
      )}
      {draft !== null && claim.may.decide && (
        <VerdictForm
          key={claim.id}
          claim={claim}
          draft={draft}
          problem={adjudication.problem}
          place={adjudication.placeOf(claim)}
          isReady={adjudication.isReady}
          isSaving={saving.kind === 'saving'}
          holder={form}
          onChange={adjudication.change}
          onDecide={() => void adjudication.decide()}
          isFirst={isOpen}
          onDrop={adjudication.dropDraft}
        />
      )}
    </div>
  )
}

/** What can be done with a verdict that stands. */
function VerdictActions({ adjudication, claim }: { adjudication: Adjudication; claim: ClaimView }) {
  const { counts } = adjudication.queue
  return (
    <>
      <Button
        size="small"
        onClick={() => {
          adjudication.change(startDraft(claim))
        }}
      >
        Change
      </Button>
      <Button size="small" variant="quiet" onClick={() => void adjudication.takeBack(claim)}>
        Withdraw
      </Button>
      {counts.decided < counts.claims && (
        <Button size="small" variant="quiet" onClick={() => void adjudication.goOnFrom(claim.id)}>
          Next open claim <Kbd>Enter</Kbd>
        </Button>
      )}
    </>
  )
}

/**
 * Leads to the heading of each next claim, so that it is read from its beginning, by eye and by screen reader; the first one leaves the focus where
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

/** The claim where it stands: the blocks around it as the document sets them, its words lit. */
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

/** Merging another open claim of the same document into this one. */
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
  // The claim that stands nearest in the text is the likeliest.
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
