import { anchorSpans, type Anchored } from '@/lib/domain/anchoring/anchor-spans'
import { diffRevisions, type BlockChange, type DiffableText } from '@/lib/domain/anchoring/diff-revisions'
import { DomainError } from '@/lib/domain/errors'
import type { TextRange } from '@/lib/domain/ranges/text-range'
import { logger } from '../log'
import { readers } from './read-apart'
import type { Comparison } from './reader-messages'

/** Texts that have no more UTF-16 code units together are compared where they are: it takes less time than sending them. */
const short = 200_000

/**
 * Compares texts as `diffRevisions` does; long ones in a process of its own, so that the server answers others in the meantime.
 * @param caller who wants to know; one caller never takes all readers
 * @throws DomainError `unavailable` when too much waits to be read or compared, or it takes too long.
 */
export async function diffApart(before: DiffableText, after: DiffableText, caller: string): Promise<BlockChange[]> {
  if (before.text.length + after.text.length <= short) return diffRevisions(before, after)
  const plain = ({ text, blocks }: DiffableText) => ({ text, blocks: blocks.map(({ start, end }) => ({ start, end })) })
  return JSON.parse(
    await compareApart({ kind: 'diff', before: plain(before), after: plain(after) }, caller),
  ) as BlockChange[]
}

/** Finds spans again as `anchorSpans` does, where `diffApart` would compare. @throws DomainError as `diffApart`. */
export async function anchorApart(
  { before, after, spans }: { before: string; after: string; spans: readonly TextRange[] },
  caller: string,
): Promise<Anchored[]> {
  if (spans.length === 0 || before.length + after.length <= short) return anchorSpans(before, after, spans)
  const ranges = spans.map(({ start, end }) => ({ start, end }))
  return JSON.parse(await compareApart({ kind: 'anchor', before, after, spans: ranges }, caller)) as Anchored[]
}

/** What a reader found, as JSON. */
async function compareApart(comparison: Comparison, caller: string): Promise<string> {
  const reading = await readers().read({ comparison }, { caller })
  if (reading.kind === 'compared') return new TextDecoder().decode(reading.json)
  logger().error({ reading: reading.kind }, 'Two texts could not be compared')
  throw new DomainError('unavailable', 'These texts cannot be compared at the moment. Try again in a minute.', {
    retryAfter: 60,
  })
}
