'use client'

import { useRef, useState, type ReactNode } from 'react'
import { Link } from '@/components/ui/controls/link'
import { useLiveRefresh } from '@/lib/client/live/use-live-refresh'
import { Button, LinkButton } from '@/components/ui/controls/button'
import { classNames } from '@/components/ui/class-names'
import { EmptyState } from '@/components/ui/layout/list-parts'
import { Bar } from '@/components/ui/layout/progress'
import { TransitionDialog } from '@/components/review-sessions/run/transition-dialog'
import { showToast } from '@/components/ui/overlays/toast-store'
import { callApi } from '@/lib/client/api/call'
import type { SessionView } from '@/lib/domain/review-sessions/schema'
import { ClaimColumns } from '../claim/claim-columns'
import { ClaimQueue, QueueFilters } from '../queue/claim-queue'
import { ConfirmDialog } from '../queue/confirm-dialog'
import { useAdjudication, type Adjudication, type AdjudicationData } from './use-adjudication'
import { useAdjudicationKeys } from './use-adjudication-keys'

const liveTypes = [
  'verdict.decided',
  'verdict.changed',
  'verdict.withdrawn',
  'claim.split',
  'claim.merged',
  'claims.matched',
  'review-session.closed',
  'review-session.reopened',
  'comment.created',
  'comment.deleted',
] as const

