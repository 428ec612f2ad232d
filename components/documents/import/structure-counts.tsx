import { countInWords } from '@/components/ui/text/wording'
import { scopeNames } from '@/components/review/scope-names'
import type { StructureSummary } from '@/lib/domain/text/summary'

/** What was recognised in a text, by count, and the parts that do not count with their first words. */
export function StructureCounts({
  summary,
  wordCount,
  sentenceCount,
}: {
  summary: StructureSummary
  wordCount: number
  sentenceCount: number
}) {
  const counted: [number, string, string?][] = [
    [summary.headings.length, 'heading'],
    [summary.paragraphs, 'paragraph'],
    [summary.lists, 'list'],
    [summary.tables, 'table'],
    [summary.quotes, 'quote'],
    [summary.notes, 'note'],
    [summary.citations, 'citation marker'],
    [summary.links, 'link'],
    [summary.images, 'image'],
    [summary.codeBlocks, 'code block'],
  ]
  const outside = sentenceCount - summary.checkable
  return (
    <div className="grid gap-2 text-ink-2">
      <p>
        <strong className="font-semibold text-ink">{countInWords(wordCount, 'word')}</strong>,{' '}
        {countInWords(summary.checkable, 'sentence')} to decide
        {outside > 0 && `, ${String(outside)} out of scope`}.{' '}
        {counted
          .filter(([count]) => count > 0)
          .map(([count, one]) => countInWords(count, one))
          .join(', ')}
        .
      </p>
      {summary.regions.length > 0 && (
        <ul className="grid gap-1 border-s-2 border-dashed border-line-strong ps-3 text-sm">
          {summary.regions.map((region) => (
            <li key={region.start}>
              <span className="font-medium text-ink">{scopeNames[region.reason]}</span>
              {region.sentences > 0 && ` (${countInWords(region.sentences, 'sentence')})`}:{' '}
              <bdi className="text-ink-3">
                {region.end - region.start > region.opening.length ? `${region.opening}…` : region.opening}
              </bdi>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
