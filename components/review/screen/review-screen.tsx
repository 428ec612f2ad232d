'use client'

import { useRouter } from 'next/navigation'
import { Suspense, useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { TextReaderHandle } from '@/components/reader/types'
import { OpeningField } from '@/components/ui/controls/opening-field'
import { useDiscussion } from '@/components/threads/discussion/discussion-context'
import { DiscussionProvider } from '@/components/threads/discussion/discussion-provider'
import { lazyPart } from '@/lib/client/lazy-part'
import { Announcer, MinimapColumn, Notice } from './around-the-text'
import { Dock } from '../dock/dock'
import { LayoutSignals } from '../cards/layout-signals'
import { Margin } from '../cards/margin'
import { PanelHeader } from './panel-header'
import { makeCardActions } from '../cards/make-card-actions'
import { ReviewProvider, useController, useReview } from '@/components/annotations/review-context'
import type { ReviewPageData } from './review-data'
import { partUnderHand, ReviewText, startsWithTitle } from './review-text'
import { isLocked } from '../session/session-words'
import { TextHeader } from './text-header'
import { TopBar } from './top-bar'
import { useAddress, followFragment } from '../links/use-address'
import { useFind } from '../find/use-find'
import { useMedia } from './use-media'
import { useReviewController } from './use-review-controller'
import { useReviewKeys } from '../keys/use-review-keys'
import { useShownVerdicts } from '../verdicts/layer-context'

// Written by the server where it is shown, and not loaded elsewhere.
const SessionBar = lazyPart(() => import('../session/session-bar').then(({ SessionBar }) => SessionBar))
const PutAside = lazyPart(() => import('./put-aside').then((part) => part.default))
const LiveNews = lazyPart(() => import('./live-news').then(({ LiveNews }) => LiveNews))
const FindBar = lazyPart(() => import('../find/find-bar').then((part) => part.default))
const SubmitDialog = lazyPart(() => import('../session/submit-dialog').then((part) => part.default))
const GuidelinesPanel = lazyPart(() => import('../session/guidelines-panel').then((part) => part.default))
const SelectionToolbar = lazyPart(() =>
  import('../dock/selection-toolbar').then(({ SelectionToolbar }) => SelectionToolbar),
)
const ScopeDialog = lazyPart(() => import('../scope/scope-dialog').then((part) => part.default))
// The margin is what most people read beside; the list and the sheets of small screens come when they are there.
const ListPanel = lazyPart(() => import('../list/list-panel').then(({ ListPanel }) => ListPanel))
const Sheets = lazyPart(() => import('../list/list-panel').then(({ Sheets }) => Sheets))

// Most documents have no verdicts.
const VerdictLayerProvider = lazyPart(() =>
  import('../verdicts/layer-provider').then(({ VerdictLayerProvider }) => VerdictLayerProvider),
)
const OutcomeBar = lazyPart(() => import('../verdicts/outcome-bar').then(({ OutcomeBar }) => OutcomeBar))
const VerdictHeader = lazyPart(() => import('../verdicts/verdict-panel').then(({ VerdictHeader }) => VerdictHeader))
const VerdictCards = lazyPart(() => import('../verdicts/verdict-panel').then(({ VerdictCards }) => VerdictCards))
const VerdictSheets = lazyPart(() => import('../verdicts/verdict-panel').then(({ VerdictSheets }) => VerdictSheets))
const VerdictDock = lazyPart(() => import('../verdicts/verdict-dock').then(({ VerdictDock }) => VerdictDock))

/** Height of the panel's header and the space under it, in pixels: no card stands higher. */
const cardsTop = 60

/** The review of one revision: the text, the cards beside it, and everything that can be done with them. */
export function ReviewScreen(data: ReviewPageData) {
  const parts = useReviewController(data)
  return (
    <ReviewProvider controller={parts.controller}>
      <DiscussionProvider documentId={data.document.id} memberId={data.me.id} mayWrite={parts.controller.mayAnnotate}>
        {data.verdicts === null ? (
          <Screen data={data} {...parts} />
        ) : (
          <Suspense>
            <VerdictLayerProvider {...data.verdicts}>
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
}: { data: ReviewPageData } & Omit<ReturnType<typeof useReviewController>, 'controller'>) {
  const controller = useController()
  const router = useRouter()
  const reader = useRef<TextReaderHandle>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const [signals] = useState(() => new LayoutSignals())
  const [overlay, setOverlay] = useState<'scope' | 'list' | 'submit' | null>(null)
  const [areGuidelinesOpen, setGuidelinesOpen] = useState(false)
  const [notice, setNotice] = useState<string | null>(null)
  const isWide = useMedia('(min-width: 60rem)')
  const hasRoomBeside = useMedia('(min-width: 80rem)')
  const layout = useReview((state) => state.view.layout)
  const hasSelection = useReview((state) => state.view.selection !== null)
  const [everSelected, setEverSelected] = useState(false)
  if (hasSelection && !everSelected) setEverSelected(true)
  const actions = useMemo(() => makeCardActions(controller), [controller])
  const openScope = useCallback(() => {
    setOverlay('scope')
  }, [])
  const openSubmit = useCallback(() => {
    setOverlay('submit')
  }, [])
  const toggleGuidelines = useCallback(() => {
    setGuidelinesOpen((isOpen) => !isOpen)
  }, [])
  const { review } = data
  const maySubmit = review !== null && review.assignment.may.submit && !isLocked(review)
  const comment = useDiscussion()?.comment ?? null
  useReviewKeys({ controller, comment, openScope })
  const find = useFind(index.text, reader)
  const verdicts = useShownVerdicts()
  useAddress(controller)

  const { isReaderHere, readerIsHere } = useReaderIsHere()
  const [begunWith] = useState(data.annotations)
  const holdReader = useCallback(
    (handle: TextReaderHandle | null) => {
      reader.current = handle
      controller.setReader(handle)
      // The handle is new once the reader can answer where things are.
      if (handle !== null) signals.layoutMoved()
    },
    [controller, signals],
  )

  // Once, and when the address changes: a page that asks for its data again must not open the card anew and close what is written in it.
  const follow = useEffectEvent((fragment: string) => {
    setNotice(followFragment(fragment, controller, sentences))
  })
  useEffect(() => {
    const { hash } = window.location
    // After the reader has taken its first look at the layout.
    const frame = requestAnimationFrame(() => {
      follow(hash)
    })
    const listen = () => {
      follow(window.location.hash)
    }
    window.addEventListener('hashchange', listen)
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('hashchange', listen)
    }
  }, [])

  const isList = isWide && layout === 'list' && verdicts === null
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
        onScope={openScope}
        onList={() => {
          setOverlay(overlay === 'list' ? null : 'list')
        }}
      />
      {review !== null && (
        <Suspense>
          <SessionBar
            review={review}
            now={review.now}
            areGuidelinesOpen={areGuidelinesOpen}
            onGuidelines={toggleGuidelines}
            onSubmit={openSubmit}
          />
        </Suspense>
      )}
      {data.verdicts !== null && (
        <Suspense>
          <OutcomeBar outcome={data.verdicts.outcome} sourceId={data.document.source.id} />
        </Suspense>
      )}
      {notice !== null && (
        <Notice
          words={notice}
          onClose={() => {
            setNotice(null)
          }}
        />
      )}
      {find.isOpen && (
        <Suspense fallback={<OpeningField onClose={find.close} />}>
          <FindBar find={find} />
        </Suspense>
      )}
      <div className="relative flex min-h-0 flex-1 print:block">
        <MinimapColumn
          reader={reader}
          signals={signals}
          length={index.text.length}
          found={find.hits}
          isReaderHere={isReaderHere}
        />
        {review !== null && areGuidelinesOpen && (
          <Suspense>
            <GuidelinesPanel
              review={review}
              guidelines={review.guidelines}
              isBeside={hasRoomBeside}
              onClose={toggleGuidelines}
            />
          </Suspense>
        )}
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
                  <PutAside count={data.putAside} sessionName={data.review?.session.name ?? ''} />
                </Suspense>
              )}
              <ReviewText {...{ data, holdReader, signals, placeOf, find }} text={index.text} onReady={readerIsHere} />
            </div>
            {isWide && (
              <aside
                aria-label={verdicts === null ? 'Annotations' : 'Verdicts'}
                className={`min-w-0 border-s border-line px-4 max-[60rem]:hidden print:hidden ${isList ? 'sticky top-0 flex h-[calc(100dvh-var(--shell-top)-6.2rem)] flex-col' : ''}`}
              >
                <div className="sticky top-0 z-10 -mx-4 bg-paper px-4">
                  {verdicts === null ? (
                    <PanelHeader canSwitchLayout />
                  ) : (
                    <Suspense>
                      <VerdictHeader layer={verdicts} />
                    </Suspense>
                  )}
                </div>
                {verdicts !== null ? (
                  <div className="-mt-12">
                    <Suspense>
                      <VerdictCards layer={verdicts} {...{ reader, scroller, signals }} minTop={cardsTop} />
                    </Suspense>
                  </div>
                ) : isList ? (
                  <Suspense>
                    <ListPanel actions={actions} placeOf={placeOf} />
                  </Suspense>
                ) : (
                  <div className="-mt-12">
                    <Margin {...{ reader, scroller, signals, actions, placeOf, isReaderHere }} minTop={cardsTop} />
                  </div>
                )}
              </aside>
            )}
          </div>
          {isWide && everSelected && verdicts === null && (
            <Suspense>
              <SelectionToolbar reader={reader} scroller={scroller} signals={signals} />
            </Suspense>
          )}
        </div>
        {!isWide && verdicts !== null && (
          <Suspense>
            <VerdictSheets
              layer={verdicts}
              isListOpen={overlay === 'list'}
              onList={(isOpen) => {
                setOverlay(isOpen ? 'list' : null)
              }}
            />
          </Suspense>
        )}
        {!isWide && verdicts === null && (
          <Suspense>
            <Sheets
              actions={actions}
              placeOf={placeOf}
              isListOpen={overlay === 'list'}
              onList={(isOpen) => {
                setOverlay(isOpen ? 'list' : null)
              }}
            />
          </Suspense>
        )}
      </div>
      {verdicts === null ? (
        <Dock comment={comment} onScope={openScope} onSubmit={maySubmit ? openSubmit : null} />
      ) : (
        <Suspense>
          <VerdictDock layer={verdicts} />
        </Suspense>
      )}
      <Announcer />
      {overlay === 'submit' && review !== null && (
        <Suspense>
          <SubmitDialog
            review={review}
            onClose={() => {
              setOverlay(null)
            }}
            onSubmitted={() => {
              setOverlay(null)
              router.refresh()
            }}
          />
        </Suspense>
      )}
      {overlay === 'scope' && (
        <Suspense>
          <ScopeDialog
            text={index.text}
            part={partUnderHand(controller, index)}
            onClose={() => {
              setOverlay(null)
            }}
            onShow={(range) => {
              controller.show(range)
            }}
          />
        </Suspense>
      )}
    </div>
  )
}

/** Whether the text can be marked, and what says so: what nobody needs for reading and for the first mark comes after it, in a task of its own. */
function useReaderIsHere() {
  const [isReaderHere, setReaderHere] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const readerIsHere = useCallback(() => {
    timer.current = setTimeout(() => {
      // The first card opens at once; what cannot be had now is asked for again when it is shown.
      import('@/components/annotations/card/open-card').catch(() => undefined)
      import('../find/find-bar').catch(() => undefined)
      setReaderHere(true)
    })
  }, [])
  useEffect(
    () => () => {
      clearTimeout(timer.current)
    },
    [],
  )
  return { isReaderHere, readerIsHere }
}
