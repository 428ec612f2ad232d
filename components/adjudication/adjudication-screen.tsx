'use client'

import Link from 'next/link'
import { useEffect, useRef, useState } from 'react'
import { useLiveRefresh } from '@/lib/client/live/use-live-refresh'
import { Bar } from '@/components/ui/bar'
import { Button } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { EmptyState } from '@/components/ui/empty-state'
import { Kbd } from '@/components/ui/kbd'
import { Tag } from '@/components/ui/tag'
import { ClaimContext } from './claim-context'
import { ClaimQueue } from './claim-queue'
import { ConfirmDialog } from './confirm-dialog'
import { ConflictView } from './conflict-view'
import { startDraft } from './draft'
import { MergeChoice } from './merge-choice'
import type { AdjudicationData } from './page-data'
import { QueueFilters } from './queue-filters'
import { useAdjudication, type Adjudication } from './use-adjudication'
import { useAdjudicationKeys } from './use-adjudication-keys'
import { VerdictCard } from './verdict-card'
import { VerdictForm } from './verdict-form'
import { agreementNames } from './verdict-words'
import { VoteList } from './vote-list'

const liveTypes = [
  'verdict.decided',
  'verdict.changed',
  'verdict.withdrawn',
  'claim.split',
  'claim.merged',
  'claims.matched',
  'review-session.closed',
  'review-session.reopened',
] as const

/** Settling the claims of a session, one at a time. */
export function AdjudicationScreen({ data }: { data: AdjudicationData }) {
  const adjudication = useAdjudication(data)
  const { queue, claim } = adjudication
  const form = useRef<HTMLFormElement>(null)
  const [isConfirming, setConfirming] = useState(false)
  const [showsGuidelines, setGuidelines] = useState(false)
  const [showsQueue, setQueueShown] = useState(false)
  const maySettle = data.adjudicates && data.session.state === 'adjudication'
  const agreed = queue.counts.unanimous + queue.counts.single
  useLiveRefresh(liveTypes, { sessionId: data.session.id })
  useAdjudicationKeys(adjudication, {
    form,
    openConfirm: () => {
      if (maySettle && agreed > 0) setConfirming(true)
    },
    toggleGuidelines: () => {
      setGuidelines(!showsGuidelines)
    },
  })
  return (
    <div className="mx-auto w-full max-w-[92rem] px-4 pt-6 pb-28 sm:px-8">
      <Head data={data} adjudication={adjudication}>
        {maySettle && agreed > 0 && (
          <Button
            onClick={() => {
              setConfirming(true)
            }}
          >
            Confirm agreed claims ({agreed})
          </Button>
        )}
        <Button
          aria-expanded={showsGuidelines}
          onClick={() => {
            setGuidelines(!showsGuidelines)
          }}
        >
          Guidelines
        </Button>
        <Button
          className="min-[80rem]:hidden"
          aria-expanded={showsQueue}
          onClick={() => {
            setQueueShown(!showsQueue)
          }}
        >
          Queue
        </Button>
      </Head>
      {showsGuidelines && (
        <section
          aria-label="Guidelines"
          dir="auto"
          className="mb-6 max-h-[50dvh] max-w-[46rem] overflow-y-auto rounded-lg border border-line bg-surface p-4"
          // A part that scrolls must be reachable by keyboard.
          tabIndex={0}
        >
          {data.session.guidelines}
        </section>
      )}
      <div className="grid gap-x-8 gap-y-6 min-[60rem]:grid-cols-[minmax(0,1fr)_22rem] min-[80rem]:grid-cols-[17rem_minmax(0,1fr)_22rem]">
        <nav
          aria-label="Queue"
          className={classNames(
            'content-start gap-4 min-[60rem]:col-span-2 min-[80rem]:sticky min-[80rem]:top-4 min-[80rem]:col-span-1 min-[80rem]:grid min-[80rem]:max-h-[calc(100dvh-var(--shell-top)-2rem)] min-[80rem]:self-start min-[80rem]:overflow-y-auto',
            showsQueue ? 'grid' : 'hidden',
          )}
        >
          <QueueFilters data={data} />
          <ClaimQueue
            queue={queue}
            currentId={claim?.id ?? null}
            onGo={(id) => {
              adjudication.go(id)
              setQueueShown(false)
            }}
            onMore={() => void adjudication.loadMore()}
          />
        </nav>
        {claim === null ? (
          <EmptyState
            title={data.counts.claims === 0 ? 'No claims' : 'Nothing here'}
            className="min-[60rem]:col-span-2"
          >
            {data.counts.claims === 0
              ? 'No reviewer marked anything in the documents of this session.'
              : 'No claim fits this filter. Choose another one in the queue.'}
          </EmptyState>
        ) : (
          <ClaimColumns adjudication={adjudication} maySettle={maySettle} form={form} />
        )}
      </div>
      {isConfirming && (
        <ConfirmDialog
          sessionId={data.session.id}
          memberId={data.me.id}
          onConfirmed={(result) => void adjudication.confirmed(result)}
          onClose={() => {
            setConfirming(false)
          }}
        />
      )}
    </div>
  )
}

