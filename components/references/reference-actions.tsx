'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { deleteWithUndo } from '@/components/shell/lists/delete-with-undo'
import { Button } from '@/components/ui/controls/button'
import { LinkButton } from '@/components/ui/controls/link-button'
import type { ReferenceView } from '@/lib/domain/references/schema'

/** What can be done to a reference. */
export function ReferenceActions({
  reference,
}: {
  reference: Pick<ReferenceView, 'id' | 'title' | 'version' | 'may'>
}) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const remove = async () => {
    setBusy(true)
    await deleteWithUndo({
      path: `/api/v1/references/${reference.id}`,
      version: reference.version,
      name: reference.title,
      after: (state) => {
        router.push(state === 'deleted' ? '/references' : `/references/${reference.id}`)
        router.refresh()
      },
    })
    setBusy(false)
  }
  return (
    <>
      {reference.may.delete && (
        <Button variant="quiet" busy={busy} onClick={() => void remove()}>
          Delete
        </Button>
      )}
      {reference.may.update && <LinkButton href={`/references/${reference.id}/edit`}>Edit</LinkButton>}
    </>
  )
}
