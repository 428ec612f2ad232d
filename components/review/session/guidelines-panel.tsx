'use client'

import { useState, type ReactNode } from 'react'
import { Button, IconButton } from '@/components/ui/controls/button'
import { TextArea } from '@/components/ui/controls/field'
import { callApi } from '@/lib/client/api/call'
import { BottomSheet } from '../screen/bottom-sheet'
import { Icon } from '@/components/ui/icon'
import { useController } from '@/components/annotations/review-context'
import { secrecyInWords, type Review } from './session-words'

/**
 * The question, guidelines and rules of the session, and the reason why this member was assigned the document: a column beside the text, or a sheet
 * under it on narrow screens. It stays open while one works. Default export because it is loaded on first use.
 */
export default function GuidelinesPanel({
  review,
  guidelines,
  isBeside,
  onClose,
}: {
  review: Review
  guidelines: ReactNode
  /** Whether there is room for a column. */
  isBeside: boolean
  onClose: () => void
}) {
  const { session, assignment } = review
  const { requireSentenceDecisions, requireQuotes, requireSearchNote } = session.protocol
  const rules = [
    secrecyInWords(review),
    'Sourced needs a reference that supports it, contradicted one that contradicts it.',
    ...(requireSentenceDecisions ? ['Every sentence that counts needs a decision before you submit.'] : []),
    ...(requireQuotes ? ['Each reference that a rating rests on needs a quote.'] : []),
    ...(requireSearchNote ? ['Unsourced needs a note that says what you searched.'] : []),
  ]
  const content = (
    <div className="grid gap-5 pb-6">
      {session.question !== '' && (
        <p dir="auto" className="font-serif text-lg text-ink-2">
          {session.question}
        </p>
      )}
      <section className="grid gap-2">
        <h3 className="font-semibold">Guidelines</h3>
        {session.guidelines.trim() === '' ? <p className="text-ink-3">This session has no guidelines.</p> : guidelines}
      </section>
      <section className="grid gap-2">
        <h3 className="font-semibold">Rules</h3>
        <ul className="grid list-disc gap-1 ps-5">
          {rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      </section>
      <section className="grid gap-2">
        <h3 className="font-semibold">Why you have this document</h3>
        {assignment.why.length === 0 ? (
          <p className="text-ink-2">A lead chose you for it.</p>
        ) : (
          assignment.why.map((sentence) => (
            <p key={sentence} className="text-ink-2">
              {sentence}
            </p>
          ))
        )}
        <Conflict documentId={assignment.document.id} />
      </section>
    </div>
  )
  if (!isBeside) {
    return (
      <BottomSheet label="Guidelines" onClose={onClose} atAnyWidth>
        {content}
      </BottomSheet>
    )
  }
  return (
    <aside
      aria-label="Guidelines"
      data-own-escape
      className="w-72 shrink-0 overflow-y-auto overscroll-contain border-e border-line bg-surface px-5 print:hidden"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <div className="sticky top-0 -mx-5 mb-3 flex h-12 items-center justify-between gap-2 border-b border-line bg-surface px-5">
        <h2 dir="auto" className="truncate font-semibold">
          {session.name}
        </h2>
        <IconButton label="Close the guidelines" size="small" icon={<Icon name="close" />} onClick={onClose} />
      </div>
      {content}
    </aside>
  )
}

function Conflict({ documentId }: { documentId: string }) {
  const controller = useController()
  const [reason, setReason] = useState('')
  const [stage, setStage] = useState<'closed' | 'asking' | 'sending' | 'declared'>('closed')
  const [problem, setProblem] = useState<string | null>(null)
  const declare = async () => {
    setStage('sending')
    const answer = await callApi({
      method: 'POST',
      path: '/api/v1/conflicts-of-interest',
      body: { documentId, reason: reason.trim() },
    })
    if (answer.ok) setStage('declared')
    else {
      setStage('asking')
      setProblem(answer.message)
    }
  }
  if (stage === 'declared') {
    return (
      <p role="status">
        Declared. The lead sees it and can give the document to another reviewer; your marks are kept.
      </p>
    )
  }
  if (stage === 'closed') {
    return (
      <Button
        size="small"
        className="justify-self-start"
        onClick={() => {
          setStage('asking')
        }}
      >
        I have a conflict of interest
      </Button>
    )
  }
  return (
    <form
      className="grid gap-3 rounded-md bg-sunken p-3.5"
      onSubmit={(event) => {
        event.preventDefault()
        if (stage === 'asking') void declare()
      }}
    >
      <TextArea
        label="What is the conflict"
        optional
        rows={2}
        maxLength={1_000}
        value={reason}
        error={problem}
        hint={`It is known to the leads, with your name, ${controller.me.name}.`}
        onChange={(event) => {
          setReason(event.currentTarget.value)
        }}
      />
      <Button type="submit" busy={stage === 'sending'} className="justify-self-start">
        Declare it
      </Button>
    </form>
  )
}
