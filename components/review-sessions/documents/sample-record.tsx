import { LocalTime } from '@/components/ui/text/local-time'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import type { SessionSample } from '@/lib/domain/review-sessions/schema'

/** What a sample was drawn from, in words: "all documents of The Coastal Herald with “harbour”". */
export function frameInWords(
  { sourceIds, q }: SessionSample['frame'],
  sources: readonly { id: string; name: string }[],
): string {
  const names = sourceIds.map((id) => sources.find((source) => source.id === id)?.name ?? 'a source that is gone')
  return `all documents${names.length === 0 ? '' : ` of ${names.join(', ')}`}${q.trim() === '' ? '' : ` with “${q}”`}`
}

/** How the documents of a session were drawn, as it is recorded. */
export function SampleRecord({
  sample: { frame, frameSize, size, seed, drawnAt, frameSha256 },
  sources,
  count,
}: {
  sample: SessionSample
  sources: readonly { id: string; name: string }[]
  /** How many documents the session has now. */
  count: number
}) {
  return (
    <div className="grid gap-1 rounded-md bg-sunken px-3.5 py-2.5 text-sm">
      <p dir="auto">
        <strong className="font-medium">A random sample:</strong> {numberInWords(size)} of{' '}
        {countInWords(frameSize, 'document')}, drawn from {frameInWords(frame, sources)} on{' '}
        <LocalTime instant={drawnAt} />.{count !== size && ` ${numberInWords(count)} are left in the session.`}
      </p>
      <p className="text-ink-2">
        Seed {String(seed)}, frame <code className="font-mono text-xs">{frameSha256.slice(0, 12)}</code>. Both are
        recorded, so that anyone can draw the same sample again.
      </p>
    </div>
  )
}
