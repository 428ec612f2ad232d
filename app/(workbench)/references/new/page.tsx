import type { Metadata } from 'next'
import { Link } from '@/components/ui/controls/link'
import { notFound } from 'next/navigation'
import { ReferenceEditor } from '@/components/references/reference-editor'
import { PageHeader } from '@/components/ui/layout/page-header'
import { mayDo } from '@/lib/server/access/gate'
import { requireActor } from '@/lib/server/auth/current'

export const metadata: Metadata = { title: 'New reference' }

export default async function NewReferencePage() {
  const actor = await requireActor('/references/new')
  if (!mayDo(actor, 'reference.create')) notFound()
  return (
    <div className="page-column max-w-[50rem]!">
      <PageHeader title="New reference" back={<Link href="/references">References</Link>} />
      <ReferenceEditor />
    </div>
  )
}
