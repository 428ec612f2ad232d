'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { Checkbox } from '@/components/ui/controls/checkbox'
import type { SessionMemberView, SessionPart } from '@/lib/domain/review-sessions/schema'
import { NumberField } from '@/components/ui/controls/number-field'

function isSamePart(one: SessionPart, other: SessionPart): boolean {
  return (
    one.reviews === other.reviews &&
    one.adjudicates === other.adjudicates &&
    one.weight === other.weight &&
    one.quotaDocuments === other.quotaDocuments &&
    one.quotaWords === other.quotaWords
  )
}

/** One member's part in a session, each change saved at once. */
export function MemberPart({
  shown,
  conflicts,
  busy,
  onChange,
  onRemove,
  onConflicts,
}: {
  shown: SessionMemberView
  /** How many conflicts of interest are declared for them. */
  conflicts: number
  busy: boolean
  /** Resolves with whether it was saved. */
  onChange: (part: SessionPart) => Promise<boolean>
  onRemove: () => void
  onConflicts: () => void
}) {
  const { member, ...saved } = shown
  // What was wished is shown at once, until the page says the same or it was refused.
  const [wished, setWished] = useState<SessionPart | null>(null)
  if (wished !== null && isSamePart(wished, saved)) setWished(null)
  const part = wished ?? saved
  const change = (next: Partial<SessionPart>) => {
    const wish = { ...part, ...next }
    setWished(wish)
    void onChange(wish).then((isSaved) => {
      if (!isSaved) setWished(null)
    })
  }
  // Every member of a session has a part, so the last tick cannot be taken away.
  const isLast = part.reviews !== part.adjudicates
  return (
    <li className="grid gap-x-5 gap-y-2.5 border-b border-line py-3 last:border-b-0 md:grid-cols-[minmax(0,1fr)_auto] xl:items-center">
      <p dir="auto" className="min-w-0 font-medium [overflow-wrap:anywhere]">
        {member.name}
      </p>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        <Checkbox
          label="Reviews"
          aria-label={`${member.name} reviews`}
          checked={part.reviews}
          disabled={isLast && part.reviews}
          onChange={(event) => {
            change({ reviews: event.currentTarget.checked })
          }}
        />
        <Checkbox
          label="Adjudicates"
          aria-label={`${member.name} adjudicates`}
          checked={part.adjudicates}
          disabled={isLast && part.adjudicates}
          onChange={(event) => {
            change({ adjudicates: event.currentTarget.checked })
          }}
        />
      </div>
      {part.reviews ? (
        <Workload part={part} onChange={change} />
      ) : (
        <p className="text-sm text-ink-3">Settles claims, reads nothing blind.</p>
      )}
      <div className="flex flex-wrap items-center gap-1 self-end xl:self-center">
        <Button size="small" aria-label={`Conflicts of interest of ${member.name}`} onClick={onConflicts}>
          {conflicts === 0 ? 'Conflicts' : `Conflicts: ${String(conflicts)}`}
        </Button>
        <Button size="small" variant="quiet" busy={busy} aria-label={`Remove ${member.name}`} onClick={onRemove}>
          Remove
        </Button>
      </div>
    </li>
  )
}

/** How much a reviewer is given: their weight among the others, and the limits that they asked for. */
function Workload({ part, onChange }: { part: SessionPart; onChange: (next: Partial<SessionPart>) => void }) {
  return (
    <div className="grid grid-cols-[4.5rem_7rem_7rem] gap-3">
      <NumberField
        label="Weight"
        className="w-full"
        min={0.1}
        max={100}
        step="any"
        value={part.weight}
        onChange={(weight) => {
          if (weight !== null) onChange({ weight })
        }}
      />
      <NumberField
        label="Most documents"
        className="w-full"
        placeholder="no limit"
        nullable
        min={0}
        max={100_000}
        value={part.quotaDocuments}
        onChange={(quotaDocuments) => {
          onChange({ quotaDocuments })
        }}
      />
      <NumberField
        label="Most words"
        className="w-full"
        placeholder="no limit"
        nullable
        min={0}
        max={1_000_000_000}
        value={part.quotaWords}
        onChange={(quotaWords) => {
          onChange({ quotaWords })
        }}
      />
    </div>
  )
}
