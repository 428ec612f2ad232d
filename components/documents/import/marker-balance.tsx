import { useMemo } from 'react'
import { balanceMarkers } from '@/components/review/markers/loose-markers'
import { countInWords } from '@/components/ui/text/wording'
import type { DocumentContent } from '@/lib/domain/text/model'

/** How many citation markers of a text have their entry in its own list, and which markers and entries lack each other. Nothing where there are no markers. */
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
          <summary className="w-fit rounded-sm text-sm font-medium text-accent">
            {countInWords(loose.length, 'marker or entry', 'markers or entries')} without the other
          </summary>
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
