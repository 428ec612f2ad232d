import { confirmClaim } from '@/lib/domain/claims/confirm'
import type { BulkVerdictsInput, BulkVerdictsView } from '@/lib/domain/claims/schema'
import { agreementOf } from '@/lib/domain/claims/votes'
import type { Permit } from '../access/gate'
import { countClaims, findClaims } from '../claims/data'
import { obstacleOf } from '../claims/present'
import type { ClaimRow } from '../claims/rows'
import { assertMaySettle, readClaimAccess, type ClaimAccess } from '../visibility/claims'
import { write } from '../db/write'
import { lockSession } from '../visibility/sessions'
import { storeVerdict, type CheckedVerdict } from './store'

type Judged = { ok: true; row: ClaimRow; verdict: CheckedVerdict } | { ok: false; why: string }

function judge(
  row: ClaimRow | undefined,
  { version, access, memberId }: { version: number; access: ClaimAccess; memberId: string },
): Judged {
  if (row === undefined) return { ok: false, why: 'There is no such claim in this session.' }
  if (row.verdict !== null) return { ok: false, why: `${row.verdict.deciderName} has decided it.` }
  if (row.version !== version) return { ok: false, why: 'It changed since you saw it. Look at it again.' }
  const obstacle = obstacleOf(row, access, memberId)
  if (obstacle !== null) return { ok: false, why: obstacle }
  const agreement = agreementOf(row.votes, row.reviewers)
  const confirmation = confirmClaim({ votes: row.votes, agreement }, access.protocol)
  if (!confirmation.ok) return confirmation
  const { rating, reason, words } = confirmation
  const citations = confirmation.citations.map(({ reference, stance, quote, locator }) => ({
    referenceId: reference.id,
    stance,
    quote,
    locator,
  }))
  return { ok: true, row, verdict: { rating, reason, words, citations, disputed: false, partial: false, inBulk: true } }
}

/**
 * Confirms claims on which all reviewers agree, each with their rating, evidence and notes. One transaction: all that are confirmed are stored
 * together or none is. What cannot be confirmed (decided or changed since, own, flagged, without evidence) is left as it is and named with why.
 * @throws DomainError `not-found` for the session; `forbidden` and `conflict` as `assertMaySettle`.
 */
export async function confirmClaims(
  permit: Permit<'verdict.decide'>,
  { sessionId, input }: { sessionId: string; input: BulkVerdictsInput },
): Promise<BulkVerdictsView> {
  const { memberId } = permit.actor
  return write(permit, async (context) => {
    const { tx } = context
    await lockSession(tx, { workspaceId: permit.workspaceId, id: sessionId })
    const access = await readClaimAccess(tx, permit, sessionId)
    assertMaySettle(access)
    const wanted = new Map(input.claims.map(({ id, version }) => [id, version]))
    const rows = await findClaims(tx, permit, { sessionId, ids: [...wanted.keys()] })
    const rowOf = new Map(rows.map((row) => [row.id, row]))
    const result: Omit<BulkVerdictsView, 'counts'> = { confirmed: [], skipped: [] }
    for (const [id, version] of wanted) {
      const judged = judge(rowOf.get(id), { version, access, memberId })
      if (!judged.ok) result.skipped.push({ id, why: judged.why })
      else if (await storeVerdict(context, permit, judged)) result.confirmed.push({ id, version: version + 1 })
      else result.skipped.push({ id, why: 'It changed since you saw it. Look at it again.' })
    }
    return { ...result, counts: await countClaims(tx, permit, sessionId) }
  })
}
