'use client'

import { useMemo, useState } from 'react'
import type { ReviewController } from '@/lib/client/annotations/controller'
import { blockAtOffset, type TextIndex } from '@/lib/domain/text/text-index'
import { outOfScopeReasons, type DocumentContent, type OutOfScopeReason } from '@/lib/domain/text/model'
import { type OutOfScopeRange, scopeNames } from '@/lib/domain/text/scope'
import { Button } from '@/components/ui/controls/button'
import { Dialog } from '@/components/ui/overlays/dialog'
import { Select } from '@/components/ui/controls/field'
import { useController, useReview } from '@/components/annotations/review-context'
import { balanceMarkers } from '@/lib/domain/citation-markers/citation-markers'

/** Shows which parts of the document are in scope, and changes it. Default export because it is loaded on first use. */
export default function ScopeDialog({
  index,
  content,
  onClose,
}: {
  index: TextIndex
  content: DocumentContent
  onClose: () => void
}) {
  const controller = useController()
  const { text } = index
  const part = partUnderHand(controller, index)
  const outOfScope = useReview((_, derived) => derived.outOfScope)
  const total = useReview((_, derived) => derived.coverage.total)
  const [reason, setReason] = useState<OutOfScopeReason>('boilerplate')
  const isOut = part !== null && outOfScope.some(({ start, end }) => start <= part.start && part.end <= end)
  return (
    <Dialog
      open
      onClose={onClose}
      title="What counts"
      description={`${String(total)} sentences of this text are in scope: each needs a decision. Parts out of scope are folded away and need none.`}
    >
      {part !== null && !isOut && controller.mayAnnotate && (
        <form
          className="grid gap-3 rounded-md bg-sunken p-3.5"
          onSubmit={(event) => {
            event.preventDefault()
            controller.changeScope({ ...part, inScope: false, reason })
            onClose()
          }}
        >
          <h3 className="font-semibold">This part does not count</h3>
          <Excerpt text={text} range={part} />
          <Select
            label="Why not"
            value={reason}
            options={outOfScopeReasons.map((value) => ({ value, label: scopeNames[value] }))}
            onChange={(event) => {
              const chosen = outOfScopeReasons.find((known) => known === event.currentTarget.value)
              if (chosen !== undefined) setReason(chosen)
            }}
          />
          <Button type="submit" className="justify-self-start">
            Take it out of scope
          </Button>
        </form>
      )}
      <section className="grid gap-2">
        <h3 className="font-semibold">Out of scope</h3>
        {outOfScope.length === 0 && <p className="text-ink-3">Everything counts.</p>}
        <ul className="grid gap-2">
          {outOfScope.map((range) => (
            <Part key={range.start} range={range} text={text} onClose={onClose} />
          ))}
        </ul>
      </section>
      <LooseMarkers content={content} onClose={onClose} />
      {part === null && controller.mayAnnotate && (
        <p className="text-sm text-ink-3">
          To take a part out, select some of its words or go to one of its sentences first.
        </p>
      )}
    </Dialog>
  )
}

/** The citation markers without an entry, and the entries without a marker; nothing where every marker has its entry. */
function LooseMarkers({ content, onClose }: { content: DocumentContent; onClose: () => void }) {
  const controller = useController()
  const { loose } = useMemo(() => balanceMarkers(content), [content])
  if (loose.length === 0) return null
  return (
    <section className="grid gap-2">
      <h3 className="font-semibold">Citation markers without an entry, entries without a marker</h3>
      <ul className="grid max-h-60 gap-1 overflow-y-auto">
        {loose.map(({ start, end, words }) => (
          <li key={`${String(start)} ${words}`} className="flex items-center justify-between gap-2">
            {words}
            <Button
              size="small"
              variant="quiet"
              aria-label={`Show it in the text: ${words}`}
              onClick={() => {
                onClose()
                controller.show({ start, end })
              }}
            >
              Show it in the text
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Part({ range, text, onClose }: { range: OutOfScopeRange; text: string; onClose: () => void }) {
  const controller = useController()
  return (
    <li className="grid gap-1.5 rounded-md border border-line p-3">
      <p className="font-medium">{scopeNames[range.reason]}</p>
      <Excerpt text={text} range={range} />
      <div className="flex gap-2">
        {controller.mayAnnotate && (
          <Button
            size="small"
            onClick={() => {
              controller.changeScope({ start: range.start, end: range.end, inScope: true, reason: range.reason })
            }}
          >
            Count it
          </Button>
        )}
        <Button
          size="small"
          variant="quiet"
          onClick={() => {
            onClose()
            controller.show(range)
          }}
        >
          Show it in the text
        </Button>
      </div>
    </li>
  )
}

function Excerpt({ text, range }: { text: string; range: { start: number; end: number } }) {
  return (
    <p dir="auto" className="line-clamp-2 font-serif text-ink-2 italic">
      {text.slice(range.start, Math.min(range.end, range.start + 240))}
    </p>
  )
}

/** The whole blocks under the selection or the current sentence, to which a change of scope would apply. Null when there is neither. */
function partUnderHand(controller: ReviewController, index: TextIndex): { start: number; end: number } | null {
  const { selection, sentence } = controller.getState().view
  const at = selection ?? sentence
  if (at === null) return null
  const first = blockAtOffset(index, at.start)
  const last = blockAtOffset(index, at.end)
  if (first === null || last === null) return null
  // Whole top-level blocks: a fold cannot begin in the middle of a list.
  const inside = index.blocks.filter(({ topIndex }) => topIndex >= first.topIndex && topIndex <= last.topIndex)
  return { start: inside[0]?.start ?? first.start, end: inside.at(-1)?.end ?? last.end }
}
