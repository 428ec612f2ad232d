'use client'

import { useEffect, useMemo, useState } from 'react'
import { PassagePicker } from '@/components/reader/passage-picker'
import type { TextRange } from '@/components/reader/types'
import { Button } from '@/components/ui/controls/button'
import { Spinner } from '@/components/ui/layout/spinner'
import { Dialog } from '@/components/ui/overlays/dialog'
import { showToast } from '@/components/ui/overlays/toast-store'
import { callApi } from '@/lib/client/api/call'
import type { RevisionView } from '@/lib/domain/documents/schema'
import type { CarriedAnnotationView } from '@/lib/domain/revisions/schema'
import { unpackSentences } from '@/lib/domain/text/sentences'

/**
 * The later text in the reader, to choose the place of an annotation by pointer, or with the arrow keys and Enter. Default export because it is
 * loaded on first use.
 */
export default function PlaceElsewhere({
  item,
  language,
  onClose,
  onPlace,
}: {
  item: CarriedAnnotationView
  language: string
  onClose: () => void
  onPlace: (range: TextRange) => void
}) {
  const [revision, setRevision] = useState<RevisionView | null>(null)
  const [range, setRange] = useState<TextRange | null>(null)
  useEffect(() => {
    let isStale = false
    void callApi<RevisionView>({ method: 'GET', path: `/api/v1/revisions/${item.revisionId}` }).then((answer) => {
      if (isStale) return
      if (answer.ok) setRevision(answer.value)
      else {
        showToast(answer.message, { tone: 'problem' })
        onClose()
      }
    })
    return () => {
      isStale = true
    }
  }, [item.revisionId, onClose])
  return (
    <Dialog
      open
      size="large"
      title="Where does it belong?"
      description={
        <>
          Select the words in the later text that correspond to{' '}
          <q dir="auto" className="font-serif">
            {item.from.exact}
          </q>
        </>
      }
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={range === null}
            onClick={() => {
              if (range !== null) onPlace(range)
            }}
          >
            Carry over here
          </Button>
        </>
      }
    >
      {revision === null ? (
        <p className="grid place-items-center py-12">
          <Spinner />
        </p>
      ) : (
        <LaterText revision={revision} item={item} language={language} chosen={range} onChoose={setRange} />
      )}
      <p role="status" className="mt-2 text-sm text-ink-2">
        {range === null || revision === null
          ? 'Nothing is selected yet.'
          : `Selected: ${revision.text.slice(range.start, range.end)}`}
      </p>
    </Dialog>
  )
}

function LaterText({
  revision,
  item,
  language,
  chosen,
  onChoose,
}: {
  revision: RevisionView
  item: CarriedAnnotationView
  language: string
  chosen: TextRange | null
  onChoose: (range: TextRange) => void
}) {
  const sentences = useMemo(() => unpackSentences(revision.sentences), [revision.sentences])
  return (
    <PassagePicker
      content={revision.content}
      language={language}
      label="The later text"
      hint="Arrow down and up move between sentences, and Enter selects one. Shift with arrow right or left adds or removes a word."
      sentences={sentences}
      picked={chosen}
      // At the place where its words were found; for lost ones, at their earlier offset.
      openAt={item.start ?? Math.min(item.from.start, revision.text.length - 1)}
      takesFocus
      className="max-h-[50dvh] px-5 py-3"
      onPick={onChoose}
    />
  )
}
