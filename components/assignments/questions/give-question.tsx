'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { TextArea, Select } from '@/components/ui/controls/field'
import { countInWords } from '@/components/ui/text/wording'
import type { MatrixDocument } from '@/lib/domain/assignments/matrix'
import { takersOf, type Board } from '../matrix/board'

/** Asks which reviewer gets the documents: lists those who can take all of them, the least loaded first. */
export function GiveQuestion({
  board,
  documents,
  confirm,
  withComment = false,
  preferred,
  busy,
  onClose,
  onGive,
}: {
  board: Board
  documents: readonly MatrixDocument[]
  confirm: string
  withComment?: boolean
  /** The id of the receiving reviewer, when already chosen. */
  preferred?: string
  busy: boolean
  onClose: () => void
  onGive: (to: { memberId: string; comment: string }) => void
}) {
  const [first, ...rest] = documents.map((document) => takersOf(board, document))
  const takers = (first ?? []).filter((reviewer) =>
    rest.every((others) => others.some(({ member }) => member.id === reviewer.member.id)),
  )
  const [chosen, setChosen] = useState(
    takers.find(({ member }) => member.id === preferred)?.member.id ?? takers[0]?.member.id ?? '',
  )
  const [comment, setComment] = useState('')
  if (takers.length === 0) {
    return (
      <>
        <p>
          No other reviewer can take {documents.length === 1 ? 'it' : 'all of these'}: the other reviewers have it or
          had it before, or declared a conflict of interest. Add a reviewer to the session first.
        </p>
        <div className="flex justify-end">
          <Button onClick={onClose}>Close</Button>
        </div>
      </>
    )
  }
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) onGive({ memberId: chosen, comment: comment.trim() })
      }}
    >
      <Select
        label="Reviewer"
        data-autofocus
        hint="Those with the least to read come first."
        value={chosen}
        options={takers.map(({ member, documents: given, words }) => ({
          value: member.id,
          label: `${member.name} (has ${countInWords(given, 'document')}, ${countInWords(words, 'word')})`,
        }))}
        onChange={(event) => {
          setChosen(event.currentTarget.value)
        }}
      />
      {withComment && (
        <>
          <p className="text-sm text-ink-3">
            The work done so far is kept, locked, and does not count. Both reviewers are notified.
          </p>
          <TextArea
            label="Why"
            optional
            rows={2}
            maxLength={5_000}
            value={comment}
            onChange={(event) => {
              setComment(event.currentTarget.value)
            }}
          />
        </>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy}>
          {confirm}
        </Button>
      </div>
    </form>
  )
}
