import { z } from 'zod'
import { openDraftShelf, type DraftShelf } from '@/lib/client/drafts/draft-storage'
import { ratings } from '@/lib/domain/annotations/rating'
import { evidenceViewSchema } from '@/lib/domain/claims/schema'
import { verdictReasonCodes } from '@/lib/domain/claims/verdict'
import type { Draft } from './draft'

const draftSchema = z.object({
  base: z.number().int(),
  rating: z.enum(ratings).nullable().optional(),
  disputed: z.boolean(),
  partial: z.boolean(),
  reason: z.enum(verdictReasonCodes).nullable(),
  words: z.string(),
  citations: z.array(evidenceViewSchema),
})

function readDraft(value: unknown): Draft | null {
  const parsed = draftSchema.safeParse(value)
  return parsed.success ? { ...parsed.data, rating: parsed.data.rating } : null
}

/** Opens the verdicts being made of a group on this device. A module of its own, because the page comes before what is kept. @throws when the browser keeps nothing. */
export function openKeptDrafts(group: string): Promise<DraftShelf<Draft>> {
  return openDraftShelf(group, { read: readDraft })
}
