import type { Metadata } from 'next'
import { Link } from '@/components/ui/controls/link'
import { notFound } from 'next/navigation'
import { ImportWorkbench } from '@/components/documents/import/import-workbench'
import { PageHeader } from '@/components/ui/layout/page-header'
import { maxTextBytes } from '@/lib/domain/documents/schema'
import { mayDo } from '@/lib/server/access/gate'
import { requireActor } from '@/lib/server/auth/current'
import { loadSources } from '@/lib/server/sources/loaders'
import { readQuery, withQuery, type SearchParams } from '../../query'

export const metadata: Metadata = { title: 'Import' }

export default async function ImportPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const query = readQuery(await searchParams, ['source', 'page'])
  const actor = await requireActor(withQuery('/documents/import', query))
  if (!mayDo(actor, 'document.create')) notFound()
  const { items } = await loadSources(actor)
  return (
    <div className="page-column">
      <PageHeader title="Import" back={<Link href="/documents">Documents</Link>}>
        Bring in what a source has published. The text is kept exactly as it is; what was recognised in it is shown
        first.
      </PageHeader>
      <ImportWorkbench
        sources={items.map(({ id, name, documentCount }) => ({ id, name, documentCount }))}
        sourceName={items.find(({ id }) => id === query.source)?.name ?? ''}
        mayCreateSource={mayDo(actor, 'source.create')}
        maxBytes={maxTextBytes}
        pageId={query.page ?? null}
      />
    </div>
  )
}