function Head({
  data,
  adjudication,
  children,
}: {
  data: AdjudicationData
  adjudication: Adjudication
  children: React.ReactNode
}) {
  const { counts } = adjudication.queue
  const { saving } = adjudication
  const saved = { idle: '', saving: 'Saving…', saved: 'All saved', failed: 'Not saved' }[saving.kind]
  return (
    <header className="mb-6 grid gap-2">
      <p className="text-sm text-ink-3">
        <Link href={`/review-sessions/${data.session.id}`} className="hover:text-ink hover:underline">
          {data.session.name}
        </Link>
      </p>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <h1 className="font-serif text-2xl font-semibold tracking-[-0.015em]">Adjudication</h1>
        <div className="flex flex-wrap gap-2">{children}</div>
      </div>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2">
        <span data-progress className="tabular">
          {counts.decided} of {counts.claims} {counts.claims === 1 ? 'claim' : 'claims'} decided
        </span>
        <Bar share={counts.claims === 0 ? 0 : counts.decided / counts.claims} />
        <span role="status" data-save className={saving.kind === 'failed' ? 'font-medium text-danger' : 'text-ink-3'}>
          {saved}
        </span>
      </p>
      {counts.claims > 0 && counts.decided === counts.claims && (
        <p className="text-ink-2">
          {data.session.state === 'closed'
            ? 'The session is closed: these verdicts stand.'
            : 'Every claim is decided. The lead can close the session.'}
        </p>
      )}
    </header>
  )
}

function ClaimColumns({
  adjudication,
  maySettle,
  form,
}: {
  adjudication: Adjudication
  maySettle: boolean
  form: React.RefObject<HTMLFormElement | null>
}) {
  const { claim, draft, queue, conflict, saving } = adjudication
  const heading = useRef<HTMLHeadingElement>(null)
  const id = claim?.id
  const isFirst = useRef(true)
  // The next claim is read from its beginning, by eye and by screen reader; the first one leaves the focus where the page put it.
  useEffect(() => {
    if (!isFirst.current) {
      heading.current?.focus({ preventScroll: true })
      heading.current?.scrollIntoView({ block: 'nearest' })
    }
    isFirst.current = false
  }, [id])
  if (claim === null) return null
  const place = queue.order.indexOf(claim.id) + 1
  const isOpen = claim.verdict === null
  const mayRegroup = maySettle && isOpen
  return (
    <>
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
          </p>
        </header>
        <ClaimContext claim={claim} />
        <VoteList claim={claim} {...(mayRegroup ? { onSplit: (mask) => void adjudication.split(mask) } : {})} />
        {mayRegroup && <MergeChoice key={claim.id} adjudication={adjudication} claim={claim} />}
      </article>
      <div className="min-w-0 self-start min-[60rem]:sticky min-[60rem]:top-4 min-[60rem]:max-h-[calc(100dvh-var(--shell-top)-2rem)] min-[60rem]:overflow-y-auto min-[60rem]:pe-1 min-[60rem]:pb-2">
        {conflict !== null ? (
          <ConflictView conflict={conflict} onKeepTheirs={adjudication.keepTheirs} onKeepMine={adjudication.keepMine} />
        ) : (
          <div className="grid gap-5">
            {claim.verdict !== null && (
              <VerdictCard
                verdict={claim.verdict}
                actions={
                  claim.may.decide && draft === null ? (
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
                      <Button size="small" variant="quiet" onClick={() => void adjudication.goOnFrom(claim.id)}>
                        Next open claim <Kbd>Enter</Kbd>
                      </Button>
                    </>
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
                isSaving={saving.kind === 'saving'}
                holder={form}
                onChange={adjudication.change}
                onDecide={() => void adjudication.decide()}
                onCancel={isOpen ? undefined : adjudication.dropDraft}
              />
            )}
          </div>
        )}
      </div>
    </>
  )
}
