'use client'

import {
  createRef,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type RefObject,
} from 'react'
import type { CardActions } from '@/components/annotations/card/card-actions'
import { useController, useReview } from '@/components/annotations/review-context'
import type { ReaderAnnotation, TextReaderHandle, TextRange } from '@/components/reader/types'
import type { AnnotationView } from '@/lib/domain/annotations/schema'
import { scopeNames } from '@/lib/domain/text/scope'
import type { ReviewController } from '@/lib/client/annotations/controller'
import { newId } from '@/lib/client/new-id'
import { focusCard } from '../cards/card-focus'
import type { PagesOf } from '@/lib/domain/text/pages'
import { copyLink } from '../links/use-address'

/** The state of the reader's layout, for parts that follow it without rendering the whole screen again. */
interface LayoutSnapshot {
  /** Rises whenever positions may have changed. */
  version: number
  /** Rises whenever the view has moved by about half a screen. */
  view: number
  /** The visible part of the text; null before the first layout. */
  visible: TextRange | null
}

/** An external store of the reader's layout. */
export class LayoutSignals {
  #snapshot: LayoutSnapshot = { version: 0, view: 0, visible: null }
  #lastScreen: TextRange | null = null
  readonly #listeners = new Set<() => void>()

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  readonly getSnapshot = (): LayoutSnapshot => this.#snapshot

  readonly layoutMoved = (): void => {
    this.#publish({ ...this.#snapshot, version: this.#snapshot.version + 1 })
  }

  readonly viewMoved = (visible: TextRange): void => {
    const last = this.#lastScreen
    const far =
      last === null ||
      Math.abs(visible.start - last.start) > (last.end - last.start) / 2 ||
      Math.abs(visible.end - last.end) > (last.end - last.start) / 2
    if (far) this.#lastScreen = visible
    this.#publish({ ...this.#snapshot, visible, view: this.#snapshot.view + (far ? 1 : 0) })
  }

  #publish(snapshot: LayoutSnapshot): void {
    this.#snapshot = snapshot
    for (const listener of this.#listeners) listener()
  }
}

/** The parts shared by the text and everything around it. */
export interface ScreenParts {
  reader: RefObject<TextReaderHandle | null>
  /** The element that scrolls the text and the cards beside it. */
  scroller: RefObject<HTMLDivElement | null>
  /** The store of the reader's layout. */
  signals: LayoutSignals
  actions: CardActions
  /** The place of a range or mark, such as "sentence 4". */
  placeOf: (range: Readonly<{ start: number; end: number; id?: string }>) => string
  /** The pages of a range; null in a document without pages. */
  pagesOf: PagesOf
}

/** Makes the parts of one screen, the same objects as long as it is mounted, and the reader's `ref`, which passes its handle to the controller. */
export function useScreenParts(
  controller: ReviewController,
  { placeOf, pagesOf }: Pick<ScreenParts, 'placeOf' | 'pagesOf'>,
): { parts: ScreenParts; holdReader: (handle: TextReaderHandle | null) => void } {
  const [lasting] = useState(() => ({
    reader: createRef<TextReaderHandle>(),
    scroller: createRef<HTMLDivElement>(),
    signals: new LayoutSignals(),
    actions: makeCardActions(controller),
  }))
  const holdReader = useCallback(
    (handle: TextReaderHandle | null) => {
      lasting.reader.current = handle
      controller.setReader(handle)
      // The handle is replaced once the reader can answer where things are.
      if (handle !== null) lasting.signals.layoutMoved()
    },
    [controller, lasting],
  )
  const parts = useMemo(() => ({ ...lasting, placeOf, pagesOf }), [lasting, placeOf, pagesOf])
  return { parts, holdReader }
}

/** Loads the parts that make the text markable, in a task of their own: nobody needs them for reading or for the first mark. */
export function useReaderIsHere(): { isReaderHere: boolean; readerIsHere: () => void } {
  const [isReaderHere, setReaderHere] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const readerIsHere = useCallback(() => {
    timer.current = setTimeout(() => {
      // Preloads the cards, so that the first one opens at once. If that fails, they are loaded when they are shown.
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

/** Whether a media query holds; true while the server renders. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query)
      list.addEventListener('change', listener)
      return () => {
        list.removeEventListener('change', listener)
      }
    },
    [query],
  )
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(query).matches,
    () => true,
  )
}

/** The actions of cards, carried out by the controller. */
function makeCardActions(controller: ReviewController): CardActions {
  return {
    open: (id) => {
      controller.open(id)
    },
    rate: (id, rating) => {
      controller.rateOne(id, rating)
    },
    edit: (id, changes, how) => {
      controller.edit(id, changes, how)
    },
    startEditing: (id, editing) => {
      controller.open(id, editing)
    },
    startMoving: (id, selects) => {
      controller.startMoving(id, selects)
    },
    keepSelection: (id) => {
      controller.moveToSelection(id)
    },
    remove: (id) => {
      controller.remove(id)
      controller.focusText()
    },
    keepMine: (id) => {
      controller.store.keepMine(id)
    },
    discardMine: (id) => {
      controller.store.discardMine(id)
    },
    choose: (id, changes) => {
      controller.store.choose(id, changes)
    },
    bringBack: (id) => {
      controller.store.bringBack(id)
    },
    copyLink: () => {
      void copyLink(controller)
    },
    backToCard: focusCard,
    newId: () => newId(),
  }
}

/** What the reader paints: own and others' marks, folded parts, own decisions. Each is the same object as long as nothing in it has changed. */
export function usePainted(text: string) {
  const me = useController().me.id
  const visible = useReview((_, derived) => derived.visible)
  const outOfScope = useReview((_, derived) => derived.outOfScope)
  const decisions = useReview((state) => state.review.data.decisions)
  const annotations = useMemo(() => visible.map((annotation) => readerAnnotation(annotation, me)), [visible, me])
  const folded = useMemo(
    () =>
      outOfScope.map(({ start, end, reason }) => ({
        start,
        end,
        reason,
        label: `${scopeNames[reason]}: ${excerpt(text.slice(start, Math.min(end, start + 200)))}`,
      })),
    [outOfScope, text],
  )
  const decided = useMemo(
    () => [...decisions.values()].filter(({ author }) => author.id === me).sort((a, b) => a.start - b.start),
    [decisions, me],
  )
  return { annotations, folded, decided }
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim()
  return line.length > 70 ? `${line.slice(0, 70).replace(/\s?\S*$/u, '')}…` : line
}

const readerAnnotations = new WeakMap<AnnotationView, ReaderAnnotation>()

/** The part of an annotation that the reader needs: the same object as long as the annotation is the same, so that the reader sees what changed. */
export function readerAnnotation(annotation: AnnotationView, me: string): ReaderAnnotation {
  const known = readerAnnotations.get(annotation)
  if (known !== undefined) return known
  const { id, start, end, rating, missing, author } = annotation
  const made = { id, start, end, rating, missing, authorId: author.id, own: author.id === me }
  readerAnnotations.set(annotation, made)
  return made
}
