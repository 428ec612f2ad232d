'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { Refusal } from '@/components/ui/controls/refusal'
import { Dialog } from '@/components/ui/overlays/dialog'
import { Spinner } from '@/components/ui/layout/spinner'
import { showToast } from '@/components/ui/overlays/toast-store'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import { callApi } from '@/lib/client/api/call'
import type { AssignmentView, Completeness, IncompletePlace } from '@/lib/domain/assignments/schema'
import { useController, useReview } from '@/components/annotations/review-context'
import type { Review } from './session-words'

/** The interval of checks whether the last changes are saved, in ms. */
const pause = 250

/**
 * Lists what is missing in groups, each linked to its first place in the text, and submits once nothing is missing. Default export because it is
 * loaded on first use.
 */
export default function SubmitDialog({ review, onClose }: { review: Review; onClose: () => void }) {
  const router = useRouter()
  const { assignment, session } = review
  const { unsaved, found, problem, busy, submit } = useSubmitting(assignment.id, () => {
    onClose()
    router.refresh()
  })
  const isReady = found?.complete === true && unsaved === 0
  const submitButton = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // With nothing missing, Enter does what the person came for.
    if (isReady) submitButton.current?.focus()
  }, [isReady])
  return (
    <Dialog
      open
      onClose={onClose}
      title="Submit this review"
      footer={
        <>
          <Button onClick={onClose}>Back to the text</Button>
          <Button
            ref={submitButton}
            variant="primary"
            busy={busy}
            disabled={!isReady}
            onClick={() => {
              void submit()
            }}
          >
            Submit
          </Button>
        </>
      }
    >
      <div aria-live="polite" className="grid gap-3">
        {unsaved > 0 && <p>{countInWords(unsaved, 'change')} still on the way to the server. A moment, please.</p>}
        {unsaved === 0 && found === null && problem === null && (
          <p className="flex items-center gap-2 text-ink-2">
            <Spinner /> Looking for what is missing
          </p>
        )}
        {found !== null && (
          <p>
            {numberInWords(found.progress.decided)} of {countInWords(found.progress.total, 'sentence')} decided.{' '}
            {found.complete
              ? `Nothing is missing. Once submitted, your marks are locked until the lead returns them.`
              : `${countInWords(found.count, 'thing is', 'things are')} missing before “${session.name}” can take it:`}
          </p>
        )}
        <Refusal>{problem}</Refusal>
      </div>
      {found !== null && <Missing found={found} onClose={onClose} />}
    </Dialog>
  )
}

/** Asks the server what is missing as soon as the last changes are saved, and submits. */
function useSubmitting(assignmentId: string, onSubmitted: () => void) {
  const unsaved = useReview((state) => state.review.save.unsaved)
  const [found, setFound] = useState<Completeness | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const path = `/api/v1/assignments/${assignmentId}`

  useEffect(() => {
    // The server counts only what it has, so the last changes are sent first.
    if (unsaved > 0) return
    let isWanted = true
    const timer = setTimeout(() => {
      void callApi<Completeness>({ method: 'GET', path: `${path}/completeness` }).then((answer) => {
        if (!isWanted) return
        if (answer.ok) setFound(answer.value)
        else setProblem(answer.message)
      })
    }, pause)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [path, unsaved])

  const submit = async () => {
    setBusy(true)
    const answer = await callApi<AssignmentView>({ method: 'POST', path: `${path}/submit`, body: {} })
    setBusy(false)
    if (!answer.ok) {
      setProblem(answer.message)
      return
    }
    showToast('Submitted. Your marks are locked.')
    onSubmitted()
  }

  return { unsaved, found, problem, busy, submit }
}

/** The groups of what is missing, each linked to its places in the text. */
function Missing({ found, onClose }: { found: Completeness; onClose: () => void }) {
  const controller = useController()
  const goTo = (place: IncompletePlace) => {
    onClose()
    // Runs after the dialog has given the focus back.
    setTimeout(() => {
      const sentence = controller.derived().checkable.findIndex(({ start }) => start === place.start)
      if (place.annotationId !== null) controller.open(place.annotationId)
      else if (sentence >= 0) controller.goToSentence(sentence)
      controller.show(place)
      controller.focusText()
    })
  }

  return (
    <>
      {found.places.length > 0 && (
        <ul className="grid divide-y divide-line rounded-md border border-line">
          {groupPlaces(found.places).map((group) => (
            <li key={group.key} className="grid">
              <button
                type="button"
                className="flex w-full items-baseline gap-3 px-3 py-2 text-start hover:bg-hover"
                onClick={() => {
                  goTo(group.first)
                }}
              >
                <span className="grid min-w-0 flex-1">
                  <span className="font-medium">{group.words}</span>
                  <span className="text-sm text-ink-3">{group.remedy}</span>
                </span>
                <span className="shrink-0 text-sm font-medium text-accent">
                  {group.count === 1 ? '' : 'First: '}
                  {controller.placeOf(group.first)}
                </span>
              </button>
              {group.count > 1 && (
                <details className="px-3 pb-2 text-sm">
                  <summary className="cursor-pointer text-ink-2">All {group.count}</summary>
                  <ul className="mt-1.5 flex max-h-40 flex-wrap gap-1 overflow-y-auto">
                    {group.places.map((place) => (
                      <li key={`${String(place.start)} ${place.annotationId ?? ''}`}>
                        <button
                          type="button"
                          className="rounded-sm border border-line px-1.5 text-ink-2 hover:border-line-strong hover:text-ink"
                          onClick={() => {
                            goTo(place)
                          }}
                        >
                          {controller.placeOf(place)}
                        </button>
                      </li>
                    ))}
                  </ul>
                </details>
              )}
            </li>
          ))}
        </ul>
      )}
      {found.count > found.places.length && (
        <p className="text-sm text-ink-3">
          The first {numberInWords(found.places.length)} of {numberInWords(found.count)} are shown.
        </p>
      )}
    </>
  )
}

/** Places that lack the same thing, with the first of them in the text. */
interface SubmitGroup {
  key: string
  /** The number and kind, such as "26 sentences undecided". */
  words: string
  /** The remedy for each kind. */
  remedy: string
  count: number
  first: IncompletePlace
  places: readonly IncompletePlace[]
}

const wordsOf: Record<IncompletePlace['kind'], (count: number, message: string) => string> = {
  'undecided-sentence': (count) => `${String(count)} ${count === 1 ? 'sentence' : 'sentences'} undecided`,
  'missing-evidence': (count, message) =>
    message.startsWith('“Contradicted”')
      ? `${String(count)} contradicted without a contradicting reference`
      : `${String(count)} sourced without a supporting reference`,
  'missing-quote': (count) => `${String(count)} ${count === 1 ? 'reference' : 'references'} without a quote`,
  'missing-search-note': (count) => `${String(count)} unsourced without a note on the search`,
}

/** Groups incomplete places by what they lack. Groups and the places in them are in the order of the text. */
export function groupPlaces(places: readonly IncompletePlace[]): SubmitGroup[] {
  const groups = new Map<string, IncompletePlace[]>()
  for (const place of places) {
    const key = `${place.kind} ${place.message}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [place])
    else group.push(place)
  }
  return [...groups].flatMap(([key, members]) => {
    const sorted = members.toSorted((one, other) => one.start - other.start)
    const [first] = sorted
    if (first === undefined) return []
    const words = wordsOf[first.kind](sorted.length, first.message)
    return [{ key, words, remedy: first.message, count: sorted.length, first, places: sorted }]
  })
}
