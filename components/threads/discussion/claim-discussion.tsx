'use client'

import { useCallback, useEffect, useRef, useState, type Ref } from 'react'
import { Button } from '@/components/ui/controls/button'
import { Kbd } from '@/components/ui/text/kbd'
import { useIsLocal } from '@/components/ui/text/local-time'
import { useLive } from '@/lib/client/live/use-live'
import type { Nameable } from '@/lib/domain/threads/mentions'
import type { ThreadView } from '@/lib/domain/threads/schema'
import { writingField } from '@/components/editor/rich-text-field'
import { Composer, useStartThread } from '../writing/composer'
import { concernsThreads, readThreads } from '../read-threads'
import { ThreadList } from '../thread/thread-list'

export interface ClaimDiscussionProps {
  claim: { id: string; sessionId: string; document: { id: string } }
  memberId: string
  mayWrite: boolean
  /** The members who can read the claim, and can be mentioned. */
  members: readonly Nameable[]
  /** Says in a sentence who can read the comments, and by which names. */
  audience: string
  /** The key that opens the discussion. */
  shortcut: string
  /** The section, for the key that focuses it. */
  ref: Ref<HTMLElement>
}

/** The threads of a claim, updated live. `'lost'`: they could not be loaded. */
function useClaimThreads({ id, sessionId, document }: ClaimDiscussionProps['claim']) {
  const [threads, setThreads] = useState<ThreadView[] | 'lost' | null>(null)
  const documentId = document.id
  const read = useCallback(async () => {
    const found = await readThreads(documentId, `&claim=${id}`)
    setThreads((before) => found ?? before ?? 'lost')
  }, [documentId, id])
  useEffect(() => {
    const first = setTimeout(() => void read())
    return () => {
      clearTimeout(first)
    }
  }, [read])
  useLive(
    { sessionId },
    {
      onMessage: (message) => {
        if (message.sessionId === sessionId && concernsThreads(message.type)) void read()
      },
      onReset: () => void read(),
    },
  )
  return { threads, read }
}

/** The discussion of a claim, below it. Default export because it is loaded after the page. */
export default function ClaimDiscussion({
  claim,
  memberId,
  mayWrite,
  members,
  audience,
  shortcut,
  ref,
}: ClaimDiscussionProps) {
  const { threads, read } = useClaimThreads(claim)
  const startThread = useStartThread(claim.document.id, memberId)
  const isAlive = useIsLocal()
  const [isStarting, setStarting] = useState(false)
  const starter = useRef<HTMLDivElement>(null)
  const here = Array.isArray(threads) ? threads : []
  const others = members.filter(({ id }) => id !== memberId)
  const hasOpen = here.some(({ resolved }) => resolved === null)
  useEffect(() => {
    if (isStarting) starter.current?.querySelector<HTMLElement>(writingField)?.focus()
  }, [isStarting])
  const close = () => {
    setStarting(false)
    // Focuses the section and not the button that replaces the field, so that Enter gives the verdict again.
    starter.current?.closest('section')?.focus()
  }
  return (
    <section
      ref={ref}
      tabIndex={-1}
      aria-labelledby="claim-discussion"
      className="grid max-w-[42rem] gap-3 outline-none"
      onKeyDown={({ key, target, currentTarget }) => {
        // Leaves the field, so that keys apply to the claim again. The comment in it is kept.
        if (key !== 'Escape' || !(target instanceof Element) || !target.matches(writingField)) return
        if (starter.current?.contains(target) === true) close()
        else currentTarget.focus()
      }}
    >
      <header className="grid gap-0.5">
        <h2 id="claim-discussion" className="text-sm font-semibold text-ink-2">
          Discussion
        </h2>
        <p className="text-sm text-ink-3">{audience}</p>
      </header>
      {threads === 'lost' && (
        <p role="alert" className="flex flex-wrap items-center gap-2 text-sm text-ink-2">
          The discussion could not be loaded.
          <Button size="small" onClick={() => void read()}>
            Try again
          </Button>
        </p>
      )}
      <ThreadList threads={here} memberId={memberId} members={others} isInPlace onChanged={read} />
      {mayWrite && (
        <div ref={starter}>
          {isStarting ? (
            <Composer
              draftKey={`start:${memberId}:claim:${claim.id}`}
              label="Start a discussion of this claim"
              placeholder="What is to be settled? @ mentions a member."
              members={others}
              sendLabel="Start"
              onSend={async (written) => {
                const refused = await startThread({ claimId: claim.id }, written)
                if (refused !== null) return refused
                await read()
                close()
                return null
              }}
              onCancel={close}
            />
          ) : (
            <Button
              size="small"
              data-start
              className="w-fit"
              // The server renders the button, and its script is loaded after the page's. A press before that would be lost.
              disabled={!isAlive}
              onClick={() => {
                setStarting(true)
              }}
            >
              {here.length === 0 ? 'Discuss this claim' : 'Start another'}
              {/* With an open thread the key goes to its answer. */}
              {!hasOpen && (
                <span className="pointer-coarse:hidden">
                  <Kbd>{shortcut}</Kbd>
                </span>
              )}
            </Button>
          )}
        </div>
      )}
    </section>
  )
}
