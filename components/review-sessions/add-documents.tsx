'use client'

import { Dialog } from '@/components/ui/dialog'
import { Tabs } from '@/components/ui/tabs'
import { showToast } from '@/components/ui/toast-store'
import { countInWords } from '@/components/ui/wording'
import { postSessionDocuments } from '@/lib/client/api/review-sessions'
import type { SessionDocumentsInput, SessionView } from '@/lib/domain/review-sessions/schema'
import { DrawSample } from './draw-sample'
import { PickDocuments } from './pick-documents'
import { useRun } from './use-run'

/** A source to choose documents by. */
export interface SourceChoice {
  id: string
  name: string
  documentCount: number
}

export interface AddDocumentsProps {
  open: boolean
  onClose: () => void
  session: SessionView
  /** What is in the session already. */
  present: readonly { id: string }[]
  sources: readonly SourceChoice[]
}

/** Adds documents to a session: picked from a search, all that a search finds, or a random sample. */
export function AddDocuments({ open, onClose, session, present, sources }: AddDocumentsProps) {
  const { busy, run } = useRun()
  const add = async (input: SessionDocumentsInput) => {
    const answer = await run('add', () => postSessionDocuments(session.id, input))
    if (!answer.ok) return
    const { added, present: known, removed } = answer.value
    const also = [
      ...(known > 0 ? [`${countInWords(known, 'document')} ${known === 1 ? 'was' : 'were'} in it already`] : []),
      ...(removed > 0 ? [`${countInWords(removed, 'document')} gave way`] : []),
    ]
    showToast(`Added ${countInWords(added, 'document')}${also.length > 0 ? `; ${also.join('; ')}` : ''}.`)
    onClose()
  }
  const pick = (
    <PickDocuments
      sources={sources}
      present={present}
      sampled={session.sample !== null}
      busy={busy !== null}
      onAdd={(input) => void add(input)}
    />
  )
  return (
    <Dialog open={open} onClose={onClose} closeOutside={false} size="large" title="Add documents">
      {session.state === 'draft' ? (
        <Tabs
          label="How to add documents"
          panelClassName="pt-4"
          tabs={[
            { id: 'pick', label: 'Search and pick', panel: pick },
            {
              id: 'sample',
              label: 'Random sample',
              panel: (
                <DrawSample
                  sources={sources}
                  standing={present.length}
                  busy={busy !== null}
                  onDraw={(input) => void add(input)}
                />
              ),
            },
          ]}
        />
      ) : (
        pick
      )}
    </Dialog>
  )
}
