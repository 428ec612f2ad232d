'use client'

import { Dialog } from '@/components/ui/overlays/dialog'
import { Tabs } from '@/components/ui/layout/tabs'
import { showToast } from '@/components/ui/overlays/toast-store'
import { countInWords } from '@/components/ui/text/wording'
import { postSessionDocuments } from '@/lib/client/api/review-sessions'
import type { SessionDocumentsInput, SessionView } from '@/lib/domain/review-sessions/schema'
import { DrawSample } from './draw-sample'
import { PickDocuments } from './pick-documents'
import { useRun } from '@/components/shell/use-run'
import { useSources } from '@/components/sources/use-sources'

export interface AddDocumentsProps {
  open: boolean
  onClose: () => void
  session: SessionView
  /** What is in the session already. */
  present: readonly { id: string }[]
}

/** Adds documents to a session: picked from a search, all that a search finds, or a random sample. */
export function AddDocuments({ open, ...rest }: AddDocumentsProps) {
  return (
    <Dialog open={open} onClose={rest.onClose} closeOutside={false} size="large" title="Add documents">
      <WaysToAdd {...rest} />
    </Dialog>
  )
}

function WaysToAdd({ onClose, session, present }: Omit<AddDocumentsProps, 'open'>) {
  const { busy, run } = useRun()
  const { sources, hint } = useSources()
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
      sourcesHint={hint}
      present={present}
      sampled={session.sample !== null}
      busy={busy !== null}
      onAdd={(input) => void add(input)}
    />
  )
  if (session.state !== 'draft') return pick
  return (
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
              sourcesHint={hint}
              standing={present.length}
              busy={busy !== null}
              onDraw={(input) => void add(input)}
            />
          ),
        },
      ]}
    />
  )
}
