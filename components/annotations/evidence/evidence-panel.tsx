'use client'

import { useMemo, useRef, useState, useSyncExternalStore, useLayoutEffect, type RefObject } from 'react'
import type { Rating, Stance } from '@/lib/domain/annotations/rating'
import type { AnnotationView, CitationView } from '@/lib/domain/annotations/schema'
import {
  againWish,
  endCiteAgain,
  subscribeToAgain,
  recentReferences,
  rememberReference,
} from '@/lib/client/annotations/cite-again'
import { useReview } from '../review-context'
import { AttachEvidence } from './attach-evidence'
import { CitationList } from './citation-list'

/** The space around a card, the height of the bar above the cards, and the least height of the scrolling part, in pixels. */
const margin = 12

const bar = 48

const leastHeight = 200

/** The most likely stance of a reference, by the rating of the words. */
export const usualStance: Record<Rating, Stance> = {
  sourced: 'supports',
  contradicted: 'contradicts',
  unsourced: 'mentions',
  not_checkable: 'mentions',
}

export interface EvidencePanelProps {
  annotation: AnnotationView
  isChecking: boolean
  onSave: (citations: CitationView[], label: string) => void
  onClose: () => void
}

/** The references of an annotation, and one field to add another. Default export because it is loaded on first use. */
export default function EvidencePanel({ annotation, isChecking, onSave, onClose }: EvidencePanelProps) {
  const { id, author, citations, rating } = annotation
  const [edited, setEdited] = useState<CitationView | null>(null)
  const panel = useRef<HTMLElement>(null)
  useCardInView(panel)
  const annotations = useReview((state) => state.review.data.annotations)
  const recent = useMemo(() => recentReferences(author.id, annotations.values()), [author.id, annotations])
  const wish = useSyncExternalStore(subscribeToAgain, againWish, () => null)
  const isAgain = wish?.annotationId === id
  const close = () => {
    endCiteAgain()
    onClose()
  }
  const save = (citation: CitationView) => {
    const isKnown = citations.some((each) => each.id === citation.id)
    rememberReference(author.id, citation.reference)
    onSave(
      isKnown ? citations.map((each) => (each.id === citation.id ? citation : each)) : [...citations, citation],
      isKnown ? 'Changed a reference' : 'Added a reference',
    )
    close()
  }
  return (
    <section
      ref={panel}
      aria-label="Evidence"
      data-own-escape
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3 overflow-y-auto overscroll-contain border-t border-line pt-3 pb-1"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
        event.stopPropagation()
        close()
      }}
    >
      <CitationList
        citations={edited === null ? citations : citations.filter((each) => each.id !== edited.id)}
        isChecking={isChecking}
        onEdit={setEdited}
        onRemove={(citation) => {
          onSave(
            citations.filter((each) => each.id !== citation.id),
            'Removed a reference',
          )
        }}
      />
      {edited === null ? (
        <AttachEvidence
          key={isAgain ? wish.number : 'new'}
          draftKey={id}
          stance={usualStance[rating]}
          reference={isAgain ? recent[0] : undefined}
          recent={recent}
          onAttach={save}
          onClose={close}
        />
      ) : (
        <AttachEvidence
          key={edited.id}
          draftKey={`${id} ${edited.id}`}
          stance={edited.stance}
          citation={edited}
          recent={recent}
          onAttach={save}
          onClose={close}
        />
      )}
    </section>
  )
}

/**
 * Keeps the panel of a card in view while it grows, without scrolling the text. Beside the text, the card moves up by as much as it sticks out below,
 * and a panel taller than the view scrolls inside. In a sheet over the text, the sheet scrolls. Only a change of size or focus moves anything; the
 * person's own scroll position is kept.
 */
function useCardInView(panel: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const section = panel.current
    const card = section?.closest('article') ?? null
    const scroller = card === null ? null : scrollerOf(card)
    if (section === null || card === null || scroller === null) return
    const isBesideText = [...scroller.querySelectorAll('.reader-text')].some((text) => !card.contains(text))
    const row = isBesideText ? card.closest('li') : null
    const place = () => {
      if (isBesideText) moveUp({ section, card, view: scroller.getBoundingClientRect() })
      showFocused(section, isBesideText ? section : scroller)
    }
    place()
    if (row !== null) row.style.zIndex = '5'
    const sizes = new ResizeObserver(place)
    const watch = () => {
      for (const child of section.children) sizes.observe(child)
    }
    watch()
    const changes = new MutationObserver(watch)
    changes.observe(section, { childList: true })
    section.addEventListener('focusin', place)
    return () => {
      sizes.disconnect()
      changes.disconnect()
      section.removeEventListener('focusin', place)
      card.style.translate = ''
      if (row !== null) row.style.zIndex = ''
    }
  }, [panel])
}

function moveUp({ section, card, view }: { section: HTMLElement; card: HTMLElement; view: DOMRect }): void {
  const bottom = Math.min(view.bottom, window.innerHeight)
  const scrolled = section.scrollTop
  section.style.maxHeight = ''
  card.style.translate = ''
  const rest = card.offsetHeight - section.offsetHeight
  section.style.maxHeight = `${String(Math.max(leastHeight, bottom - view.top - bar - rest - 2 * margin))}px`
  section.scrollTop = scrolled
  const box = card.getBoundingClientRect()
  const shift = Math.min(box.bottom - (bottom - margin), box.top - (view.top + bar + margin))
  if (shift > 0) card.style.translate = `0 ${String(-Math.ceil(shift))}px`
}

/** Scrolls `frame`, and nothing around it, until the focused field of the section is visible. */
function showFocused(section: HTMLElement, frame: Element): void {
  const focused = document.activeElement
  if (focused === null || focused === section || !section.contains(focused)) return
  const view = frame.getBoundingClientRect()
  // When the text scrolls in a box of its own, the box has to be visible.
  const box = scrollerOf(focused)
  const isBoxed = box !== null && box !== section && section.contains(box)
  const field = (isBoxed ? box : focused).getBoundingClientRect()
  // Includes the label above it.
  const above = field.top - 28 - view.top
  const below = field.bottom + margin - view.bottom
  if (above < 0) frame.scrollTop += above
  else if (below > 0) frame.scrollTop += Math.min(below, above)
}

function scrollerOf(element: Element): Element | null {
  for (let parent = element.parentElement; parent !== null; parent = parent.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(parent).overflowY)) return parent
  }
  return null
}
