'use client'

import { useRouter } from 'next/navigation'
import { Suspense, useState } from 'react'
import { deleteWithUndo } from '@/components/shell/lists/delete-with-undo'
import { IconButton } from '@/components/ui/controls/button'
import { Menu, type MenuItem } from '@/components/ui/overlays/menu'
import type { CallFailure } from '@/lib/client/api/call'
import type { DocumentView } from '@/lib/domain/documents/schema'
import { lazyPart } from '@/lib/client/lazy-part'
import { Icon } from '@/components/ui/icon'

const AboutDialog = lazyPart(() => import('@/components/provenance/about-dialog').then((part) => part.default))
const DetailsDialog = lazyPart(() => import('./document-dialogs').then((part) => part.DetailsDialog))

const WithdrawDialog = lazyPart(() => import('./document-dialogs').then((part) => part.WithdrawDialog))

/** Whether deleting was refused because a closed session assessed the document; then it can be withdrawn. */
function isAssessed({ current }: CallFailure): boolean {
  return typeof current === 'object' && current !== null && 'assessed' in current && current.assessed === true
}

/** The actions on a document of a list. */
export function DocumentMenu({
  document: shown,
  sources,
}: {
  document: DocumentView
  sources: readonly { id: string; name: string }[]
}) {
  const router = useRouter()
  // The saved document is newer than the list until the list is loaded again.
  const [saved, setSaved] = useState(shown)
  const document = saved.id === shown.id && saved.version > shown.version ? saved : shown
  const [about, setAbout] = useState<'never' | 'open' | 'closed'>('never')
  const [refusal, setRefusal] = useState<string | null>(null)
  const [editing, setEditing] = useState<'never' | 'open' | 'closed'>('never')
  const items = itemsOf(document, {
    onAbout: () => {
      setAbout('open')
    },
    onEdit: () => {
      setEditing('open')
    },
    onDeleted: () => {
      router.refresh()
    },
    onAssessed: setRefusal,
  })
  return (
    <>
      <Menu
        label={`Actions for ${document.title}`}
        align="end"
        items={items}
        trigger={(props) => (
          <IconButton {...props} label={`Actions for ${document.title}`} size="small" icon={<Icon name="more" />} />
        )}
      />
      {about !== 'never' && (
        <Suspense>
          <AboutDialog
            document={document}
            open={about === 'open'}
            onClose={() => {
              setAbout('closed')
            }}
          />
        </Suspense>
      )}
      {refusal !== null && (
        <Suspense>
          <WithdrawDialog
            document={document}
            why={refusal}
            onClose={() => {
              setRefusal(null)
            }}
            onWithdrawn={() => {
              setRefusal(null)
              router.refresh()
            }}
          />
        </Suspense>
      )}
      {editing !== 'never' && (
        <Suspense>
          <DetailsDialog
            document={document}
            sources={sources}
            open={editing === 'open'}
            onClose={() => {
              setEditing('closed')
            }}
            onSaved={(now) => {
              setEditing('closed')
              setSaved(now)
              router.refresh()
            }}
          />
        </Suspense>
      )}
    </>
  )
}

/**
 * The items of the menu, by what the member may do. `onAssessed` gets the server's reason when a document was not deleted because a closed session
 * assessed it.
 */
function itemsOf(
  document: DocumentView,
  {
    onAbout,
    onEdit,
    onDeleted,
    onAssessed,
  }: Record<'onAbout' | 'onEdit' | 'onDeleted', () => void> & { onAssessed: (why: string) => void },
): MenuItem[] {
  return [
    { kind: 'link', label: 'Read and annotate', href: `/documents/${document.id}` },
    { kind: 'link', label: 'About the source', href: `/sources/${document.source.id}` },
    {
      kind: 'action',
      label: 'About this document',
      onSelect: onAbout,
    },
    ...(document.revision.number > 1
      ? [{ kind: 'link' as const, label: 'What has changed', href: `/documents/${document.id}/changes` }]
      : []),
    {
      kind: 'action',
      label: 'Export annotations',
      onSelect: () => {
        // A download leaves the page where it is.
        window.location.assign(
          new URL(`/api/v1/revisions/${document.revision.id}/annotations/export`, window.location.origin),
        )
      },
    },
    ...(document.may.update
      ? [
          ...(document.url === ''
            ? []
            : [
                {
                  kind: 'link' as const,
                  label: 'Check for changes',
                  href: `/documents/${document.id}/revise?check=page`,
                },
              ]),
          { kind: 'link' as const, label: 'Bring in a later text', href: `/documents/${document.id}/revise` },
          {
            kind: 'action' as const,
            label: 'Edit details',
            onSelect: onEdit,
          },
        ]
      : []),
    ...(document.may.delete
      ? [
          { kind: 'separator' as const },
          {
            kind: 'action' as const,
            label: 'Delete',
            tone: 'danger' as const,
            onSelect: () => {
              void deleteWithUndo({
                path: `/api/v1/documents/${document.id}`,
                version: document.version,
                name: document.title,
                after: onDeleted,
                onRefused: (refused) => {
                  if (isAssessed(refused)) onAssessed(refused.message)
                  return isAssessed(refused)
                },
              })
            },
          },
        ]
      : []),
  ]
}
