'use client'

import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { useController } from '@/components/annotations/review-context'
import { joinRanges, overlap, type TextRange } from '@/lib/domain/ranges/text-range'
import type { ThreadView, Passage } from '@/lib/domain/threads/schema'
import type { DiscussionTarget } from './discussion-context'

/** An open discussion of words of the shown text, in UTF-16 code units, half-open. */
interface OpenPassage extends TextRange {
  threadId: string
}

/** The passage of a thread, when it is one of this revision; otherwise null. */
export function passageIn({ about }: ThreadView, revisionId: string): Passage | null {
  return about.kind === 'passage' && about.passage?.revisionId === revisionId ? about.passage : null
}

/** The passages of a revision with unresolved threads that have comments, by start. */
export function openPassages(threads: readonly ThreadView[], revisionId: string): OpenPassage[] {
  return threads
    .flatMap((thread): OpenPassage[] => {
      const passage = passageIn(thread, revisionId)
      if (passage === null || thread.resolved !== null || thread.comments.every(({ deleted }) => deleted)) return []
      return [{ threadId: thread.id, start: passage.start, end: passage.end }]
    })
    .sort((one, other) => one.start - other.start)
}

function lengthOf({ start, end }: TextRange): number {
  return end - start
}

/**
 * The passages at a pressed character, the shortest first; none where an annotation there comes first. The innermost range wins. Where an annotation
 * and a discussion have the same words, the annotation comes first, and a press on the last annotation opens the discussion.
 * @param marks the annotations there, topmost first
 */
export function passagesPressed(
  passages: readonly OpenPassage[],
  {
    offset,
    marks,
    activeId,
  }: { offset: number; marks: readonly (TextRange & { id: string })[]; activeId: string | null },
): OpenPassage[] {
  const here = passages
    .filter(({ start, end }) => start <= offset && offset < end)
    .sort((one, other) => lengthOf(one) - lengthOf(other))
  const [first] = here
  if (first === undefined) return []
  const isInnermost = marks.every((mark) => lengthOf(first) < lengthOf(mark))
  return isInnermost || marks.at(-1)?.id === activeId ? here : []
}

/** The discussions as the text shows them. */
export interface DiscussedText {
  /** The words of open discussions: disjoint, by start. */
  commented: readonly TextRange[]
  /** The words of the discussion that is open in the panel. */
  lit: TextRange | null
  /** The number of open discussions of words in a range. */
  countIn: (range: TextRange) => number
  /** Opens the discussion of the words at an offset; false when there is none, or an annotation there comes first. */
  pressAt: (offset: number, annotationIds: readonly string[]) => boolean
}

const nothing: DiscussedText = { commented: [], lit: null, countIn: () => 0, pressAt: () => false }

export const DiscussedTextContext = createContext(nothing)

/** The discussions of passages in the surrounding reader; nothing outside of a reader. */
export function useDiscussedText(): DiscussedText {
  return useContext(DiscussedTextContext)
}

function litBy(
  target: DiscussionTarget | null,
  { threads, revisionId }: { threads: readonly ThreadView[]; revisionId: string },
): TextRange | null {
  if (target?.kind === 'passage') return target.passage.revisionId === revisionId ? target.passage : null
  if (target?.kind !== 'thread') return null
  const thread = threads.find(({ id }) => id === target.threadId)
  return thread === undefined ? null : passageIn(thread, revisionId)
}

/**
 * Connects the discussions of passages with the text beside the panel. `point` highlights the words that a card names, until the panel opens another
 * discussion. `returnTo` moves the keyboard focus back to the highlighted words; it returns false when there are none.
 */
export function usePassages({
  threads,
  target,
  open,
}: {
  threads: readonly ThreadView[]
  target: DiscussionTarget | null
  open: (target: DiscussionTarget) => void
}): { text: DiscussedText; point: (range: TextRange | null) => void; returnTo: () => boolean } {
  const controller = useController()
  const { revisionId } = controller.text
  const [pointed, point] = useState<TextRange | null>(null)
  const passages = useMemo(() => openPassages(threads, revisionId), [threads, revisionId])
  const range = pointed ?? litBy(target, { threads, revisionId })
  const [start, end] = [range?.start ?? 0, range?.end ?? 0]
  // Compared by its numbers, so that live comments of others do not move the text.
  const lit = useMemo(() => (end === 0 ? null : { start, end }), [start, end])
  useEffect(() => {
    if (lit !== null) controller.show(lit)
  }, [controller, lit])

  const pressAt = useCallback(
    (offset: number, annotationIds: readonly string[]) => {
      const marks = annotationIds.flatMap((id) => controller.annotation(id) ?? [])
      const { activeId } = controller.getState().view
      const here = passagesPressed(passages, { offset, marks, activeId })
      const [first] = here
      const [whole] = joinRanges(here)
      if (first === undefined || whole === undefined) return false
      // The next press is for the annotations again.
      if (marks.some(({ id }) => id === activeId)) controller.open(null)
      if (here.length === 1) open({ kind: 'thread', threadId: first.threadId })
      else
        open({
          kind: 'passage',
          passage: { revisionId, ...whole, exact: controller.text.text.slice(whole.start, whole.end) },
        })
      return true
    },
    [controller, passages, open, revisionId],
  )
  const returnTo = useCallback(() => {
    if (lit === null) return false
    const { view } = controller.getState()
    const { checkable } = controller.derived()
    if (view.sentence === null || !overlap(view.sentence, lit)) {
      const index = checkable.findIndex((sentence) => overlap(sentence, lit))
      if (index >= 0) controller.goToSentence(index)
    }
    controller.focusText()
    if (view.selection !== null) controller.selectWords(view.selection)
    return true
  }, [controller, lit])
  const text = useMemo(
    (): DiscussedText => ({
      commented: joinRanges(passages),
      lit,
      countIn: (wanted) => passages.filter((passage) => overlap(passage, wanted)).length,
      pressAt,
    }),
    [passages, lit, pressAt],
  )
  return { text, point, returnTo }
}
