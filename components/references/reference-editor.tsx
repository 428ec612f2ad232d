'use client'

import { useRouter } from 'next/navigation'
import { showToast } from '@/components/ui/overlays/toast-store'
import { callApi } from '@/lib/client/api/call'
import type { ReferenceView } from '@/lib/domain/references/schema'
import { ReferenceForm } from './reference-form'
import { newId } from '@/lib/client/new-id'

/** The page form of a reference: makes a new one, or changes the one it is given. */
export function ReferenceEditor({
  reference,
}: {
  reference?: Pick<ReferenceView, 'id' | 'csl' | 'snapshotText' | 'version'> | undefined
}) {
  const router = useRouter()
  return (
    <ReferenceForm
      initial={reference}
      autoFocus={reference === undefined}
      submitLabel={reference === undefined ? 'Add to the library' : 'Save'}
      onCancel={() => {
        router.back()
      }}
      onSubmit={async (draft) => {
        const answer = await callApi<ReferenceView>(
          reference === undefined
            ? { method: 'POST', path: '/api/v1/references', body: { id: newId(), ...draft } }
            : { method: 'PATCH', path: `/api/v1/references/${reference.id}`, body: draft, ifMatch: reference.version },
        )
        if (!answer.ok) {
          return answer.code === 'version-mismatch'
            ? {
                message:
                  'Somebody changed this reference meanwhile. Copy what you wrote, reload the page and edit again.',
                fields: [],
              }
            : answer
        }
        showToast(reference === undefined ? 'Added to the library.' : 'Saved.')
        router.push(`/references/${answer.value.id}`)
        router.refresh()
        return null
      }}
    />
  )
}
