import { useMemo } from 'react'
import { PassageReader } from '@/components/reader/passage-reader'
import { balanceMarkers, type LooseMarker } from '@/lib/domain/citation-markers/citation-markers'
import { countInWords } from '@/components/ui/text/wording'
import type { DocumentContent } from '@/lib/domain/text/model'
import { scopeRegions, scopeNames } from '@/lib/domain/text/scope'
import type { StructureSummary } from '@/lib/domain/text/summary'
import { buildTextIndex } from '@/lib/domain/text/text-index'

interface StructurePreviewProps {
  content: DocumentContent
  language: string
}

/** The recognised text in the reader. Parts that do not count are folded, with the reason. */
export function StructurePreview({ content, language }: StructurePreviewProps) {
  const folded = useMemo(
    () =>
      scopeRegions(buildTextIndex(content)).map(({ start, end, reason }) => ({
        start,
        end,
        reason,
        label: `Does not count: ${scopeNames[reason]}`,
      })),
    [content],
  )
  return (
    <div
      role="region"
      aria-label="The text as it was recognised"
      tabIndex={0}
      className="max-h-[34rem] overflow-y-auto rounded-md border border-line bg-paper px-5 py-4"
    >
      <PassageReader content={content} language={language} label="The text as it was recognised" folded={folded} />
    </div>
  )
}

/** The parts recognised in a text, by count, and those that do not count with their first words. */
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

/** How many markers lack their entry and how many entries their marker, such as "2 markers without an entry, 11 entries without a marker". */
function nameLoose(loose: readonly LooseMarker[]): string {
  const markers = loose.filter(({ is }) => is === 'marker').length
  const entries = loose.length - markers
  return [
    ...(markers > 0 ? [`${countInWords(markers, 'marker')} without an entry`] : []),
    ...(entries > 0 ? [`${countInWords(entries, 'entry', 'entries')} without a marker`] : []),
  ].join(', ')
}

/**
 * How many citation markers of a text match an entry of its own list, and which markers and entries are unmatched. Renders nothing without markers.
 */
export function MarkerBalance({ content }: { content: DocumentContent }) {
  const { count, resolved, loose } = useMemo(() => balanceMarkers(content), [content])
  if (count === 0) return null
  return (
    <section aria-label="Citation markers" className="grid gap-1.5 text-ink-2">
      <p>
        {resolved === count
          ? `${countInWords(count, 'citation marker')}, ${count === 1 ? 'with its entry' : 'each with its entry'}.`
          : `${String(resolved)} of ${countInWords(count, 'citation marker')} ${resolved === 1 ? 'has its entry' : 'have their entries'}.`}
      </p>
      {loose.length > 0 && (
        <details>
          <summary className="w-fit rounded-sm text-sm font-medium text-accent">{nameLoose(loose)}</summary>
          <ul className="mt-1.5 grid max-h-60 gap-1 overflow-y-auto text-sm">
            {loose.map(({ start, words }) => (
              <li key={`${String(start)} ${words}`} className="[overflow-wrap:anywhere]">
                <bdi>{words}</bdi>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
