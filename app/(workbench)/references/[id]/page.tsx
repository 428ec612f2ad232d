import type { Metadata } from 'next'
import { Link } from '@/components/ui/controls/link'
import { cache } from 'react'
import { ReferenceActions } from '@/components/references/reference-actions'
import { ReferenceDetail } from '@/components/references/reference-detail'
import { PageHeader } from '@/components/ui/layout/page-header'
import { requireActor } from '@/lib/server/auth/current'
import { loadOrNotFound } from '@/lib/server/http/pages'
import { loadCitedPlaces, loadReference } from '@/lib/server/references/loaders'

interface Props {
  params: Promise<{ id: string }>
}

// Cached so that the title and the page show one reference.
const reference = cache(async (id: string) =>
  loadOrNotFound(loadReference(await requireActor(`/references/${id}`), id)),
)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await reference((await params).id)).title }
}

export default async function ReferencePage({ params }: Props) {
  const { id } = await params
  const shown = await reference(id)
  const places = await loadCitedPlaces(await requireActor(`/references/${id}`), id)
  return (
    <div className="page-column">
      <PageHeader
        title={shown.title}
        back={<Link href="/references">References</Link>}
        actions={<ReferenceActions reference={shown} />}
      />
      <ReferenceDetail reference={shown} places={places} />
    </div>
  )
}
