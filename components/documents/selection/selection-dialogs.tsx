'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { Checkbox } from '@/components/ui/controls/choices'
import { Select, TextField } from '@/components/ui/controls/field'
import { Refusal } from '@/components/ui/controls/refusal'
import { Spinner } from '@/components/ui/layout/spinner'
import { Dialog } from '@/components/ui/overlays/dialog'
import { showToast } from '@/components/ui/overlays/toast-store'
import { countInWords } from '@/components/ui/text/wording'
import { callApi } from '@/lib/client/api/call'
import { postSessionDocuments } from '@/lib/client/api/review-sessions'
import type { DocumentView } from '@/lib/domain/documents/schema'
import type { SessionView } from '@/lib/domain/review-sessions/schema'
import { tagListSchema } from '@/lib/domain/tags/schema'
import { addTags, distinctTags, foldTag } from '@/lib/domain/tags/tag'

export interface TagDialogProps {
  selected: readonly DocumentView[]
  busy: boolean
  onClose: () => void
  onChange: (tags: { add: string[]; remove: string[] }) => void
}

/** Adds tags to documents, and removes tags from them. */
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

/** The states in which a session takes documents. */
const openStates = ['draft', 'active'] as const

export interface SessionDialogProps {
  documentIds: readonly string[]
  onClose: () => void
  onAdded: () => void
}

/** Adds documents to a review session that is a draft or active. */
export function SessionDialog({ documentIds, onClose, onAdded }: SessionDialogProps) {
  const router = useRouter()
  const { sessions, problem } = useOpenSessions()
  const [chosen, setChosen] = useState<string | null>(null)
  const [endSample, setEndSample] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const session = sessions?.find(({ id }) => id === chosen) ?? sessions?.[0]
  const isSampled = (session?.sample ?? null) !== null
  const add = async () => {
    if (session === undefined) return
    setBusy(true)
    const answer = await postSessionDocuments(session.id, {
      how: 'picked',
      documentIds: [...documentIds],
      endSample: isSampled,
    })
    setBusy(false)
    if (!answer.ok) {
      setRefusal(answer.message)
      return
    }
    const { added, present } = answer.value
    const also = present > 0 ? ` ${String(present)} ${present === 1 ? 'was' : 'were'} in it already.` : ''
    const open = () => {
      router.push(`/review-sessions/${session.id}`)
    }
    showToast(`${countInWords(added, 'document')} added to “${session.name}”.${also}`, {
      action: { label: 'Open the session', run: open },
    })
    onAdded()
  }
  const told = refusal ?? problem
  return (
    <Dialog
      open
      onClose={onClose}
      size="small"
      title={`Add ${countInWords(documentIds.length, 'document')} to a session`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={busy}
            disabled={session === undefined || (isSampled && !endSample)}
            onClick={() => void add()}
          >
            Add
          </Button>
        </>
      }
    >
      {sessions === null && problem === null && <Spinner />}
      {sessions?.length === 0 && <p>No session takes documents now: plan one, or reopen one.</p>}
      {session !== undefined && (
        <Select
          label="Review session"
          options={(sessions ?? []).map(({ id, name, state }) => ({
            value: id,
            label: state === 'draft' ? `${name} (draft)` : name,
          }))}
          value={session.id}
          onChange={(event) => {
            setRefusal(null)
            setEndSample(false)
            setChosen(event.currentTarget.value)
          }}
        />
      )}
      {isSampled && (
        <Checkbox
          label="Add them anyway"
          hint="Its documents are a random sample. With others added, they are no longer one."
          checked={endSample}
          onChange={(event) => {
            setEndSample(event.currentTarget.checked)
          }}
        />
      )}
      <Refusal>{told}</Refusal>
    </Dialog>
  )
}

/** The sessions that take documents, drafts first; null while they load. */
function useOpenSessions(): { sessions: readonly SessionView[] | null; problem: string | null } {
  const [sessions, setSessions] = useState<readonly SessionView[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    let isStale = false
    const load = async () => {
      const answers = await Promise.all(
        openStates.map((state) =>
          callApi<{ items: SessionView[] }>({
            method: 'GET',
            path: `/api/v1/review-sessions?state=${state}&limit=200`,
          }),
        ),
      )
      if (isStale) return
      const refused = answers.find((answer) => !answer.ok)
      if (refused !== undefined) setProblem(refused.message)
      else setSessions(answers.flatMap((answer) => (answer.ok ? answer.value.items : [])))
    }
    void load()
    return () => {
      isStale = true
    }
  }, [])
  return { sessions, problem }
}
