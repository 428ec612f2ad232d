/** The sample workspace as typed data: reads the files of this folder and checks their shape, without a database or ids. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { roles } from '@/lib/domain/access/policy'
import { ratings, stances } from '@/lib/domain/annotations/rating'
import { verdictReasonCodes } from '@/lib/domain/claims/verdict'
import { cslSchema } from '@/lib/domain/references/schema'
import { protocolSchema } from '@/lib/domain/review-sessions/protocol'

const keySchema = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)

const workspaceSchema = z.strictObject({
  name: z.string().min(1),
  members: z.array(z.strictObject({ key: keySchema, name: z.string().min(1), email: z.email(), role: z.enum(roles) })),
})

const documentSchema = z.strictObject({
  /** The document's key, which is also the name of its review file. */
  slug: keySchema,
  /** Path below `documents/`. */
  file: z.string().min(1),
  title: z.string().min(1),
  author: z.string(),
  publishedOn: z.iso.date(),
  language: z.string().min(2),
  url: z.url(),
})

const sourceSchema = z.strictObject({
  slug: keySchema,
  name: z.string().min(1),
  kind: z.string().min(1),
  homepage: z.url(),
  description: z.string().min(1),
  documents: z.array(documentSchema).min(1),
})

const referenceSchema = z.strictObject({
  key: keySchema,
  csl: z.strictObject(cslSchema.shape),
  snapshotOn: z.iso.date().optional(),
  snapshotText: z.string().min(1).optional(),
})

const citationSchema = z.strictObject({
  reference: keySchema,
  stance: z.enum(stances),
  quote: z.string().min(1),
  locator: z.string().default(''),
})

const quotedSchema = z.strictObject({
  exact: z.string().min(1),
  /** Counted from 1; left out when the words occur only once. */
  occurrence: z.number().int().min(1).optional(),
})

const annotationSchema = quotedSchema.extend({
  rating: z.enum(ratings),
  flags: z.array(z.enum(['disputed', 'partial'])).default([]),
  note: z.string().default(''),
  tags: z.array(z.string()).default([]),
  /** True when the evidence is missing on purpose. */
  draft: z.boolean().default(false),
  citations: z.array(citationSchema).default([]),
})

const reviewSchema = z.strictObject({
  reviewer: keySchema,
  reviewedOn: z.iso.date(),
  status: z.enum(['in-progress', 'submitted']),
  /** Decides every checkable sentence without an annotation of this reviewer as "no claim here". */
  decideRest: z.boolean(),
  annotations: z.array(annotationSchema),
  noClaims: z.array(quotedSchema).default([]),
})

/** A comment on words of the document, and the replies. */
const discussionSchema = quotedSchema.extend({
  comments: z.array(z.strictObject({ by: keySchema, body: z.string().min(1) })).min(1),
})

const documentReviewsSchema = z.strictObject({
  document: keySchema,
  reviews: z.array(reviewSchema).min(1),
  discussions: z.array(discussionSchema).default([]),
})

const verdictSchema = z.strictObject({
  document: keySchema,
  /** Words at the start of the claim. */
  claim: z.string().min(1),
  /** Null when the words are no claim. */
  rating: z.enum(ratings).nullable(),
  flags: z.array(z.enum(['disputed', 'partial'])).default([]),
  reason: z.enum(verdictReasonCodes),
  words: z.string().default(''),
})

const sessionSchema = z.strictObject({
  name: z.string().min(1),
  question: z.string(),
  guidelines: z.string(),
  protocol: protocolSchema,
  /** The due date, in days from the installation. */
  dueInDays: z.number().int().min(1),
  adjudicators: z.array(keySchema).min(1),
  reviewers: z.array(keySchema).min(1),
  /** The documents in order, each with its reviewers. */
  documents: z.array(z.strictObject({ document: keySchema, assigned: z.array(keySchema) })).min(1),
  /** A session in progress stays active; a finished one is adjudicated by its first adjudicator and closed. */
  state: z.enum(['active', 'closed']),
  /** In a finished session, the verdicts on claims that its reviewers rate differently. Other claims get the rating that the reviewers share. */
  verdicts: z.array(verdictSchema).default([]),
})

export type SampleWorkspace = z.infer<typeof workspaceSchema>
export type SampleSource = z.infer<typeof sourceSchema>
export type SampleDocument = z.infer<typeof documentSchema>
export type SampleReference = z.infer<typeof referenceSchema>
export type SampleAnnotation = z.infer<typeof annotationSchema>
export type SampleReview = z.infer<typeof reviewSchema>
export type SampleSession = z.infer<typeof sessionSchema>
export type SampleVerdict = z.infer<typeof verdictSchema>
export type SampleQuoted = z.infer<typeof quotedSchema>

/** The reviews of one document; `document` is the document's slug. */
export type SampleDocumentReviews = z.infer<typeof documentReviewsSchema>

/** The content of the sample workspace, except the bytes of the documents. */
export interface Sample {
  workspace: SampleWorkspace
  sources: SampleSource[]
  references: SampleReference[]
  /** In the order of the file names; a document that nobody has opened has no reviews. */
  reviews: SampleDocumentReviews[]
  sessions: SampleSession[]
}

async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'))
}

/**
 * Reads the sample from `folder`, by default this one.
 * @throws ZodError when a file does not have the expected shape
 */
export async function loadSample(folder: string): Promise<Sample> {
  const reviewFiles = (await readdir(join(folder, 'reviews'))).filter((name) => name.endsWith('.json')).sort()
  return {
    workspace: workspaceSchema.parse(await readJson(join(folder, 'workspace.json'))),
    sources: z.array(sourceSchema).parse(await readJson(join(folder, 'sources.json'))),
    references: z.array(referenceSchema).parse(await readJson(join(folder, 'references.json'))),
    sessions: z.array(sessionSchema).parse(await readJson(join(folder, 'sessions.json'))),
    reviews: await Promise.all(
      reviewFiles.map(async (name) => documentReviewsSchema.parse(await readJson(join(folder, 'reviews', name)))),
    ),
  }
}

/** The bytes of one document, as they would be uploaded. */
export async function readSampleDocument(folder: string, document: SampleDocument): Promise<Uint8Array> {
  return await readFile(join(folder, 'documents', document.file))
}

/** The range of quoted words in a document's text: UTF-16 code units, half-open. */
export interface QuotedRange {
  start: number
  end: number
}

/**
 * Finds quoted words in a document's canonical text. Null when they do not occur, when the wanted occurrence does not exist, or when they occur more
 * than once and no `occurrence` is given.
 */
export function findQuoted(text: string, { exact, occurrence }: SampleQuoted): QuotedRange | null {
  const starts: number[] = []
  for (let at = text.indexOf(exact); at !== -1; at = text.indexOf(exact, at + 1)) starts.push(at)
  const start = occurrence === undefined && starts.length > 1 ? undefined : starts[(occurrence ?? 1) - 1]
  return start === undefined ? null : { start, end: start + exact.length }
}

/** The value of a key that the sample must define. @throws Error when it does not. */
export function takeKey<V>(map: ReadonlyMap<string, V>, key: string): V {
  const value = map.get(key)
  if (value === undefined) throw new Error(`The sample names "${key}", which it does not define.`)
  return value
}
