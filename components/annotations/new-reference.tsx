'use client'

import { lazy, Suspense } from 'react'
import { callApi } from '@/lib/client/api/call'
import { newId } from '@/lib/client/new-id'
import type { ReferenceSummary, ReferenceView } from '@/lib/domain/references/schema'

const ReferenceForm = lazy(() =>
  import('@/components/references/reference-form').then((module) => ({ default: module.ReferenceForm })),
)

/** Makes a reference in the library so that it can be cited at once. */
export function NewReference({
  title,
  onCancel,
  onMade,
}: {
  title: string
  onCancel: () => void
  onMade: (reference: ReferenceSummary) => void
}) {
  return (
    <Suspense fallback={<p className="text-sm text-ink-3">Opening the form…</p>}>
      <ReferenceForm
        compact
        autoFocus
        prefill={{ title }}
        submitLabel="Create and cite"
        onCancel={onCancel}
        onSubmit={async ({ csl, snapshotText }) => {
          const result = await callApi<ReferenceView>({
            method: 'POST',
            path: '/api/v1/references',
            body: { id: newId(), csl, snapshotText },
          })
          if (!result.ok) return { message: result.message, fields: result.fields }
          onMade(summaryOf(result.value))
          return null
        }}
      />
    </Suspense>
  )
}

function summaryOf({
  id,
  type,
  title,
  author,
  publisher,
  issued,
  doi,
  url,
  hasSnapshot,
}: ReferenceView): ReferenceSummary {
  return { id, type, title, author, publisher, issued, doi, url, hasSnapshot }
}
