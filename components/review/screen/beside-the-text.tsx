'use client'

import { Suspense, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { TextRange } from '@/components/reader/types'
import { useController, useReview } from '@/components/annotations/review-context'
import { lazyPart } from '@/lib/client/lazy-part'
import { NothingMarked, OpeningCardField } from '@/components/review/cards/placeholders'
import type { MarginCardsProps } from '@/components/review/cards/margin-cards'
import { useShownVerdicts } from '../verdicts/layer-context'
import { PanelHeader } from './panel-header'
import { readerAnnotation, type ScreenParts } from './use-screen-parts'

const loadCards = () => import('../cards/margin-cards').then(({ MarginCards }) => MarginCards)

const Cards = lazyPart(loadCards)

interface MarginProps extends MarginCardsProps {
  /** The cards are loaded after the reader: nobody needs them for reading or for the first mark. */
  isReaderHere: boolean
}

// The margin is the usual layout. The list and the sheets of small screens are loaded after it.
const Minimap = lazyPart(() => import('@/components/reader/minimap').then(({ Minimap }) => Minimap))
const ListPanel = lazyPart(() => import('../list/list-panel').then(({ ListPanel }) => ListPanel))
const Sheets = lazyPart(() => import('../list/list-panel').then(({ Sheets }) => Sheets))
const SelectionToolbar = lazyPart(() =>
  import('../dock/selection-toolbar').then(({ SelectionToolbar }) => SelectionToolbar),
)
// Most documents have no verdicts.
const VerdictHeader = lazyPart(() => import('../verdicts/verdict-panel').then(({ VerdictHeader }) => VerdictHeader))
const VerdictCards = lazyPart(() => import('../verdicts/verdict-panel').then(({ VerdictCards }) => VerdictCards))
const VerdictSheets = lazyPart(() => import('../verdicts/verdict-panel').then(({ VerdictSheets }) => VerdictSheets))

/** The height of the panel's header and the space under it, in pixels. No card is placed higher. */
const cardsTop = 60

/** The column beside the text on wide screens: the cards or their list, or the verdicts, under a header. */
export function BesideTheText({ parts, isReaderHere }: { parts: ScreenParts; isReaderHere: boolean }) {
  const verdicts = useShownVerdicts()
  const layout = useReview((state) => state.view.layout)
  const isList = layout === 'list' && verdicts === null
  return (
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
      {isList ? (
        <Suspense>
          <ListPanel actions={parts.actions} placeOf={parts.placeOf} />
        </Suspense>
      ) : (
        <div className="-mt-12">
          {verdicts === null ? (
            <Margin {...parts} minTop={cardsTop} isReaderHere={isReaderHere} />
          ) : (
            <Suspense>
              <VerdictCards
                layer={verdicts}
                reader={parts.reader}
                scroller={parts.scroller}
                signals={parts.signals}
                minTop={cardsTop}
              />
            </Suspense>
          )}
        </div>
      )}
    </aside>
  )
}

/** The sheets over the text that small screens have in place of the column: one card or the list. */
export function SheetsOverTheText({
  parts,
  isListOpen,
  onList,
}: {
  parts: ScreenParts
  isListOpen: boolean
  onList: (isOpen: boolean) => void
}) {
  const verdicts = useShownVerdicts()
  return (
    <Suspense>
      {verdicts === null ? (
        <Sheets actions={parts.actions} placeOf={parts.placeOf} isListOpen={isListOpen} onList={onList} />
      ) : (
        <VerdictSheets layer={verdicts} isListOpen={isListOpen} onList={onList} />
      )}
    </Suspense>
  )
}

/** The actions beside a selection. Loaded when something is first selected. */
export function ToolbarOfSelection({ reader, scroller, signals, pagesOf }: ScreenParts) {
  const hasSelection = useReview((state) => state.view.selection !== null)
  const [everSelected, setEverSelected] = useState(false)
  if (hasSelection && !everSelected) setEverSelected(true)
  if (!everSelected) return null
  return (
    <Suspense>
      <SelectionToolbar reader={reader} scroller={scroller} signals={signals} pagesOf={pagesOf} />
    </Suspense>
  )
}

/** The margin beside the text: its cards, or how to begin. */
function Margin({ isReaderHere, ...props }: MarginProps) {
  const isEmpty = useReview((_, derived) => derived.visible.length === 0)
  useEffect(() => {
    if (isReaderHere) loadCards().catch(() => undefined)
  }, [isReaderHere])
  const opening = (
    <div style={{ paddingTop: props.minTop }}>
      <OpeningCardField actions={props.actions} />
    </div>
  )
  if (isEmpty) {
    return (
      <div style={{ paddingTop: props.minTop }}>
        <NothingMarked />
      </div>
    )
  }
  if (!isReaderHere) return opening
  return (
    <Suspense fallback={opening}>
      <Cards {...props} />
    </Suspense>
  )
}

/** The minimap of the ratings, connected to the review. */
export function MinimapColumn({
  parts: { reader, signals },
  length,
  found,
  isReaderHere,
}: {
  parts: ScreenParts
  length: number
  /** The results of a search in the document. */
  found: readonly TextRange[]
  /** Until the reader is loaded, only the room is reserved. */
  isReaderHere: boolean
}) {
  const { me } = useController()
  const visible = useReview((_, derived) => derived.visible)
  const annotations = useMemo(() => visible.map((annotation) => readerAnnotation(annotation, me.id)), [visible, me.id])
  const verdicts = useShownVerdicts()
  const screen = useSyncExternalStore(
    signals.subscribe,
    () => signals.getSnapshot().visible,
    () => null,
  )
  return (
    <div className="shrink-0 border-e border-line bg-sunken max-sm:hidden print:hidden">
      <div className="h-full w-[1.625rem]">
        {isReaderHere && (
          <Suspense>
            <Minimap
              annotations={verdicts?.painted ?? annotations}
              length={length}
              found={found}
              visible={screen ?? { start: 0, end: Math.min(length, 1500) }}
              onSeek={(offset) => {
                reader.current?.scrollToOffset(offset)
              }}
            />
          </Suspense>
        )}
      </div>
    </div>
  )
}
