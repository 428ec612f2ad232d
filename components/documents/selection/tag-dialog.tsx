'use client'

import { useState } from 'react'
import type { DocumentView } from '@/lib/domain/documents/schema'
import { tagListSchema } from '@/lib/domain/tags/schema'
import { addTags, distinctTags, foldTag } from '@/lib/domain/tags/tag'
import { Button } from '@/components/ui/controls/button'
import { Checkbox } from '@/components/ui/controls/choices'
import { TextField } from '@/components/ui/controls/field'
import { Dialog } from '@/components/ui/overlays/dialog'
import { countInWords } from '@/components/ui/text/wording'

export interface TagDialogProps {
  selected: readonly DocumentView[]
  busy: boolean
  onClose: () => void
  onChange: (tags: { add: string[]; remove: string[] }) => void
}

/** Gives documents further tags, and takes off some that they have. */
export function TagDialog({ selected, busy, onClose, onChange }: TagDialogProps) {
  const [typed, setTyped] = useState('')
  const [removed, setRemoved] = useState<readonly string[]>([])
  const [problem, setProblem] = useState<string | null>(null)
  const present = distinctTags(selected.flatMap(({ tags }) => tags))
  const countOf = (tag: string) =>
    selected.filter(({ tags }) => tags.some((each) => foldTag(each) === foldTag(tag))).length
  const send = () => {
    const checked = tagListSchema.safeParse(addTags([], typed))
    if (!checked.success) setProblem(checked.error.issues[0]?.message ?? 'Separate tags by commas.')
    else if (checked.data.length === 0 && removed.length === 0) setProblem('Write a tag, or tick one to take off.')
    else onChange({ add: checked.data, remove: [...removed] })
  }
  return (
    <Dialog
      open
      onClose={onClose}
      closeOutside={false}
      size="small"
      title={`Tags of ${countInWords(selected.length, 'document')}`}
    >
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy) send()
        }}
      >
        <TextField
          label="Add tags"
          hint="Separated by commas. Each document keeps the tags it has."
          autoComplete="off"
          dir="auto"
          value={typed}
          error={problem}
          onChange={(event) => {
            setProblem(null)
            setTyped(event.currentTarget.value)
          }}
        />
        {present.length > 0 && (
          <fieldset className="grid gap-2">
            <legend className="mb-1.5 text-sm font-medium">Take off</legend>
            {present.map((tag) => (
              <Checkbox
                key={tag}
                label={<bdi>{tag}</bdi>}
                hint={`on ${String(countOf(tag))} of ${String(selected.length)}`}
                checked={removed.includes(tag)}
                onChange={(event) => {
                  const isTicked = event.currentTarget.checked
                  setProblem(null)
                  setRemoved((before) => (isTicked ? [...before, tag] : before.filter((each) => each !== tag)))
                }}
              />
            ))}
          </fieldset>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
