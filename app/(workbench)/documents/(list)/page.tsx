import { FileText } from 'lucide-react'
import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import type { ReactElement } from 'react'
import { DocumentList } from '@/components/documents/document-list'
import { DropAnywhere } from '@/components/documents/drop-anywhere'
import { FirstSteps } from '@/components/shell/lists/first-steps'
import { QueryFilters } from '@/components/shell/lists/query-filters'
import { EmptyState, ShowMore } from '@/components/ui/layout/list-parts'
import { LinkButton } from '@/components/ui/controls/button'
import { PageHeader } from '@/components/ui/layout/page-header'
import { mayDo, type Actor } from '@/lib/server/access/gate'
import { requireActor } from '@/lib/server/auth/current'
import { loadDocuments, loadMyProgress, loadReviewStates, loadDocumentTags } from '@/lib/server/documents/loaders'
import type { SourceView } from '@/lib/domain/sources/schema'
import type { TagView } from '@/lib/domain/tags/schema'
import { foldTag } from '@/lib/domain/tags/tag'
import { firstSteps, hiddenStepsCookie } from '@/lib/domain/members/first-steps'
import { loadFirstSteps } from '@/lib/server/workspaces/loaders'
import { loadSources } from '@/lib/server/sources/loaders'
import { loadPage, readQuery, withQuery, type SearchParams } from '../../query'

export const metadata: Metadata = { title: 'Documents' }

const orders = [
  { value: 'imported', label: 'Last imported first' },
  { value: 'published', label: 'Last published first' },
  { value: 'title', label: 'By title' },
] as const
type DocumentOrder = (typeof orders)[number]['value']

/** A select of the tags in use. A tag that the address names stays in it, even when nothing carries the tag any more. */
function tagSelect(tags: readonly TagView[], tag: string | undefined) {
  const chosen = tag === undefined ? undefined : tags.find(({ name }) => foldTag(name) === foldTag(tag))
  const names =
    tag === undefined || chosen !== undefined ? tags.map(({ name }) => name) : [tag, ...tags.map(({ name }) => name)]
  return {
    name: 'tag',
    label: 'Tag',
    options: [{ value: '', label: 'Every tag' }, ...names.map((name) => ({ value: name, label: name }))],
    value: chosen?.name ?? tag ?? '',
  }
}

interface DocumentFiltersProps {
  query: { q?: string; source?: string; tag?: string }
  sort: DocumentOrder
  sources: readonly SourceView[]
  tags: readonly TagView[]
}

function DocumentFilters({ query: { q = '', source = '', tag }, sort, sources, tags }: DocumentFiltersProps) {
  return (
    <QueryFilters
      search={{ name: 'q', label: 'Find a document', placeholder: 'Title, author or words of the text', value: q }}
      selects={[
        {
          name: 'source',
          label: 'Source',
          options: [
            { value: '', label: 'Every source' },
            ...sources.map(({ id, name }) => ({ value: id, label: name })),
          ],
          value: source,
        },
        ...(tags.length > 0 || tag !== undefined ? [tagSelect(tags, tag)] : []),
        { name: 'sort', label: 'Order', options: orders, value: sort },
      ]}
    />
  )
}

function NoDocuments({ isFiltered, importButton }: { isFiltered: boolean; importButton: ReactElement | null }) {
  if (isFiltered)
    return <EmptyState title="No document matches">Try fewer or other words, another source or tag.</EmptyState>
  return (
    <EmptyState icon={<FileText />} title="No documents yet" actions={importButton}>
      {importButton === null
        ? 'A lead or the owner of this workspace imports them.'
        : 'Paste a text, choose files, or drop them anywhere on this page. You see what was recognised before anything is stored.'}
    </EmptyState>
  )
}

function ImportButton({ source }: { source: string | undefined }) {
  return (
    <LinkButton href={withQuery('/documents/import', { source })} variant="primary">
      Import
    </LinkButton>
  )
}

/** The actions above the list: looking at batches, and importing. */
function ListActions({ actor, source }: { actor: Actor; source: string | undefined }) {
  return (
    <>
      {mayDo(actor, 'job.read') && <LinkButton href="/documents/batches">Batches</LinkButton>}
      {mayDo(actor, 'document.create') && <ImportButton source={source} />}
    </>
  )
}

export default async function DocumentsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = readQuery(await searchParams, ['q', 'source', 'tag', 'sort', 'cursor'])
  const actor = await requireActor(withQuery('/documents', query))
  const { q, source, tag, cursor } = query
  const sort = orders.find(({ value }) => value === query.sort)?.value ?? 'imported'
  const jar = await cookies()
  const filter = {
    ...(q === undefined ? {} : { q }),
    ...(source === undefined ? {} : { sourceId: source }),
    ...(tag === undefined ? {} : { tag }),
  }
  const isFiltered = Object.keys(filter).length > 0
  const [{ items, next }, sources, tags, steps] = await Promise.all([
    loadPage(cursor, (page) => loadDocuments(actor, { ...filter, ...page, sort })),
    loadSources(actor),
    loadDocumentTags(actor),
    jar.get(hiddenStepsCookie)?.value === actor.workspaceId ? null : loadFirstSteps(actor),
  ])
  const reviewStates = await loadReviewStates(actor, items)
  const progress = mayDo(actor, 'annotation.create') ? { decided: await loadMyProgress(actor, items) } : {}
  const mayImport = mayDo(actor, 'document.create')
  const importButton = mayImport ? <ImportButton source={source} /> : null
  return (
    <div className="page-column">
      {mayImport && <DropAnywhere sourceId={source} />}
      <PageHeader title="Documents" actions={<ListActions actor={actor} source={source} />} />
      {steps !== null && steps.length < firstSteps.length && (
        <FirstSteps workspaceId={actor.workspaceId} done={steps} />
      )}
      {(isFiltered || items.length > 0) && (
        <DocumentFilters query={query} sort={sort} sources={sources.items} tags={tags} />
      )}
      {items.length > 0 ? (
        <DocumentList documents={items} sources={sources.items} reviewStates={reviewStates} {...progress} />
      ) : (
        <NoDocuments isFiltered={isFiltered} importButton={importButton} />
      )}
      {(next !== null || cursor !== undefined) && (
        <ShowMore
          shown={items.length}
          href={withQuery('/documents', { ...query, cursor: next ?? undefined })}
          label={next === null ? 'Back to the first' : 'Next page'}
        />
      )}
    </div>
  )
}
