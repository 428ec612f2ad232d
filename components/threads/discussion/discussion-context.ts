'use client'

import { createContext, useContext } from 'react'
import type { TextRange } from '@/lib/domain/ranges/text-range'
import type { ScriptRun } from '@/lib/domain/text/quotation'
import type { Passage } from '@/lib/domain/threads/schema'

/** The words of the text that a comment is about to stand on. */
type ChosenPassage = Omit<Passage, 'place'>

/** What the panel is opened on: everything said of the document, a passage or one annotation (with its words), a question to the leads, or one thread. */
export type DiscussionTarget =
  | { kind: 'all' }
  | { kind: 'passage'; passage: ChosenPassage }
  | { kind: 'annotation'; annotationId: string; exact: string; script?: readonly ScriptRun[] | undefined }
  | { kind: 'question' }
  | { kind: 'thread'; threadId: string }

/** What the panel is called, by what it is opened on. */
export const titles = {
  all: 'Discussion',
  thread: 'Discussion',
  passage: 'Discussion of a passage',
  annotation: 'Discussion of an annotation',
  question: 'Questions to the lead',
}

/** The look of the panel, also while it is on its way. */
export const panelClasses =
  'fixed end-0 top-(--shell-top) bottom-0 z-20 flex w-full max-w-[26rem] flex-col border-s border-line-strong bg-paper shadow-float outline-none print:hidden'

/** One word for what the panel is opened on. */
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

/** What the parts of the reader know of its discussions. `counts`: open comments by annotation. */
export interface Discussion {
  total: number
  counts: ReadonlyMap<string, number>
  open: (target: DiscussionTarget) => void
  /** Opens a comment on the selected words, else on the current sentence; null for who may not write. */
  comment: (() => void) | null
  /** Shows words that a thread is about in the text. */
  showPassage: (passage: TextRange) => void
}

export const DiscussionContext = createContext<Discussion | null>(null)

/** The discussions of the document this component stands in; null outside of the reader. */
export function useDiscussion(): Discussion | null {
  return useContext(DiscussionContext)
}
