'use client'

import { useState } from 'react'
import { ConflictsDialog } from './conflicts-dialog'
import { Button } from '@/components/ui/controls/button'
import { Select } from '@/components/ui/controls/field'
import { countInWords } from '@/components/ui/text/wording'
import { deleteSessionMember, putSessionMember } from '@/lib/client/api/review-sessions'
import type { ConflictView } from '@/lib/domain/conflicts-of-interest/schema'
import type { SessionMemberView, SessionPart } from '@/lib/domain/review-sessions/schema'
import { PlanSection } from '../plan/plan-section'
import { useRun } from '@/components/shell/use-run'
import { Checkbox } from '@/components/ui/controls/choices'
import { NumberField } from '@/components/ui/controls/number-field'

/** A member of the workspace who may take part in a session. */
export interface Teammate {
  id: string
  name: string
}

const firstPart: SessionPart = { reviews: true, adjudicates: false, weight: 1, quotaDocuments: null, quotaWords: null }

/** The session's members: whether they review or adjudicate, how much they are given, and their conflicts of interest. */
export function PlanMembers({
  sessionId,
  members,
  team,
  conflicts,
  documents,
  bare = false,
}: {
  sessionId: string
  members: readonly SessionMemberView[]
  team: readonly Teammate[]
  conflicts: readonly ConflictView[]
  documents: readonly { id: string; title: string }[]
  /** Without the surrounding sheet, for a dialog. */
  bare?: boolean
}) {
  const { busy, run } = useRun()
  const [declaringFor, setDeclaringFor] = useState<string | null>(null)
  const inIt = new Set(members.map(({ member }) => member.id))
  const others = team.filter(({ id }) => !inIt.has(id))
  const declaring = members.find(({ member }) => member.id === declaringFor)
  const reviewing = members.filter(({ reviews }) => reviews).length
  const adjudicating = members.filter(({ adjudicates }) => adjudicates).length
  const hint =
    members.length === 0
      ? 'Who reviews, and who settles disagreements. One person can do both.'
      : `${countInWords(reviewing, 'reviewer')}, ${countInWords(adjudicating, 'adjudicator')}. A weight of 2 means twice the work of 1; limits are for this session. Leads who are members may settle claims as well.`
  const body = (
    <>
      {members.length > 0 && (
        <ul aria-label="Members of the session" className="grid grid-cols-[minmax(0,1fr)]">
          {members.map((shown) => (
            <MemberPart
              key={shown.member.id}
              shown={shown}
              conflicts={conflicts.filter(({ member }) => member.id === shown.member.id).length}
              busy={busy === shown.member.id}
              onChange={async (part) =>
                (await run(shown.member.id, () => putSessionMember(sessionId, shown.member.id, part))).ok
              }
              onRemove={() => {
                void run(shown.member.id, () => deleteSessionMember(sessionId, shown.member.id))
              }}
              onConflicts={() => {
                setDeclaringFor(shown.member.id)
              }}
            />
          ))}
        </ul>
      )}
      <AddMember sessionId={sessionId} others={others} />
      <ConflictsDialog
        open={declaring !== undefined}
        onClose={() => {
          setDeclaringFor(null)
        }}
        member={declaring?.member ?? null}
        conflicts={conflicts.filter(({ member }) => member.id === declaring?.member.id)}
        documents={documents}
      />
    </>
  )
  return bare ? (
    <>
      <p className="text-sm text-ink-3">{hint}</p>
      {body}
    </>
  ) : (
    <PlanSection title="Members" hint={hint}>
      {body}
    </PlanSection>
  )
}

/** Adds one or all of the workspace's members who are not in the session yet. */
function AddMember({ sessionId, others }: { sessionId: string; others: readonly Teammate[] }) {
  const { busy, run } = useRun()
  const [chosen, setChosen] = useState('')
  if (others.length === 0) {
    return <p className="text-sm text-ink-3">Everyone on the team who can review is already in the session.</p>
  }
  const addId = others.some(({ id }) => id === chosen) ? chosen : (others[0]?.id ?? '')
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Select
        label="Add a member"
        fieldClassName="w-64 max-w-full"
        value={addId}
        options={others.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(event) => {
          setChosen(event.currentTarget.value)
        }}
      />
      <Button
        busy={busy === 'add'}
        onClick={() => void run('add', () => putSessionMember(sessionId, addId, firstPart))}
      >
        Add
      </Button>
      {others.length > 1 && (
        <Button
          variant="quiet"
          busy={busy === 'all'}
          onClick={() => {
            void (async () => {
              for (const { id } of others) {
                const answer = await run('all', () => putSessionMember(sessionId, id, firstPart))
                if (!answer.ok) return
              }
            })()
          }}
        >
          Add all {String(others.length)}
        </Button>
      )}
    </div>
  )
}

function isSamePart(one: SessionPart, other: SessionPart): boolean {
  return (
    one.reviews === other.reviews &&
    one.adjudicates === other.adjudicates &&
    one.weight === other.weight &&
    one.quotaDocuments === other.quotaDocuments &&
    one.quotaWords === other.quotaWords
  )
}

/** One member's part in a session. Each change is saved at once. */
function MemberPart({
  shown,
  conflicts,
  busy,
  onChange,
  onRemove,
  onConflicts,
}: {
  shown: SessionMemberView
  /** How many conflicts of interest the member declared. */
  conflicts: number
  busy: boolean
  /** Resolves to whether it was saved. */
  onChange: (part: SessionPart) => Promise<boolean>
  onRemove: () => void
  onConflicts: () => void
}) {
  const { member, ...saved } = shown
  // Shows a change at once, until the saved part equals it or the server refuses it.
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
  // Every member of a session has a part, so the last box cannot be unchecked.
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
        <p className="text-sm text-ink-3">Settles claims and reviews no documents.</p>
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

/** How much a reviewer is given: their weight among the reviewers, and their limits. */
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
