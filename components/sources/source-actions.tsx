'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { deleteWithUndo } from '@/components/shell/lists/delete-with-undo'
import { Button } from '@/components/ui/controls/button'
import { showToast } from '@/components/ui/overlays/toast-store'
import type { SourceView } from '@/lib/domain/sources/schema'
import type { ButtonVariant } from '@/components/ui/controls/button-classes'
import { SourceDialog } from './source-dialog'

/** What can be done to a source: change what is said about it, or delete it while it has no documents. */
export function SourceActions({ source: shown }: { source: SourceView }) {
  const router = useRouter()
  // What was just saved is newer than what the page shows until it has been loaded again.
  const [saved, setSaved] = useState(shown)
  const source = saved.id === shown.id && saved.version > shown.version ? saved : shown
  const [editing, setEditing] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const remove = async () => {
    setDeleting(true)
    await deleteWithUndo({
      path: `/api/v1/sources/${source.id}`,
      version: source.version,
      name: source.name,
      after: (state) => {
        router.push(state === 'deleted' ? '/sources' : `/sources/${source.id}`)
        router.refresh()
      },
    })
    setDeleting(false)
  }
  return (
    <>
      {source.may.delete && source.documentCount === 0 && (
        <Button variant="quiet" busy={deleting} onClick={() => void remove()}>
          Delete
        </Button>
      )}
      {source.may.update && (
        <Button
          onClick={() => {
            setEditing(true)
          }}
        >
          Edit
        </Button>
      )}
      <SourceDialog
        open={editing}
        onClose={() => {
          setEditing(false)
        }}
        source={source}
        onSaved={(now) => {
          setEditing(false)
          setSaved(now)
          showToast('Saved.')
          router.refresh()
        }}
      />
    </>
  )
}

/** Opens the form of a new source and goes to it once it is made. */
export function NewSourceButton({ variant }: { variant?: ButtonVariant | undefined }) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        variant={variant}
        onClick={() => {
          setOpen(true)
        }}
      >
        New source
      </Button>
      <SourceDialog
        open={open}
        onClose={() => {
          setOpen(false)
        }}
        onSaved={(source) => {
          setOpen(false)
          router.push(`/sources/${source.id}`)
        }}
      />
    </>
  )
}
