import { batchItemSchema, type BatchItem, type ItemDecision } from '@/lib/domain/batches/schema'
import { DomainError } from '@/lib/domain/errors'
import { jobResultSchema, type JobItemState, type JobView } from '@/lib/domain/jobs/schema'
import type { Permit } from '../access/gate'
import { asJson } from '../db/json'
import { write } from '../db/write'
import { lockJob, readWithin, reopenJob, waitingAgain } from '../jobs/mutations'

const decidable: JobItemState[] = ['undecided', 'skipped']

/** What an item is told by a decision. */
function decide(input: BatchItem, decision: ItemDecision, foundId: string | undefined): BatchItem {
  const { reviseId: _before, ...rest } = input
  return decision === 'revise' && foundId !== undefined
    ? { ...rest, decision, reviseId: foundId }
    : { ...rest, decision }
}

/**
 * Says what becomes of items that are like documents here: those named, which wait for a decision or were skipped, or all that wait for one. They are
 * done in the name of the permit's actor.
 * @throws DomainError `not-found`, and `conflict` when nothing of it is to be decided.
 */
export async function decideItems(
  permit: Permit<'job.update'>,
  { jobId, decision, items }: { jobId: string; decision: ItemDecision; items?: readonly string[] | undefined },
): Promise<JobView> {
  const { workspaceId } = permit
  return write(permit, async (context) => {
    const { tx, record } = context
    await lockJob(context, permit, jobId)
    const which =
      items === undefined ? { state: 'undecided' as const } : { id: { in: [...items] }, state: { in: decidable } }
    const rows = await tx.jobItem.findMany({
      where: { workspaceId, jobId, job: { kind: 'import' }, ...which },
      select: { id: true, input: true, result: true },
    })
    if (rows.length === 0)
      throw new DomainError(
        'conflict',
        'Nothing of this waits for a decision. Look at the batch again: it may have been decided in the meantime.',
      )
    if (decision === 'skip')
      await tx.jobItem.updateMany({
        where: { workspaceId, id: { in: rows.map(({ id }) => id) } },
        data: { state: 'skipped' },
      })
    else {
      for (const { id, input, result } of rows) {
        const told = decide(batchItemSchema.parse(input), decision, jobResultSchema.parse(result).found?.id)
        await tx.jobItem.updateMany({
          where: { workspaceId, id },
          data: { ...waitingAgain(permit), input: asJson(told) },
        })
      }
      await reopenJob(context, permit, jobId)
    }
    record({ type: 'job.decided', subjectId: jobId, data: { after: { decision, items: rows.length } } })
    return readWithin(context, permit, jobId)
  })
}
