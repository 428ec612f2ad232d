'use client'

import { useState } from 'react'
import { ConflictsDialog } from '@/components/assignments/conflicts-dialog'
import { Button } from '@/components/ui/controls/button'
import { Select } from '@/components/ui/controls/select'
import { countInWords } from '@/components/ui/text/wording'
import { deleteSessionMember, putSessionMember } from '@/lib/client/api/review-sessions'
import type { ConflictView } from '@/lib/domain/conflicts-of-interest/schema'
import type { SessionMemberView, SessionPart } from '@/lib/domain/review-sessions/schema'
import { MemberPart } from './member-part'
import { PlanSection } from '../plan/plan-section'
import { useRun } from '@/components/shell/use-run'

/** Someone of the team who may take part in a session. */
export interface Teammate {
  id: string
  name: string
}

const firstPart: SessionPart = { reviews: true, adjudicates: false, weight: 1, quotaDocuments: null, quotaWords: null }

/** Who takes part: reviewing, adjudicating, how much, and what they must not be given. */
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
  /** Without the sheet around, for a dialog. */
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

/** Adds someone of the team who is not in the session yet, or all of them. */
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
