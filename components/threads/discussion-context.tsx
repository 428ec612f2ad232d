'use client'

import {
  createContext,
  lazy,
  Suspense,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
} from 'react'
import { useLive } from '@/lib/client/live/use-live'
import type { ThreadView } from '@/lib/domain/threads/schema'
import type { DiscussionTarget } from './discussion-target'
import { OpeningPanel } from './opening-panel'
import { concernsThreads, readThreads } from './read-threads'

const DiscussionPanel = lazy(() => import('./discussion-panel'))

/** What the parts of the reader know of its discussions. `counts`: open comments by annotation. */
export interface Discussion {
  total: number
  counts: ReadonlyMap<string, number>
  open: (target: DiscussionTarget) => void
}

const DiscussionContext = createContext<Discussion | null>(null)

/** The discussions of the document this component stands in; null outside of the reader. */
export function useDiscussion(): Discussion | null {
  return useContext(DiscussionContext)
}

/** The least time between two readings of the threads, in ms. */
const readEvery = 500

function targetOfFragment(): DiscussionTarget | null {
  const threadId = /^#thread-([0-9a-f-]{36})$/.exec(window.location.hash)?.[1]
  return threadId === undefined ? null : { kind: 'thread', threadId }
}

/** Gives the reader its discussions: kept in step with what others write, and the panel, which is loaded when it is first opened. */
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
  const [threads, setThreads] = useState<ThreadView[] | null>(null)
  const [target, setTarget] = useState<DiscussionTarget | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const cameFrom = useRef<HTMLElement | null>(null)

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
    const follow = () => {
      const wanted = targetOfFragment()
      if (wanted !== null) setTarget(wanted)
    }
    // After the text, which is what one came for.
    const first = setTimeout(() => {
      void read()
      follow()
    })
    window.addEventListener('hashchange', follow)
    return () => {
      clearTimeout(first)
      window.removeEventListener('hashchange', follow)
      if (timer.current !== null) clearTimeout(timer.current)
      timer.current = null
    }
  }, [read])

  const open = useCallback((wanted: DiscussionTarget) => {
    if (document.activeElement instanceof HTMLElement) cameFrom.current = document.activeElement
    setTarget(wanted)
  }, [])
  const close = useCallback(() => {
    setTarget(null)
    if (cameFrom.current?.isConnected === true) cameFrom.current.focus()
  }, [])
  const discussion = useMemo((): Discussion => {
    const counts = new Map<string, number>()
    let total = 0
    for (const { about, comments } of threads ?? []) {
      const count = comments.filter(({ deleted }) => !deleted).length
      total += count
      if (about.kind === 'annotation' && about.annotationId !== null)
        counts.set(about.annotationId, (counts.get(about.annotationId) ?? 0) + count)
    }
    return { total, counts, open }
  }, [threads, open])
  return (
    <DiscussionContext value={discussion}>
      {children}
      {target !== null && (
        <Suspense fallback={<OpeningPanel {...{ documentId, memberId, mayWrite, target }} onClose={close} />}>
          <DiscussionPanel
            {...{ documentId, memberId, mayWrite, threads, target }}
            onTarget={setTarget}
            onChanged={read}
            onClose={close}
          />
        </Suspense>
      )}
    </DiscussionContext>
  )
}
