'use client'

import { useCallback, useEffect, useEffectEvent, useState } from 'react'
import type { ReviewController } from '@/lib/client/annotations/controller'
import { filtersFromQuery, filtersToQuery, isFiltering, noFilters } from '@/lib/client/annotations/filters'
import { sentenceOfNumber, makeNumbersOf, placeInWords, type SentenceNumbers } from '@/lib/domain/text/sentence-numbers'
import type { SentenceSpan } from '@/lib/domain/text/sentences'
import { copyWords } from '@/lib/client/copy-words'
import type { Span } from '@/lib/client/annotations/commands'

/** The pause before the address is updated, in ms, so that walking through many cards writes it once. */
const pause = 400

/** Keeps the open card and the filters in the address, so that reloads, bookmarks and going back restore them. */
export function useAddress(controller: ReviewController): void {
  useEffect(() => {
    const kept = filtersFromQuery(new URLSearchParams(window.location.search))
    if (isFiltering(kept)) controller.setFilters(kept)
    let timer: ReturnType<typeof setTimeout> | undefined
    let { activeId, filters } = controller.getState().view
    const follow = () => {
      timer = undefined
      const { view } = controller.getState()
      const address = new URL(window.location.href)
      for (const [name, value] of Object.entries(filtersToQuery(view.filters))) {
        if (value === null) address.searchParams.delete(name)
        else address.searchParams.set(name, value)
      }
      // A card hidden by the filters would not be shown after a reload.
      const isShown = controller.derived().visible.some(({ id }) => id === view.activeId)
      if (view.activeId !== null && isShown) address.hash = `#annotation-${view.activeId}`
      else if (address.hash.startsWith('#annotation-')) address.hash = ''
      if (address.href !== window.location.href) window.history.replaceState(null, '', address)
    }
    const stop = controller.subscribe(() => {
      const { view } = controller.getState()
      if (view.activeId === activeId && view.filters === filters) return
      ;({ activeId, filters } = view)
      clearTimeout(timer)
      timer = setTimeout(follow, pause)
    })
    // Writing the address while a link is being followed would cancel the navigation.
    const leave = (event: MouseEvent) => {
      if (timer === undefined || !(event.target instanceof Element) || event.target.closest('a[href]') === null) return
      clearTimeout(timer)
      follow()
    }
    document.addEventListener('click', leave, { capture: true })
    return () => {
      stop()
      clearTimeout(timer)
      document.removeEventListener('click', leave, { capture: true })
    }
  }, [controller])
}

/**
 * Follows the fragment of the address when the page opens and whenever the fragment changes. It does not follow it again when the page's data is
 * refreshed: that would close an open card and lose what is written in it.
 * @returns `notice` says why the place was not found, or is null; `closeNotice` dismisses it
 */
export function useFragment(
  controller: ReviewController,
  sentences: readonly SentenceSpan[],
): { notice: string | null; closeNotice: () => void } {
  const [notice, setNotice] = useState<string | null>(null)
  const follow = useEffectEvent((fragment: string) => {
    setNotice(followFragment(fragment, controller, sentences))
  })
  useEffect(() => {
    const { hash } = window.location
    // Waits until the reader has first measured its layout.
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
  const closeNotice = useCallback(() => {
    setNotice(null)
  }, [])
  return { notice, closeNotice }
}

/**
 * Follows `#annotation-<id>`, `#sentence-<n>` and `#passage-<start>-<end>`; the words of a passage are selected. Ignores other fragments.
 * @returns why the place could not be found, in words, or null
 */
function followFragment(
  fragment: string,
  controller: ReviewController,
  sentences: readonly SentenceSpan[],
): string | null {
  const annotationId = /^#annotation-(.+)$/.exec(fragment)?.[1]
  if (annotationId !== undefined) {
    const annotation = controller.annotation(annotationId)
    if (annotation === null)
      return 'The annotation of this link is not here. It was deleted, or it belongs to another revision of the text.'
    if (!controller.derived().visible.includes(annotation)) controller.setFilters(noFilters)
    controller.open(annotation.id)
    controller.show(annotation)
    return null
  }
  const number = /^#sentence-(\d+)$/.exec(fragment)?.[1]
  if (number === undefined) {
    if (!fragment.startsWith('#passage-')) return null
    const passage = passageOfFragment(fragment, controller.text.text.length)
    if (passage === null)
      return 'The words of this link are not in this text. It may have been made for another revision.'
    controller.show(passage)
    controller.selectWords(passage)
    return null
  }
  const sentence = sentenceOfNumber(sentences, Number(number))
  if (sentence === null)
    return `There is no sentence ${number} in this text. It has ${String(sentences.filter(({ kind }) => kind === 'sentence').length)}.`
  const index = controller.derived().checkable.findIndex(({ start }) => start === sentence.start)
  if (index >= 0) controller.goToSentence(index)
  controller.show(sentence)
  return null
}

/** Copies the address of the current place, and shows that it was copied. */
export async function copyLink(controller: ReviewController): Promise<void> {
  const { selection, sentence } = controller.getState().view
  const { revisionId, sentences } = controller.text
  const link = linkToPlace({ selection, active: controller.active(), sentence, numbersOf: makeNumbersOf(sentences) })
  if (link === null) {
    controller.answer('Nothing to link to yet. Go to a sentence, open an annotation, or select words.')
    return
  }
  const address = new URL(window.location.href)
  const asked = address.searchParams.get('revision')
  address.search = ''
  // Offsets of selected words hold for one revision only. An older revision is only found when the address names it.
  const revision = asked ?? (link.fragment.startsWith('#passage-') ? revisionId : null)
  if (revision !== null) address.searchParams.set('revision', revision)
  address.hash = link.fragment
  controller.answer(
    (await copyWords(address.href))
      ? `Copied the link to ${link.words}.`
      : `The link to ${link.words}: ${address.href}`,
  )
}

/** A link to a place in a document: the fragment of the address, and the place in words. */
interface PlaceLink {
  fragment: string
  words: string
}

/**
 * The link to the current place: the selected words, else the open annotation, else the current sentence; null when there is none of them. Selected
 * words are `#passage-<start>-<end>` (UTF-16 code units), which hold for one revision only.
 */
export function linkToPlace(given: {
  selection: Span | null
  active: (Span & { id: string }) | null
  sentence: Span | null
  numbersOf: (range: Span) => SentenceNumbers | 'heading' | null
}): PlaceLink | null {
  const { selection, active, sentence, numbersOf } = given
  const place = (range: Span) => placeInWords(numbersOf(range))
  if (selection !== null)
    return {
      fragment: `#passage-${String(selection.start)}-${String(selection.end)}`,
      words: `the selected words in ${place(selection)}`,
    }
  if (active !== null) return { fragment: `#annotation-${active.id}`, words: `the annotation of ${place(active)}` }
  if (sentence === null) return null
  const numbers = numbersOf(sentence)
  if (numbers === null || numbers === 'heading')
    return { fragment: `#passage-${String(sentence.start)}-${String(sentence.end)}`, words: place(sentence) }
  return { fragment: `#sentence-${String(numbers.first)}`, words: place(sentence) }
}

/** The range of a `#passage-` fragment inside a text of this length; null when it is not such a fragment or lies outside. */
export function passageOfFragment(fragment: string, length: number): Span | null {
  const [, from, to] = /^#passage-(\d{1,9})-(\d{1,9})$/.exec(fragment) ?? []
  if (from === undefined || to === undefined) return null
  const range = { start: Number(from), end: Number(to) }
  return range.start < range.end && range.end <= length ? range : null
}
