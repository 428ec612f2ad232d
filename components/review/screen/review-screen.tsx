'use client'

import { Suspense, useCallback, useState } from 'react'
import { IconButton } from '@/components/ui/controls/button'
import { OpeningField } from '@/components/ui/controls/opening-field'
import { Icon } from '@/components/ui/icon'
import { useDiscussion } from '@/components/threads/discussion/discussion-context'
import { DiscussionProvider } from '@/components/threads/discussion/discussion-provider'
import { lazyPart } from '@/lib/client/lazy-part'
import type { DocumentContent } from '@/lib/domain/text/model'
import { BesideTheText, MinimapColumn, SheetsOverTheText, ToolbarOfSelection } from './beside-the-text'
import { Dock } from '../dock/dock'
import { ReviewProvider, useController, useReview } from '@/components/annotations/review-context'
import { ReviewText, startsWithTitle, TextHeader } from './review-text'
import { isLocked } from '../session/session-words'
import { TopBar } from './top-bar'
import { useAddress, useFragment } from '../links/use-address'
import { useFind } from '../find/use-find'
import { useCitedHere, type CitedHere } from '../markers/use-cited-here'
import { useReviewController, type ReviewPageData } from './use-review-controller'
import { useMedia, useReaderIsHere, useScreenParts } from './use-screen-parts'
import { useReviewKeys } from '../keys/use-review-keys'
import { useShownVerdicts } from '../verdicts/layer-context'

// Rendered by the server where it is shown, and loaded nowhere else.
const SessionBar = lazyPart(() => import('../session/session-bar').then(({ SessionBar }) => SessionBar))
const PutAside = lazyPart(() => import('../session/session-bar').then(({ PutAside }) => PutAside))
const LiveNews = lazyPart(() => import('./live-news').then(({ LiveNews }) => LiveNews))
const FindBar = lazyPart(() => import('../find/find-bar').then((part) => part.default))
const SubmitDialog = lazyPart(() => import('../session/submit-dialog').then((part) => part.default))
const GuidelinesPanel = lazyPart(() => import('../session/guidelines-panel').then((part) => part.default))
const CitedPanel = lazyPart(() => import('../markers/cited-panel').then((part) => part.default))
const ScopeDialog = lazyPart(() => import('../scope/scope-dialog').then((part) => part.default))

// Most documents have no verdicts.
const VerdictLayerProvider = lazyPart(() =>
  import('../verdicts/layer-provider').then(({ VerdictLayerProvider }) => VerdictLayerProvider),
)
const OutcomeBar = lazyPart(() => import('../verdicts/verdict-bars').then(({ OutcomeBar }) => OutcomeBar))
const VerdictDock = lazyPart(() => import('../verdicts/verdict-bars').then(({ VerdictDock }) => VerdictDock))

/** The review of one revision: the text, the cards beside it, and all actions on them. */
export function ReviewScreen(data: ReviewPageData) {
  const parts = useReviewController(data)
  return (
    <ReviewProvider controller={parts.controller}>
      <DiscussionProvider documentId={data.document.id} memberId={data.me.id} mayWrite={parts.controller.mayAnnotate}>
        {data.verdicts === null ? (
          <Screen data={data} {...parts} />
        ) : (
          <Suspense>
            <VerdictLayerProvider {...data.verdicts} sourceId={data.document.source.id}>
              <Screen data={data} {...parts} />
            </VerdictLayerProvider>
          </Suspense>
        )}
      </DiscussionProvider>
    </ReviewProvider>
  )
}

function Screen({
  data,
  index,
  sentences,
  placeOf,
  pagesOf,
}: { data: ReviewPageData } & Omit<ReturnType<typeof useReviewController>, 'controller'>) {
  const controller = useController()
  const verdicts = useShownVerdicts()
  const comment = useDiscussion()?.comment ?? null
  const isWide = useMedia('(min-width: 60rem)')
  const { parts, holdReader } = useScreenParts(controller, { placeOf, pagesOf })
  const { reader, scroller } = parts
  const { isReaderHere, readerIsHere } = useReaderIsHere()
  const [begunWith] = useState(data.annotations)
  const { overlay, open, close } = useOverlay()
  const guidelines = useGuidelines()
  const find = useFind(index.text, reader)
  const cited = useCitedHere(controller, index, data.revision.content)
  useReviewKeys({ controller, comment, openScope: open.scope, openCited: cited.open })
  useAddress(controller)
  const { notice, closeNotice } = useFragment(controller, sentences)
  const { review } = data
  const maySubmit = review !== null && review.assignment.may.submit && !isLocked(review)
  const onList = (isOpen: boolean) => {
    if (isOpen) open.list()
    else close()
  }
  return (
    <div className="relative flex h-[calc(100dvh-var(--shell-top))] flex-col overflow-hidden print:block print:h-auto print:overflow-visible noscript:block noscript:h-auto">
      <TopBar
        document={data.document}
        live={
          isReaderHere && (
            <Suspense>
              <LiveNews data={data} begunWith={begunWith} />
            </Suspense>
          )
        }
        onScope={open.scope}
        onList={() => {
          onList(overlay !== 'list')
        }}
      />
      <SessionBars data={data} guidelines={guidelines} onSubmit={open.submit} />
      {notice !== null && <Notice words={notice} onClose={closeNotice} />}
      {find.isOpen && (
        <Suspense fallback={<OpeningField onClose={find.close} />}>
          <FindBar find={find} />
        </Suspense>
      )}
      <div className="relative flex min-h-0 flex-1 print:block">
        <MinimapColumn parts={parts} length={index.text.length} found={find.hits} isReaderHere={isReaderHere} />
        <Guidelines review={review} guidelines={guidelines} />
        <div
          ref={scroller}
          data-review-scroller
          className="relative min-w-0 flex-1 scroll-py-12 overflow-y-auto overscroll-contain print:overflow-visible noscript:overflow-visible"
        >
          <div className="min-[60rem]:grid min-[60rem]:min-h-full min-[60rem]:grid-cols-[minmax(0,1fr)_minmax(20rem,23.5rem)] print:block">
            <div className="mx-auto w-full max-w-[44rem] min-w-0 px-4 pt-4 pb-40 sm:px-8 sm:pt-8 min-[60rem]:pt-11">
              <TextHeader {...data} showTitle={!startsWithTitle(data)} />
              {data.putAside > 0 && (
                <Suspense>
                  <PutAside count={data.putAside} sessionName={review?.session.name ?? ''} />
                </Suspense>
              )}
              <ReviewText
                data={data}
                text={index.text}
                parts={parts}
                holdReader={holdReader}
                onReady={readerIsHere}
                find={find}
                cited={cited}
              />
            </div>
            {isWide && <BesideTheText parts={parts} isReaderHere={isReaderHere} />}
          </div>
          {isWide && verdicts === null && <ToolbarOfSelection {...parts} />}
        </div>
        <Cited content={data.revision.content} here={cited} />
        {!isWide && <SheetsOverTheText parts={parts} isListOpen={overlay === 'list'} onList={onList} />}
      </div>
      {verdicts === null ? (
        <Dock comment={comment} onScope={open.scope} onSubmit={maySubmit ? open.submit : null} />
      ) : (
        <Suspense>
          <VerdictDock layer={verdicts} />
        </Suspense>
      )}
      <Announcer />
      <Suspense>
        {overlay === 'submit' && review !== null && <SubmitDialog review={review} onClose={close} />}
        {overlay === 'scope' && <ScopeDialog index={index} content={data.revision.content} onClose={close} />}
      </Suspense>
    </div>
  )
}

