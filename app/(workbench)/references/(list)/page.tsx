import { BookMarked } from 'lucide-react'
import type { Metadata } from 'next'
import { ReferenceTwins } from '@/components/references/reference-actions'
import { referenceTypeNames, typeInWords } from '@/components/references/reference-values'
import { QueryFilters } from '@/components/shell/lists/query-filters'
import { LinkButton } from '@/components/ui/controls/button'
import { Link } from '@/components/ui/controls/link'
import { EmptyState, ShowMore } from '@/components/ui/layout/list-parts'
import { PageHeader } from '@/components/ui/layout/page-header'
import { Parts } from '@/components/ui/layout/parts'
import { Tag } from '@/components/ui/text/tag'
import { dateInWords } from '@/components/ui/text/wording'
import type { ReferenceSummary } from '@/lib/domain/references/schema'
import { mayDo } from '@/lib/server/access/gate'
import { requireActor } from '@/lib/server/auth/current'
import { loadReferences, loadTwins } from '@/lib/server/references/loaders'
import { loadPage, readQuery, type SearchParams, withQuery } from '../../query'

export const metadata: Metadata = { title: 'References' }

const types = [
  { value: '', label: 'Every type' },
  ...Object.entries(referenceTypeNames).map(([value, label]) => ({ value, label })),
]

const orders = [
  { value: '', label: 'Last added first' },
  { value: 'title', label: 'By title' },
  { value: 'used', label: 'Last cited first' },
]

const orderOf = (value: string | undefined) => (value === 'title' || value === 'used' ? value : 'added')

export default async function ReferencesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = readQuery(await searchParams, ['q', 'type', 'order', 'cursor'])
  const actor = await requireActor(withQuery('/references', query))
  const { items, next } = await loadPage(query.cursor, (page) =>
    loadReferences(actor, {
      ...(query.q === undefined ? {} : { q: query.q }),
      ...(query.type === undefined ? {} : { type: query.type }),
      order: orderOf(query.order),
      ...page,
    }),
  )
  const twins = query.cursor === undefined ? await loadTwins(actor) : []
  const isFiltered = query.q !== undefined || query.type !== undefined
  const add = mayDo(actor, 'reference.create') && (
    <LinkButton href="/references/new" variant="primary">
      Add a reference
    </LinkButton>
  )
  return (
    <div className="page-column">
      <PageHeader title="References" actions={add}>
        The library of this workspace: what annotations cite. A reference whose text is kept shows whether a quote
        stands in it word for word.
      </PageHeader>
      {(isFiltered || items.length > 0) && (
        <QueryFilters
          search={{
            name: 'q',
            label: 'Find a reference',
            placeholder: 'Title, author, publisher, address or DOI',
            value: query.q ?? '',
          }}
          selects={[
            { name: 'type', label: 'Type', options: types, value: query.type ?? '' },
            { name: 'order', label: 'Order', options: orders, value: query.order ?? '' },
          ]}
        />
      )}
      {twins.length > 0 && !isFiltered && <ReferenceTwins twins={twins} />}
      {items.length > 0 ? (
        <ReferenceList references={items} />
      ) : isFiltered ? (
        <EmptyState title="No reference matches">Try fewer or other words, or another type.</EmptyState>
      ) : (
        <EmptyState icon={<BookMarked />} title="The library is empty" actions={add}>
          Add what you cite often here, or add it while you read: the panel beside a text makes references too.
        </EmptyState>
      )}
      {(next !== null || query.cursor !== undefined) && (
        <ShowMore
          shown={items.length}
          href={next === null ? '/references' : withQuery('/references', { ...query, cursor: next })}
          label={next === null ? 'Back to the first' : 'Next page'}
        />
      )}
    </div>
  )
}

/** The references of the library as a list: what each is, who made it, when, and whether its text is kept. */
function ReferenceList({ references }: { references: readonly ReferenceSummary[] }) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
      {references.map((reference) => (
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
      ))}
    </ul>
  )
}
