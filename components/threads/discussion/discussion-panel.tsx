'use client'

import { useEffect, useRef, useState } from 'react'
import { QuotedWords } from '@/components/text/quoted-words'
import { Button, IconButton } from '@/components/ui/controls/button'
import { Icon } from '@/components/ui/icon'
import { useController } from '@/components/annotations/review-context'
import { capitalised } from '@/components/ui/text/wording'
import { callApi } from '@/lib/client/api/call'
import { overlap } from '@/lib/domain/ranges/text-range'
import type { Nameable } from '@/lib/domain/threads/mentions'
import type { ThreadView } from '@/lib/domain/threads/schema'
import { Composer, type Written, useStartThread, type ThreadAbout } from '../writing/composer'
import { keyOfTarget, panelClasses, startingDraft, titles, type DiscussionTarget } from './discussion-context'
import { passageIn } from './discussed-text'
import { ThreadList, useReadNotifications } from '../thread/thread-list'

interface Listed extends Nameable {
  status: string
}

async function readMembers(): Promise<Nameable[] | null> {
  const answer = await callApi<{ items: Listed[] }>({ method: 'GET', path: '/api/v1/members' })
  if (!answer.ok) return null
  return answer.value.items.filter(({ status }) => status === 'active').map(({ id, name }) => ({ id, name }))
}

function isShown(thread: ThreadView, target: DiscussionTarget): boolean {
  const { id, about, audience } = thread
  if (target.kind === 'passage') {
    const passage = passageIn(thread, target.passage.revisionId)
    return passage !== null && overlap(passage, target.passage)
  }
  if (target.kind === 'annotation') return about.kind === 'annotation' && about.annotationId === target.annotationId
  if (target.kind === 'question') return audience === 'leads'
  return target.kind === 'all' || id === target.threadId
}

function aboutOf(target: DiscussionTarget): ThreadAbout {
  if (target.kind === 'passage') return { passage: target.passage }
  if (target.kind === 'annotation') return { annotationId: target.annotationId }
  return target.kind === 'question' ? { audience: 'leads' } : {}
}

/** The placeholder of a new thread's field, by the subject of the panel. */
function fieldWords({ kind }: DiscussionTarget): { label: string; placeholder: string; sendLabel: string } {
  if (kind === 'question')
    return { label: 'Your question to the lead', placeholder: 'What do you want to know?', sendLabel: 'Ask the lead' }
  if (kind === 'passage')
    return {
      label: 'Comment on these words',
      placeholder: 'Comment on these words. @ mentions a member.',
      sendLabel: 'Comment',
    }
  return { label: 'Start a discussion', placeholder: 'Start a discussion. @ mentions a member.', sendLabel: 'Start' }
}

/** The active members of the workspace; null until they are loaded. */
function useMembers(): Nameable[] | null {
  const [members, setMembers] = useState<Nameable[] | null>(null)
  useEffect(() => {
    let isHere = true
    void readMembers().then((found) => {
      if (isHere) setMembers(found)
    })
    return () => {
      isHere = false
    }
  }, [])
  return members
}

/** The words that the panel is about, with the place of a passage; nothing where it has none. */
function Quoted({ target }: { target: DiscussionTarget }) {
  const controller = useController()
  const quoted = target.kind === 'passage' ? target.passage : target.kind === 'annotation' ? target : null
  if (quoted === null) return null
  return (
    <div className="grid gap-1">
      {target.kind === 'passage' && (
        <p className="text-sm text-ink-3">{capitalised(controller.placeOf(target.passage))}</p>
      )}
      <p dir="auto" className="line-clamp-3 font-serif text-ink-2 italic">
        <QuotedWords words={quoted.exact} script={quoted.script} />
      </p>
    </div>
  )
}

/** The discussions of a document, beside its text. Default export because it is loaded on first use. */
export default function DiscussionPanel({
  documentId,
  memberId,
  mayWrite,
  threads,
  target,
  onTarget,
  onChanged,
  onClose,
}: {
  documentId: string
  memberId: string
  mayWrite: boolean
  /** Null while they are loading. */
  threads: readonly ThreadView[] | null
  target: DiscussionTarget
  onTarget: (target: DiscussionTarget) => void
  onChanged: () => Promise<void>
  onClose: () => void
}) {
  const controller = useController()
  const panel = useRef<HTMLElement>(null)
  const members = useMembers()
  const startThread = useStartThread(documentId, memberId)
  const targetKey = keyOfTarget(target)
  useEffect(() => {
    const place = panel.current?.querySelector<HTMLElement>('[data-autofocus]') ?? panel.current
    place?.focus()
  }, [targetKey])
  const threadId = target.kind === 'thread' ? target.threadId : null

  const start = async (written: Written) => {
    const refused = await startThread(aboutOf(target), written)
    if (refused !== null) return refused
    // The words are discussed now, and the next key must not act on them.
    if (target.kind === 'passage') controller.clearSelection()
    await onChanged()
    return null
  }
  const shown = (threads ?? []).filter((thread) => isShown(thread, target))
  const isGone = threadId !== null && threads !== null && shown.length === 0
  // A linked discussion that no longer exists will never be shown, so its notifications are marked as read.
  useReadNotifications(new Map(isGone ? [[threadId, 0]] : []), memberId)
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-label={titles[target.kind]}
      className={panelClasses}
      onKeyDown={(event) => {
        // Keys of the reader do not act on the text while the focus is in the panel.
        event.stopPropagation()
        if (event.key === 'Escape') onClose()
      }}
    >
      <header className="flex items-center gap-2 border-b border-line px-4 py-2.5">
        <h2 className="min-w-0 flex-1 font-serif text-lg font-semibold">{titles[target.kind]}</h2>
        {target.kind !== 'all' && (
          <Button
            size="small"
            variant="quiet"
            onClick={() => {
              onTarget({ kind: 'all' })
            }}
          >
            Show all
          </Button>
        )}
        <IconButton label="Close the discussion" size="small" icon={<Icon name="close" />} onClick={onClose} />
      </header>
      <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto overscroll-contain p-4">
        <Quoted target={target} />
        {threads === null && <p className="text-ink-3">Loading the discussion…</p>}
        {isGone && <p>This discussion is not here: it was about something you cannot see now.</p>}
        {threads !== null && threadId === null && shown.length === 0 && (
          <p className="text-ink-2">
            {target.kind === 'question'
              ? 'You have asked nothing here yet. Only you and the leads see a question and its answers.'
              : 'No comments yet.'}
          </p>
        )}
        <ThreadList threads={shown} memberId={memberId} members={members} targetId={threadId} onChanged={onChanged} />
      </div>
      {mayWrite && threadId === null && (
        <footer className="border-t border-line bg-surface p-4">
          <Composer
            key={targetKey}
            draftKey={startingDraft({ memberId, documentId, target })}
            {...fieldWords(target)}
            members={members}
            autoFocus
            onSend={start}
          />
        </footer>
      )}
    </section>
  )
}
