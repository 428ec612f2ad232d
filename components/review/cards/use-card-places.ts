'use client'

import { useCallback, useLayoutEffect, useRef, useState, useSyncExternalStore, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import type { TextRange, TextReaderHandle } from '@/components/reader/types'
import { placeCards, type CardBox, type PlacedCard } from './card-layout'
import type { LayoutSignals } from '../screen/use-screen-parts'

const gap = 4
/** The greatest distance of a row from its words: enough to leave room beside an open card, and always less than a screen. */
const reach = { least: 320, tall: 720, beyondOpen: 60, screens: 0.7 }
/** The distance from the top of an open card to the middle of its first line. */
const openMiddle = 25
/** The height of one line of text, for passages of several lines. */
const lineHeight = 26
/** Up to this number all cards are placed together, so that they move less. Beyond it only those near the view are placed. */
const placedTogether = 250

interface Places {
  cards: readonly PlacedCard[]
  /** The lower edge of the lowest card, in pixels. */
  bottom: number
}

const nowhere: Places = { cards: [], bottom: 0 }

interface Card extends TextRange {
  id: string
}

/** The input of the layout, beside the reader's own layout. */
interface Given<T extends Card> {
  annotations: readonly T[]
  /** Guesses the height of a card that was never shown, in pixels. Must be the same function at each render. */
  guessHeight: (annotation: T) => number
  /** The height of every closed card, in pixels, where they are rows of one line. Without it, closed cards are measured, too. */
  rowHeight?: number
  activeId: string | null
  reader: RefObject<TextReaderHandle | null>
  scroller: RefObject<HTMLElement | null>
  signals: LayoutSignals
  minTop: number
}

type Measure = (id: string) => (element: HTMLElement | null) => void

/**
 * Places the margin cards near the view. Positions are read from the reader after layout and before painting, so no card is painted in a wrong place.
 * `measure` is the ref of each card's element.
 */
export function useCardPlaces<T extends Card>(given: Given<T>): { places: Places; measure: Measure } {
  const { annotations, guessHeight, rowHeight, activeId, reader, scroller, signals, minTop } = given
  const version = useSyncExternalStore(
    signals.subscribe,
    () => signals.getSnapshot().version,
    () => 0,
  )
  const view = useSyncExternalStore(
    signals.subscribe,
    () => signals.getSnapshot().view,
    () => 0,
  )
  const heights = useRef(new Map<string, number>())
  const { heightsVersion, measure } = useCardHeights(heights, activeId, rowHeight)
  const [places, setPlaces] = useState<Places>(nowhere)
  const lines = useRef({ version: -1, middles: new Map<string, number | null>() })

  useLayoutEffect(() => {
    const handle = reader.current
    const frame = scroller.current
    if (handle === null || frame === null) return
    if (lines.current.version !== version) lines.current = { version, middles: new Map() }
    const { middles } = lines.current
    const cards: CardBox[] = []
    for (const annotation of nearTheView(annotations, activeId, signals.getSnapshot().visible)) {
      const key = `${String(annotation.start)} ${String(annotation.end)}`
      let middle = middles.get(key)
      if (middle === undefined) middles.set(key, (middle = middleOfFirstLine(handle.extentOf(annotation))))
      if (middle === null) continue
      const isRow = rowHeight !== undefined && annotation.id !== activeId
      cards.push({
        id: annotation.id,
        anchor: middle - (isRow ? rowHeight / 2 : openMiddle),
        height: isRow ? rowHeight : (heights.current.get(annotation.id) ?? guessHeight(annotation)),
      })
    }
    const open = cards.find(({ id }) => id === activeId)?.height ?? 0
    const placed = placeCards({
      cards,
      openId: activeId,
      gap,
      reach: Math.max(
        rowHeight === undefined ? reach.tall : reach.least,
        Math.min(open + reach.beyondOpen, frame.clientHeight * reach.screens),
      ),
      minTop,
    })
    const from = frame.scrollTop - frame.clientHeight * 0.8
    const to = frame.scrollTop + frame.clientHeight * 1.8
    const last = placed.at(-1)
    const next = {
      cards: placed.filter(({ id, top }) => id === activeId || (top > from && top < to)),
      bottom: last === undefined ? 0 : last.top + (heights.current.get(last.id) ?? rowHeight ?? 120),
    }
    setPlaces((before) => (isSame(before, next) ? before : next))
  }, [annotations, guessHeight, rowHeight, activeId, version, view, heightsVersion, reader, scroller, signals, minTop])

  return { places, measure }
}

/**
 * Keeps the heights of cards in `heights`, by id, in pixels. `heightsVersion` rises whenever one changes. Where closed cards are rows, only the open
 * card is measured.
 */
function useCardHeights(
  heights: RefObject<Map<string, number>>,
  activeId: string | null,
  rowHeight: number | undefined,
): { heightsVersion: number; measure: Measure } {
  const [heightsVersion, setHeightsVersion] = useState(0)
  const elements = useRef(new Map<string, HTMLElement>())
  const observer = useRef<ResizeObserver | null>(null)
  const openId = useRef(activeId)
  useLayoutEffect(() => {
    openId.current = activeId
  }, [activeId])

  const readHeights = useCallback(() => {
    let differs = false
    for (const [id, element] of elements.current) {
      const height = element.offsetHeight
      if (height === 0 || heights.current.get(id) === height) continue
      if (rowHeight !== undefined && id !== openId.current) continue
      heights.current.set(id, height)
      differs = true
    }
    if (!differs) return
    // The observer is called before painting. Placing the cards at once keeps any from being painted in a wrong place.
    flushSync(() => {
      setHeightsVersion((before) => before + 1)
    })
  }, [heights, rowHeight])

  const [measures] = useState(() => new Map<string, (element: HTMLElement | null) => void>())
  const measure: Measure = useCallback(
    (id) => {
      const known = measures.get(id)
      if (known !== undefined) return known
      const made = (element: HTMLElement | null) => {
        const before = elements.current.get(id)
        if (before !== undefined) observer.current?.unobserve(before)
        if (element === null) {
          elements.current.delete(id)
          return
        }
        elements.current.set(id, element)
        observer.current ??= new ResizeObserver(readHeights)
        observer.current.observe(element)
      }
      measures.set(id, made)
      return made
    },
    [measures, readHeights],
  )
  return { heightsVersion, measure }
}

/** The annotations whose cards are placed together: all when there are few, otherwise those around the view and the open one. */
function nearTheView<T extends Card>(
  annotations: readonly T[],
  activeId: string | null,
  visible: TextRange | null,
): readonly T[] {
  if (annotations.length <= placedTogether) return annotations
  const span = visible === null ? 4000 : Math.max(1500, visible.end - visible.start)
  const from = (visible?.start ?? 0) - span
  const to = (visible?.end ?? 0) + span
  return annotations.filter(({ id, start }) => id === activeId || (start > from && start < to))
}

function middleOfFirstLine(extent: { top: number; bottom: number } | null): number | null {
  return extent === null ? null : extent.top + Math.min(extent.bottom - extent.top, lineHeight) / 2
}

/** Guesses the height of an open card that was never shown, so that its first place is about right. */
export function guessHeight({ exact, note, citations, missing }: AnnotationView): number {
  const lines = (text: string, most: number) => (text === '' ? 0 : Math.min(most, Math.ceil(text.length / 42)))
  return (
    210 +
    lines(exact, 6) * 21 +
    (note === '' ? 0 : 10 + lines(note, 12) * 21) +
    citations.length * 54 +
    (missing === null ? 0 : 30)
  )
}

function isSame(one: Places, other: Places): boolean {
  return (
    one.bottom === other.bottom &&
    one.cards.length === other.cards.length &&
    one.cards.every((card, index) => {
      const twin = other.cards[index]
      return card.id === twin?.id && card.top === twin.top && card.crowdedOut.join() === twin.crowdedOut.join()
    })
  )
}
