import type { SessionSample } from '../review-sessions/schema'
import type { Sampling } from './review-schema'

/** A session as far as its sample concerns a report. `documents` as in `reportSessionSchema`. */
export interface SampledSession {
  sample: SessionSample | null
  documents: { counted: number; ofSource: number; all: number }
}

const limits = 'The figures speak of the reviewed documents, not of everything this publisher prints.'

function documentsInWords(n: number): string {
  return `${n} ${n === 1 ? 'document' : 'documents'}`
}

/** Whether documents of the source could be drawn: a frame of other sources says nothing about how these were chosen. */
function framesSource({ frame: { sourceIds } }: SessionSample, sourceId: string): boolean {
  return sourceIds.length === 0 || sourceIds.includes(sourceId)
}

/** The frame: "24 documents of this source", "120 documents of any source with “harbour” in …". */
function frameInWords({ frame: { sourceIds, q }, frameSize }: SessionSample): string {
  const of =
    sourceIds.length === 0 ? 'any source' : sourceIds.length === 1 ? 'this source' : `${sourceIds.length} sources`
  const words = q.trim() === '' ? '' : ` with “${q.trim()}” in the title, the author or the text`
  return `${documentsInWords(frameSize)} of ${of}${words}`
}

/**
 * How a session came by its documents, in words: the frame, the method and the seed, or plainly that nothing was drawn. A sample that has lost
 * documents since says so.
 */
export function describeSample({ sample, documents }: SampledSession, sourceId: string): string {
  if (sample === null) return 'Not random: people chose the documents.'
  if (!framesSource(sample, sourceId)) {
    return 'Not random for this source: the sample was drawn from documents of others.'
  }
  const lost = documents.all < sample.size ? ` Only ${documents.all} of them are still in the session.` : ''
  return `Drawn at random: ${sample.size} of ${frameInWords(sample)}, each as likely as any other (simple random sampling without replacement, seed ${sample.seed}).${lost}`
}

/**
 * How the reviewed documents of a source were chosen. They are a random sample when one session drew all of them, the source was in its frame, and
 * none that it drew is missing; two samples together, or a sample with others beside it, are none.
 */
export function judgeSampling(sessions: readonly SampledSession[], source: { id: string; reviewed: number }): Sampling {
  const { id, reviewed: of } = source
  if (of === 0) return { state: 'nothing-reviewed', drawn: 0, of, says: 'No document has been reviewed yet.' }
  const sampled = sessions.filter(
    ({ sample, documents }) => sample !== null && documents.counted > 0 && framesSource(sample, id),
  )
  const drawn = sampled.reduce((sum, { documents }) => sum + documents.counted, 0)
  const [only, another] = sampled
  if (only === undefined || only.sample === null) {
    const says = `Not random: the team chose the ${of === 1 ? 'document' : 'documents'}, nothing was drawn. ${limits}`
    return { state: 'not-random', drawn, of, says }
  }
  const partly = (why: string): Sampling => ({
    state: 'partly-random',
    drawn,
    of,
    says: `Not a random sample: ${why} ${limits}`,
  })
  if (drawn < of) return partly(`${drawn} of ${documentsInWords(of)} were drawn at random, the team chose the others.`)
  if (another !== undefined) {
    return partly(`the documents come from ${sampled.length} samples, which together are not one.`)
  }
  const { sample, documents } = only
  if (documents.counted < documents.ofSource || documents.all < sample.size) {
    return partly('some of the documents that were drawn do not count here.')
  }
  const says = `The documents were drawn at random from ${frameInWords(sample)}, all that the workspace held then. The figures speak of these, not of everything this publisher prints.`
  return { state: 'random', drawn, of, says }
}