/** The entries behind the chosen citation markers. */
function Cited({ content, here: { range, close } }: { content: DocumentContent; here: CitedHere }) {
  if (range === null) return null
  return (
    <Suspense>
      <CitedPanel key={`${String(range.start)}-${String(range.end)}`} content={content} range={range} onClose={close} />
    </Suspense>
  )
}

type Overlay = 'scope' | 'list' | 'submit'

/** The dialogs and panels over the screen: at most one at a time. */
function useOverlay(): { overlay: Overlay | null; open: Record<Overlay, () => void>; close: () => void } {
  const [overlay, setOverlay] = useState<Overlay | null>(null)
  const [{ open, close }] = useState(() => {
    const opens = (which: Overlay | null) => () => {
      setOverlay(which)
    }
    return { open: { scope: opens('scope'), list: opens('list'), submit: opens('submit') }, close: opens(null) }
  })
  return { overlay, open, close }
}

interface GuidelinesState {
  areOpen: boolean
  toggle: () => void
}

function useGuidelines(): GuidelinesState {
  const [areOpen, setOpen] = useState(false)
  const toggle = useCallback(() => {
    setOpen((isOpen) => !isOpen)
  }, [])
  return { areOpen, toggle }
}

/** The review session above the text: the progress of the review, and what was settled. */
function SessionBars({
  data: { review, verdicts, document },
  guidelines,
  onSubmit,
}: {
  data: ReviewPageData
  guidelines: GuidelinesState
  onSubmit: () => void
}) {
  return (
    <Suspense>
      {review !== null && (
        <SessionBar
          review={review}
          now={review.now}
          areGuidelinesOpen={guidelines.areOpen}
          onGuidelines={guidelines.toggle}
          onSubmit={onSubmit}
        />
      )}
      {verdicts !== null && <OutcomeBar outcome={verdicts.outcome} sourceId={document.source.id} />}
    </Suspense>
  )
}

/** The guidelines of the session, beside the text where there is room. */
function Guidelines({ review, guidelines }: { review: ReviewPageData['review']; guidelines: GuidelinesState }) {
  const hasRoomBeside = useMedia('(min-width: 80rem)')
  if (review === null || !guidelines.areOpen) return null
  return (
    <Suspense>
      <GuidelinesPanel
        review={review}
        guidelines={review.guidelines}
        isBeside={hasRoomBeside}
        onClose={guidelines.toggle}
      />
    </Suspense>
  )
}

/** A message about the address that led here. */
export function Notice({ words, onClose }: { words: string; onClose: () => void }) {
  return (
    <div
      role="alert"
      className="flex items-center gap-3 border-b border-line bg-unsourced-soft px-3 py-1.5 text-ink min-[60rem]:px-6"
    >
      <p className="min-w-0 flex-1">{words}</p>
      <IconButton label="Close this message" size="small" icon={<Icon name="close" />} onClick={onClose} />
    </div>
  )
}

/** Announces to screen readers what was done: decisions, undo, why something could not be done, and trouble with saving. */
export function Announcer() {
  const { words, number } = useReview((state) => state.announcement)
  const trouble = useReview(({ review: { save } }) => {
    if (save.waiting?.reason === 'signed-out') return 'Not saved: you are signed out.'
    if (save.waiting?.reason === 'other-member') return 'Not saved: another user is signed in.'
    if (save.waiting !== null) return 'Not saved yet: waiting for the server.'
    return save.blocked > 0 ? 'A change was not saved and needs your decision.' : ''
  })
  return (
    <>
      <div role="status" className="sr-only" data-testid="announcement">
        {/* The same words twice are news only when the text differs. */}
        {words}
        {number % 2 === 1 ? '\u200b' : ''}
      </div>
      <div role="alert" className="sr-only">
        {trouble}
      </div>
    </>
  )
}
