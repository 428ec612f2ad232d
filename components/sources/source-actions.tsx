'use client'

import { useRouter } from 'next/navigation'
import { useState, useId } from 'react'
import { deleteWithUndo } from '@/components/shell/lists/delete-with-undo'
import { Button, type ButtonVariant } from '@/components/ui/controls/button'
import { showToast } from '@/components/ui/overlays/toast-store'
import type { SourceView, SourceInput } from '@/lib/domain/sources/schema'
import { Dialog } from '@/components/ui/overlays/dialog'
import { TextField, TextArea } from '@/components/ui/controls/field'
import { Refusal } from '@/components/ui/controls/refusal'
import { callApi } from '@/lib/client/api/call'

type Values = Required<Pick<SourceInput, 'name' | 'kind' | 'homepage' | 'description'>>

type Errors = Partial<Record<keyof Values, string>>

const empty: Values = { name: '', kind: '', homepage: '', description: '' }

const kinds = [
  'Newspaper',
  'News agency',
  'Magazine',
  'Broadcaster',
  'Web site',
  'Think tank',
  'Government',
  'Company',
  'Encyclopedia',
  'Person',
]

interface SourceDialogProps {
  open: boolean
  onClose: () => void
  /** The source to change; left out to make one. */
  source?: SourceView | undefined
  onSaved: (source: SourceView) => void
}

/** The actions on a source: changing its details, or deleting it while it has no documents. */
export function SourceActions({ source: shown }: { source: SourceView }) {
  const router = useRouter()
  // The saved source is newer than the page until the page is loaded again.
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

/** Opens the form of a new source, and then the page of the source that was made. */
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

function problemsOf({ name, homepage }: Values): Errors {
  const address = homepage.trim()
  return {
    ...(name.trim() === '' ? { name: 'Give the source a name.' } : {}),
    ...(address !== '' && !(/^https?:\/\//i.test(address) && URL.canParse(address))
      ? { homepage: 'Write a web address in full, such as https://example.org.' }
      : {}),
  }
}

/** The dialog that makes or changes a source. */
function SourceDialog({ open, onClose, source, onSaved }: SourceDialogProps) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      closeOutside={false}
      title={source === undefined ? 'New source' : 'About the source'}
    >
      <SourceForm source={source} onClose={onClose} onSaved={onSaved} />
    </Dialog>
  )
}

function SourceForm({ source, onClose, onSaved }: Omit<SourceDialogProps, 'open'>) {
  const id = useId()
  const { field, refusal, busy, send } = useSourceForm(source, onSaved)
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void send()
      }}
    >
      <TextField
        label="Name"
        autoFocus
        autoComplete="off"
        hint="The publisher whose reliability you report: a site, a paper, a person, an agency."
        {...field('name')}
      />
      <div className="grid gap-4 md:grid-cols-[12rem_minmax(0,1fr)]">
        <TextField label="Kind" optional list={`${id}-kinds`} autoComplete="off" {...field('kind')} />
        <TextField
          label="Home page"
          optional
          type="url"
          inputMode="url"
          dir="ltr"
          autoComplete="off"
          {...field('homepage')}
        />
      </div>
      <datalist id={`${id}-kinds`}>
        {kinds.map((kind) => (
          <option key={kind} value={kind} />
        ))}
      </datalist>
      <TextArea label="About" optional {...field('description')} />
      <Refusal>{refusal}</Refusal>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy}>
          {source === undefined ? 'Make the source' : 'Save'}
        </Button>
      </div>
    </form>
  )
}

/** The fields of a source's form and its submission. Problems are shown at their fields, and a refusal of the whole form in `refusal`. */
function useSourceForm(source: SourceDialogProps['source'], onSaved: SourceDialogProps['onSaved']) {
  const [values, setValues] = useState<Values>(source ?? empty)
  const [errors, setErrors] = useState<Errors>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const field = (name: keyof Values) => ({
    name,
    value: values[name],
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setValues((before) => ({ ...before, [name]: value }))
      setErrors((before) => ({ ...before, [name]: undefined }))
    },
  })

  const send = async () => {
    const found = problemsOf(values)
    setErrors(found)
    setRefusal(null)
    if (Object.keys(found).length > 0) return
    setBusy(true)
    const body = {
      name: values.name.trim(),
      kind: values.kind.trim(),
      homepage: values.homepage.trim(),
      description: values.description.trim(),
    }
    const answer = await callApi<SourceView>(
      source === undefined
        ? { method: 'POST', path: '/api/v1/sources', body }
        : { method: 'PATCH', path: `/api/v1/sources/${source.id}`, body, ifMatch: source.version },
    )
    setBusy(false)
    if (answer.ok) {
      onSaved(answer.value)
      return
    }
    const byField = Object.fromEntries(
      answer.fields.filter(({ path }) => path in values).map(({ path, message }) => [path, message]),
    )
    setErrors(byField)
    if (Object.keys(byField).length === 0) {
      setRefusal(
        answer.code === 'version-mismatch'
          ? 'Another member changed this source in the meantime. Close, look at what changed, and edit again.'
          : answer.message,
      )
    }
  }
  return { field, refusal, busy, send }
}
