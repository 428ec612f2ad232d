import { setImmediate as pause } from 'node:timers/promises'
import { z } from 'zod'
import { keysOfSketch, sketchText, type Sketch } from '@/lib/domain/likeness/sketch'
import { buildTextIndex } from '@/lib/domain/text/text-index'
import { transact } from '../db/write'
import { database, type Transaction } from '../db/client'
import { logger } from '../log'
import { storedContent } from '../marking/revision-facts'

const sketchSchema = z.array(z.number().int())

/** A sketch as it is stored. */
export function storedSketch(stored: unknown): Sketch {
  return sketchSchema.parse(stored)
}

/** Part of a write: stores the sketch of a revision. */
export async function insertSketch(
  tx: Transaction,
  { workspaceId, revisionId, sketch }: { workspaceId: string; revisionId: string; sketch: Sketch },
): Promise<void> {
  await tx.textSketch.create({ data: { workspaceId, revisionId, hashes: [...sketch] }, select: { revisionId: true } })
  const keys = keysOfSketch(sketch).map((hash) => ({ workspaceId, revisionId, hash }))
  if (keys.length > 0) await tx.textSketchKey.createMany({ data: keys })
}

/**
 * Stores the sketches of revisions that lack one, as those of older versions do. Until then, texts like them are not found. Safe to run in several
 * processes at once. Returns the number of revisions.
 */
export async function sketchRevisions(): Promise<number> {
  const { read } = await database()
  let count = 0
  for (;;) {
    const revision = await read.revision.findFirst({
      where: { sketch: { is: null } },
      select: { id: true, workspaceId: true, content: true },
    })
    if (revision === null) return count
    const { id: revisionId, workspaceId, content } = revision
    const sketch = sketchText(buildTextIndex(storedContent(content)))
    await transact(async (tx) => {
      if ((await tx.textSketch.count({ where: { workspaceId, revisionId } })) > 0) return
      await insertSketch(tx, { workspaceId, revisionId, sketch })
    })
    count += 1
    await pause()
  }
}

/** Runs `sketchRevisions` in the background on this process's database. */
export function sketchOldRevisions(): void {
  sketchRevisions().catch((error: unknown) => {
    logger().error({ err: error }, 'Older revisions could not be prepared for finding texts that are like them')
  })
}
