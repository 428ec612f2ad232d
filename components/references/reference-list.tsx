import { Link } from '@/components/ui/controls/link'
import { dateInWords } from '@/components/ui/text/wording'
import { Parts } from '@/components/ui/layout/parts'
import { Tag } from '@/components/ui/text/tag'
import type { ReferenceSummary } from '@/lib/domain/references/schema'
import { typeInWords } from './reference-values'

/** The library's items as a list: what each is, who made it, when, and whether its text is kept. */
export function ReferenceList({ references }: { references: readonly ReferenceSummary[] }) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
      {references.map((reference) => {
        return (
          <li
            key={reference.id}
            className="relative flex flex-wrap items-start justify-between gap-x-6 gap-y-1 px-4 py-3 hover:bg-hover/60"
          >
            <div className="grid min-w-0 flex-1 basis-80 gap-0.5">
              <Link
                href={`/references/${reference.id}`}
                className="w-fit max-w-full font-serif text-md font-medium text-ink before:absolute before:inset-0 hover:underline"
              >
                <span dir="auto">{reference.title}</span>
              </Link>
              <p className="text-ink-3">
                <Parts parts={[reference.author, reference.publisher, dateInWords(reference.issued)]} />
              </p>
            </div>
            <div className="flex flex-wrap items-center gap-1.5 pt-0.5">
              {reference.hasSnapshot && <Tag tone="accent">Text kept</Tag>}
              <Tag>{typeInWords(reference.type)}</Tag>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
