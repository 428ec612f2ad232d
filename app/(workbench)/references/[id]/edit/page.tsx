import type { Metadata } from 'next'
import { Link } from '@/components/ui/controls/link'
import { notFound } from 'next/navigation'
import { ReferenceEditor } from '@/components/references/reference-editor'
import { PageHeader } from '@/components/ui/layout/page-header'
import { requireActor } from '@/lib/server/auth/current'
import { loadOrNotFound } from '@/lib/server/http/pages'
import { loadReference } from '@/lib/server/references/loaders'

export const metadata: Metadata = { title: 'Edit reference' }

export default async function EditReferencePage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const actor = await requireActor(`/references/${id}/edit`)
  const reference = await loadOrNotFound(loadReference(actor, id))
  if (!reference.may.update) notFound()
  return (
    <div className="page-column max-w-[50rem]!">
      <PageHeader title="Edit reference" back={<Link href={`/references/${id}`}>{reference.title}</Link>} />
      <ReferenceEditor reference={reference} />
    </div>
  )
}
