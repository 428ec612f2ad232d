'use client'

import { createContext, useContext } from 'react'
import type { TextRange } from '@/lib/domain/ranges/text-range'
import type { ScriptRun } from '@/lib/domain/text/quotation'
import type { Passage } from '@/lib/domain/threads/schema'

/** The words of the text that a new comment is about. */
type ChosenPassage = Omit<Passage, 'place'>

/**
 * The subject of the panel: all discussions of the document, a passage or one annotation (with its words), a question to the leads, or one thread.
 */
export type DiscussionTarget =
  | { kind: 'all' }
  | { kind: 'passage'; passage: ChosenPassage }
  | { kind: 'annotation'; annotationId: string; exact: string; script?: readonly ScriptRun[] | undefined }
  | { kind: 'question' }
  | { kind: 'thread'; threadId: string }

/** The title of the panel, by its subject. */
export const titles = {
  all: 'Discussion',
  thread: 'Discussion',
  passage: 'Discussion of a passage',
  annotation: 'Discussion of an annotation',
  question: 'Questions to the lead',
}

/** The style of the panel, also while it is loading. */
export const panelClasses =
  'fixed end-0 top-(--shell-top) bottom-0 z-20 flex w-full max-w-[26rem] flex-col border-s border-line-strong bg-paper shadow-float outline-none print:hidden'

/** A key for the subject of the panel. */
export function keyOfTarget(target: DiscussionTarget): string {
  switch (target.kind) {
    case 'passage': {
      const { revisionId, start, end } = target.passage
      return `passage-${revisionId}-${String(start)}-${String(end)}`
    }
    case 'annotation':
      return target.annotationId
    case 'thread':
      return target.threadId
    default:
      return target.kind
  }
}

/** Names the draft of a thread that is being started. */
export function startingDraft({
  memberId,
  documentId,
  target,
}: {
  memberId: string
  documentId: string
  target: DiscussionTarget
}): string {
  return `start:${memberId}:${documentId}:${keyOfTarget(target)}`
}

/** The discussions as the parts of the reader see them. `counts` is the number of open comments, by annotation. */
export interface Discussion {
  total: number
  counts: ReadonlyMap<string, number>
  open: (target: DiscussionTarget) => void
  /** Opens a comment on the selected words, else on the current sentence; null for members who may not write. */
  comment: (() => void) | null
  /** Shows the words of a thread in the text. */
  showPassage: (passage: TextRange) => void
}

export const DiscussionContext = createContext<Discussion | null>(null)

/** The discussions of the surrounding document; null outside of the reader. */
export function useDiscussion(): Discussion | null {
  return useContext(DiscussionContext)
}