/** The screen on which the claims of a session are settled, one at a time. */
export function AdjudicationScreen({ data }: { data: AdjudicationData }) {
  const adjudication = useAdjudication(data)
  const { queue, claim } = adjudication
  const form = useRef<HTMLFormElement>(null)
  const discussion = useRef<HTMLElement>(null)
  const [isConfirming, setConfirming] = useState(false)
  const [showsGuidelines, setGuidelines] = useState(false)
  const [showsQueue, setQueueShown] = useState(false)
  const maySettle = data.adjudicates && data.session.state === 'adjudication'
  const hasClaims = queue.counts.claims > 0
  const { unanimous, single } = queue.counts
  const canConfirm = maySettle && unanimous + single > 0
  useLiveRefresh(liveTypes, { sessionId: data.session.id })
  useAdjudicationKeys(adjudication, {
    form,
    discussion,
    openConfirm: () => {
      if (canConfirm) setConfirming(true)
    },
    toggleGuidelines: () => {
      setGuidelines(!showsGuidelines)
    },
  })
  return (
    <div className="mx-auto w-full max-w-[92rem] px-4 pt-6 pb-28 sm:px-8">
      <AdjudicationHead data={data} adjudication={adjudication}>
        {canConfirm && (
          <Button
            onClick={() => {
              setConfirming(true)
            }}
          >
            Confirm agreed claims ({unanimous})
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
        {hasClaims && (
          <Button
            className="min-[80rem]:hidden"
            aria-expanded={showsQueue}
            onClick={() => {
              setQueueShown(!showsQueue)
            }}
          >
            Queue
          </Button>
        )}
      </AdjudicationHead>
      {showsGuidelines && <Guidelines>{data.session.guidelines}</Guidelines>}
      <div className={classNames('grid gap-x-8 gap-y-6', hasClaims && 'min-[80rem]:grid-cols-[17rem_minmax(0,1fr)]')}>
        {hasClaims && (
          <QueueColumn
            data={data}
            adjudication={adjudication}
            isShown={showsQueue}
            onGone={() => {
              setQueueShown(false)
            }}
          />
        )}
        {claim === null ? (
          <NoClaim data={data} />
        ) : (
          <ClaimColumns
            data={data}
            adjudication={adjudication}
            maySettle={maySettle}
            form={form}
            discussion={discussion}
          />
        )}
      </div>
      {isConfirming && (
        <ConfirmDialog
          sessionId={data.session.id}
          memberId={data.me.id}
          single={single}
          onConfirmed={(result) => void adjudication.confirmed(result)}
          onClose={() => {
            setConfirming(false)
          }}
        />
      )}
    </div>
  )
}

function Guidelines({ children }: { children: ReactNode }) {
  return (
    <section
      aria-label="Guidelines"
      dir="auto"
      className="mb-6 max-h-[50dvh] max-w-[46rem] overflow-y-auto rounded-lg border border-line bg-surface p-4"
      // A part that scrolls must be reachable by keyboard.
      tabIndex={0}
    >
      {children}
    </section>
  )
}

/** The queue with its filters: beside the claim or, on small screens, above it on request. */
function QueueColumn({
  data,
  adjudication,
  isShown,
  onGone,
}: {
  data: AdjudicationData
  adjudication: Adjudication
  isShown: boolean
  /** Called when a claim of the queue is chosen. */
  onGone: () => void
}) {
  const { queue, claim } = adjudication
  return (
    <nav
      aria-label="Queue"
      className={classNames(
        'content-start gap-4 min-[80rem]:sticky min-[80rem]:top-4 min-[80rem]:grid min-[80rem]:max-h-[calc(100dvh-var(--shell-top)-2rem)] min-[80rem]:self-start min-[80rem]:overflow-y-auto',
        isShown ? 'grid' : 'hidden',
      )}
    >
      <QueueFilters data={data} />
      <ClaimQueue
        queue={queue}
        currentId={claim?.id ?? null}
        comments={data.comments}
        isBegun={(each) => data.session.state !== 'closed' && adjudication.placeOf(each) !== null}
        onGo={(id) => {
          adjudication.go(id)
          onGone()
        }}
        onMore={() => void adjudication.loadMore()}
      />
    </nav>
  )
}

/** Shown in place of a claim: says why there is none, and what can be done. */
function NoClaim({ data }: { data: AdjudicationData }) {
  const { counts, filter, session } = data
  const path = `/review-sessions/${session.id}`
  const isFiltered = Object.keys(filter).length > 0
  const [title, words] =
    counts.claims === 0
      ? ['No claims', 'No reviewer marked anything in the documents of this session.']
      : filter.state === 'open' && counts.decided === counts.claims
        ? ['All decided', 'No claim of this session is open.']
        : ['Nothing here', 'No claim fits this filter.']
  return (
    <EmptyState
      title={title}
      className="content-start"
      actions={
        <>
          {isFiltered && <LinkButton href={`${path}/adjudication`}>Show all claims</LinkButton>}
          <LinkButton href={path}>To the session</LinkButton>
        </>
      }
    >
      {words}
    </EmptyState>
  )
}

function decidedWords({ session, leads }: AdjudicationData): string {
  if (session.state === 'closed') return 'The session is closed. These are its verdicts.'
  return leads ? 'Every claim is decided.' : 'Every claim is decided. The lead can close the session.'
}

/** The head of the screen: the session, the progress, and the actions on all claims. */
function AdjudicationHead({
  data,
  adjudication,
  children,
}: {
  data: AdjudicationData
  adjudication: Adjudication
  children: ReactNode
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
        {counts.claims > 0 && (
          <>
            <span data-progress className="tabular">
              {counts.decided} of {counts.claims} {counts.claims === 1 ? 'claim' : 'claims'} decided
            </span>
            <Bar share={counts.decided / counts.claims} />
          </>
        )}
        <span role="status" data-save className={saving.kind === 'failed' ? 'font-medium text-danger' : 'text-ink-3'}>
          {saved}
        </span>
      </p>
      {counts.claims > 0 && counts.decided === counts.claims && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-ink-2">
          <p>{decidedWords(data)}</p>
          {data.session.state === 'adjudication' && data.leads && <CloseSession sessionId={data.session.id} />}
          {data.session.state === 'closed' && (
            <LinkButton href={`/review-sessions/${data.session.id}`}>What was settled</LinkButton>
          )}
        </div>
      )}
    </header>
  )
}

/** Closes the session from its adjudication, for leads. The blockers are read when the button is pressed, because verdicts come in all the time. */
function CloseSession({ sessionId }: { sessionId: string }) {
  const [session, setSession] = useState<SessionView | null>(null)
  const [busy, setBusy] = useState(false)
  const ask = async () => {
    setBusy(true)
    const answer = await callApi<SessionView>({ method: 'GET', path: `/api/v1/review-sessions/${sessionId}` })
    setBusy(false)
    if (answer.ok) setSession(answer.value)
    else showToast(answer.message, { tone: 'problem' })
  }
  return (
    <>
      <Button variant="primary" busy={busy} onClick={() => void ask()}>
        Close the session …
      </Button>
      {session !== null && (
        <TransitionDialog
          session={session}
          name="close"
          onClose={() => {
            setSession(null)
          }}
        />
      )}
    </>
  )
}
