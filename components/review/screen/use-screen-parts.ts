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
import type { TextReaderHandle, TextRange } from '@/components/reader/types'
import type { ReviewController } from '@/lib/client/annotations/controller'
import { newId } from '@/lib/client/new-id'
import { focusCard } from '../cards/card-focus'
import type { PagesOf } from '@/lib/domain/text/pages'
import { copyLink } from '../links/use-address'

/** What the reader tells of its layout, for the parts that follow it without rendering the whole screen again. */
interface LayoutSnapshot {
  /** Rises whenever positions may have changed. */
  version: number
  /** Rises whenever the view has moved by about half a screen. */
  view: number
  /** The part of the text on the screen; null before the first look. */
  visible: TextRange | null
}

/** A tiny external store of the reader's layout. */
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

/** What the text and all that stands around it share. */
export interface ScreenParts {
  reader: RefObject<TextReaderHandle | null>
  /** What scrolls the text and the cards beside it. */
  scroller: RefObject<HTMLDivElement | null>
  /** What the reader tells of its layout. */
  signals: LayoutSignals
  actions: CardActions
  /** Where a part of the text or a mark stands, such as "sentence 4". */
  placeOf: (range: Readonly<{ start: number; end: number; id?: string }>) => string
  /** On which pages a part of the text stands; null in a document without pages. */
  pagesOf: PagesOf
}

/** The parts of one screen, the same objects as long as it stands; and the reader's `ref`, which tells the controller of it. */
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
      // The handle is new once the reader can answer where things are.
      if (handle !== null) lasting.signals.layoutMoved()
    },
    [controller, lasting],
  )
  const parts = useMemo(() => ({ ...lasting, placeOf, pagesOf }), [lasting, placeOf, pagesOf])
  return { parts, holdReader }
}

/** Whether the text can be marked, and what says so: what nobody needs for reading and for the first mark comes after it, in a task of its own. */
export function useReaderIsHere(): { isReaderHere: boolean; readerIsHere: () => void } {
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

/** What cards ask for, carried out by the controller. */
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
