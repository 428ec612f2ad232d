'use client'

import { Suspense, useCallback, useEffect, useMemo, useRef, useState, type ReactNode, useLayoutEffect } from 'react'
import { useController } from '@/components/annotations/review-context'
import { useLive } from '@/lib/client/live/use-live'
import type { ThreadView } from '@/lib/domain/threads/schema'
import type { TextRange } from '@/lib/domain/ranges/text-range'
import { lazyPart } from '@/lib/client/lazy-part'
import { controlClasses } from '@/components/ui/controls/field'
import { startDraft } from '@/components/threads/writing/use-draft'
import {
  DiscussionContext,
  type Discussion,
  type DiscussionTarget,
  panelClasses,
  startingDraft,
  titles,
} from './discussion-context'
import { DiscussedTextContext, usePassages } from './discussed-text'
import { concernsThreads, readThreads } from '../read-threads'

const DiscussionPanel = lazyPart(() => import('./discussion-panel').then((part) => part.default))

/** Screens on which the panel leaves room for the text. */
const roomBeside = '(min-width: 45rem)'
const noThreads: readonly ThreadView[] = []

/** The least time between two readings of the threads, in ms. */
const readEvery = 500

function targetOfFragment(): DiscussionTarget | null {
  const threadId = /^#thread-([0-9a-f-]{36})$/.exec(window.location.hash)?.[1]
  return threadId === undefined ? null : { kind: 'thread', threadId }
}

/** Provides the reader with its discussions, updated live, and with the panel, which is loaded when it is first opened. */
export function DiscussionProvider({
  documentId,
  memberId,
  mayWrite,
  children,
}: {
  documentId: string
  memberId: string
  mayWrite: boolean
  children: ReactNode
}) {
  const controller = useController()
  const { threads, read } = useThreads(documentId)
  const [target, setTarget] = useTargetOfAddress()
  const cameFrom = useRef<HTMLElement | null>(null)
  const open = useCallback(
    (wanted: DiscussionTarget) => {
      if (document.activeElement instanceof HTMLElement) cameFrom.current = document.activeElement
      setTarget(wanted)
    },
    [setTarget],
  )
  const { text, point, returnTo } = usePassages({ threads: threads ?? noThreads, target, open })
  const turnTo = useCallback(
    (wanted: DiscussionTarget | null) => {
      point(null)
      setTarget(wanted)
    },
    [point, setTarget],
  )
  const close = useCallback(() => {
    turnTo(null)
    if (!returnTo() && cameFrom.current?.isConnected === true) cameFrom.current.focus()
  }, [turnTo, returnTo])
  const comment = useCallback(() => {
    const { selection, sentence } = controller.getState().view
    const range = selection ?? sentence
    if (range === null) {
      controller.answer('Nothing to comment on yet. Go to a sentence with the down arrow, or select words.')
      return
    }
    const { start, end } = range
    const { revisionId, text: whole } = controller.text
    open({ kind: 'passage', passage: { revisionId, start, end, exact: whole.slice(start, end) } })
  }, [controller, open])
  const showPassage = useCallback(
    (passage: TextRange) => {
      if (window.matchMedia(roomBeside).matches) {
        point(passage)
        return
      }
      turnTo(null)
      controller.focusText()
      controller.show(passage)
    },
    [controller, point, turnTo],
  )
  const discussion = useMemo((): Discussion => {
    const counts = new Map<string, number>()
    let total = 0
    for (const { about, comments } of threads ?? []) {
      const count = comments.filter(({ deleted }) => !deleted).length
      total += count
      if (about.kind === 'annotation' && about.annotationId !== null)
        counts.set(about.annotationId, (counts.get(about.annotationId) ?? 0) + count)
    }
    return { total, counts, open, comment: mayWrite ? comment : null, showPassage }
  }, [threads, open, comment, showPassage, mayWrite])
  return (
    <DiscussionContext value={discussion}>
      <DiscussedTextContext value={text}>{children}</DiscussedTextContext>
      {target !== null && (
        <Suspense
          fallback={
            <OpeningPanel
              documentId={documentId}
              memberId={memberId}
              mayWrite={mayWrite}
              target={target}
              onClose={close}
            />
          }
        >
          <DiscussionPanel
            documentId={documentId}
            memberId={memberId}
            mayWrite={mayWrite}
            threads={threads}
            target={target}
            onTarget={turnTo}
            onChanged={read}
            onClose={close}
          />
        </Suspense>
      )}
    </DiscussionContext>
  )
}

/** The threads of a document, updated live, and a function that reads them again; null until they were first read. */
function useThreads(documentId: string): { threads: ThreadView[] | null; read: () => Promise<void> } {
  const [threads, setThreads] = useState<ThreadView[] | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const read = useCallback(async () => {
    const found = await readThreads(documentId)
    if (found !== null) setThreads(found)
  }, [documentId])
  const readSoon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = null
      void read()
    }, readEvery)
  }, [read])
  useLive(
    { documentId },
    {
      onMessage: (message) => {
        if (concernsThreads(message.type)) readSoon()
      },
      onReset: readSoon,
    },
  )
  useEffect(() => {
    // Loaded after the text, for which the person came.
    const first = setTimeout(() => void read())
    return () => {
      clearTimeout(first)
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = null
    }
  }, [read])
  return { threads, read }
}

/** The subject of the panel, null while it is closed. A link to a thread opens it, at first and whenever the address changes. */
function useTargetOfAddress(): [DiscussionTarget | null, (wanted: DiscussionTarget | null) => void] {
  const [target, setTarget] = useState<DiscussionTarget | null>(null)
  useEffect(() => {
    const follow = () => {
      const wanted = targetOfFragment()
      if (wanted !== null) setTarget(wanted)
    }
    const first = setTimeout(follow)
    window.addEventListener('hashchange', follow)
    return () => {
      clearTimeout(first)
      window.removeEventListener('hashchange', follow)
    }
  }, [])
  return [target, setTarget]
}

/** The panel while it is loading. It has the focus at once, and words typed in the meantime are in the draft when the field appears. */
function OpeningPanel({
  documentId,
  memberId,
  mayWrite,
  target,
  onClose,
}: {
  documentId: string
  memberId: string
  mayWrite: boolean
  target: DiscussionTarget
  onClose: () => void
}) {
  const [draft] = useState(() => startDraft(startingDraft({ memberId, documentId, target })))
  const field = useRef<HTMLTextAreaElement>(null)
  // Runs before painting: the next key is a letter here and not a shortcut.
  useLayoutEffect(() => {
    const element = field.current
    element?.focus()
    element?.setSelectionRange(element.value.length, element.value.length)
  }, [])
  return (
    <section
      aria-label={titles[target.kind]}
      aria-busy
      className={panelClasses}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') onClose()
      }}
    >
      <h2 className="flex-1 px-4 py-2.5 font-serif text-lg font-semibold">{titles[target.kind]}</h2>
      {mayWrite && target.kind !== 'thread' && (
        <div className="border-t border-line bg-surface p-4">
          <textarea
            ref={field}
            aria-label="The field is opening"
            dir="auto"
            rows={2}
            defaultValue={draft.body}
            className={controlClasses}
            onChange={(event) => {
              draft.keep(event.currentTarget.value)
            }}
          />
        </div>
      )}
    </section>
  )
}
