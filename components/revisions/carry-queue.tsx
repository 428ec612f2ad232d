'use client'

import { useRouter } from 'next/navigation'
import { type KeyboardEvent, Suspense, useRef, useState } from 'react'
import { Button } from '@/components/ui/controls/button'
import { showToast } from '@/components/ui/overlays/toast-store'
import { Kbd } from '@/components/ui/text/kbd'
import { countInWords } from '@/components/ui/text/wording'
import { callApi } from '@/lib/client/api/call'
import { decideCarried } from '@/lib/client/api/revisions'
import { lazyPart } from '@/lib/client/lazy-part'
import type { AnchorCounts, CarriedAnnotationView, CarryDecision } from '@/lib/domain/revisions/schema'
import { countsInWords } from './anchor-words'
import { CarriedCard, DecidedList } from './carried-card'

const PlaceElsewhere = lazyPart(() => import('./place-elsewhere').then((part) => part.default))

const said: Record<CarryDecision['decision'], string> = {
  confirm: 'Carried over.',
  correct: 'Carried over to the new place.',
  retire: 'Retired. It stays in the earlier revision.',
  reopen: 'It waits again.',
}

/** The annotations to carry into a later revision, and the actions that decide them. `after` is called with the queue index of the decided one. */
function useDecisions(stored: readonly CarriedAnnotationView[], after: (place: number) => void) {
  const [items, setItems] = useState(stored)
  const [busy, setBusy] = useState<string | null>(null)
  const waiting = items.filter(({ outcome }) => outcome === 'waiting')
  const decide = async (item: CarriedAnnotationView, decision: CarryDecision) => {
    if (busy !== null) return
    const place = waiting.findIndex(({ id }) => id === item.id)
    setBusy(item.id)
    const answer = await decideCarried(item, decision)
    setBusy(null)
    if (!answer.ok) {
      showToast(answer.message, { tone: 'problem' })
      return
    }
    const { value } = answer
    setItems((now) => now.map((each) => (each.id === value.id ? value : each)))
    showToast(
      said[decision.decision],
      decision.decision === 'reopen'
        ? {}
        : { action: { label: 'Undo', run: () => void decide(value, { decision: 'reopen' }) } },
    )
    requestAnimationFrame(() => {
      after(place)
    })
  }
  return { waiting, done: items.filter(({ outcome }) => outcome !== 'waiting'), busy, decide }
}

/**
 * The annotations of earlier revisions whose words are not the same in the latest one. Arrow keys move between them, and C, E and R decide. Decided
 * ones move to the list below, where they can be taken back.
 */
export function CarryQueue({
  documentId,
  items,
  language,
  memberId,
}: {
  documentId: string
  items: readonly CarriedAnnotationView[]
  language: string
  memberId: string
}) {
  const [placing, setPlacing] = useState<CarriedAnnotationView | null>(null)
  const list = useRef<HTMLOListElement>(null)
  const focusAt = (place: number) => {
    const cards = [...(list.current?.querySelectorAll<HTMLElement>('[data-carried]') ?? [])]
    cards[Math.max(0, Math.min(place, cards.length - 1))]?.focus()
  }
  const { waiting, done, busy, decide } = useDecisions(items, focusAt)

  const onKeyDown = (event: KeyboardEvent<HTMLOListElement>) => {
    const card = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-carried]') : null
    const place = waiting.findIndex(({ id }) => id === card?.dataset['carried'])
    const item = waiting[place]
    if (item === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const { decide: mayDecide } = item.may
    const acts: Partial<Record<string, () => void>> = {
      ArrowDown: () => {
        focusAt(place + 1)
      },
      ArrowUp: () => {
        focusAt(place - 1)
      },
      c: () => mayDecide && item.state !== 'lost' && void decide(item, { decision: 'confirm' }),
      e: () => {
        if (mayDecide) setPlacing(item)
      },
      r: () => mayDecide && void decide(item, { decision: 'retire' }),
    }
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }

  return (
    <section aria-labelledby="carry-queue" className="grid min-w-0 gap-3">
      <QueueHead waiting={waiting.length} isEmpty={items.length === 0} />
      <ol
        ref={list}
        data-own-keys
        aria-label="Annotations to decide"
        className="grid min-w-0 gap-3"
        onKeyDown={onKeyDown}
      >
        {waiting.map((item) => (
          <CarriedCard
            key={item.id}
            item={item}
            language={language}
            own={item.from.author.id === memberId}
            busy={busy === item.id}
            onDecide={(decision) => void decide(item, decision)}
            onPlace={() => {
              setPlacing(item)
            }}
          />
        ))}
      </ol>
      <DecidedList
        items={done}
        documentId={documentId}
        onReopen={(item) => void decide(item, { decision: 'reopen' })}
      />
      {placing !== null && (
        <Suspense>
          <PlaceElsewhere
            item={placing}
            language={language}
            onClose={() => {
              setPlacing(null)
            }}
            onPlace={(range) => {
              setPlacing(null)
              void decide(placing, { decision: 'correct', ...range })
            }}
          />
        </Suspense>
      )}
    </section>
  )
}

/** The number that waits, and the keys. */
function QueueHead({ waiting, isEmpty }: { waiting: number; isEmpty: boolean }) {
  return (
    <>
      <h2 id="carry-queue" className="font-serif text-xl font-semibold">
        {waiting === 0 ? 'Nothing waits' : `${countInWords(waiting, 'annotation')} to decide`}
      </h2>
      {waiting === 0 ? (
        <p className="text-ink-2">
          {isEmpty
            ? 'No annotation of an earlier revision was left behind.'
            : 'Every annotation of the earlier revision was carried over or retired.'}
        </p>
      ) : (
        <p className="text-sm text-ink-2 max-md:hidden">
          <Kbd>↓</Kbd> <Kbd>↑</Kbd> go from one to the next, <Kbd>C</Kbd> carries over, <Kbd>E</Kbd> chooses another
          place, <Kbd>R</Kbd> retires.
        </p>
      )}
    </>
  )
}

/** Offers to carry over annotations that were made in a session which was still open when the later text came in. */
export function CarryOver({ documentId, count }: { documentId: string; count: number }) {
  const router = useRouter()
  const [busy, setBusy] = useState(false)
  const carry = async () => {
    setBusy(true)
    const answer = await callApi<AnchorCounts>({
      method: 'POST',
      path: `/api/v1/documents/${documentId}/carry-over`,
    })
    setBusy(false)
    if (!answer.ok) {
      showToast(answer.message, { tone: 'problem' })
      return
    }
    showToast(countsInWords(answer.value))
    router.refresh()
  }
  return (
    <section
      aria-label="Annotations of closed sessions"
      className="grid gap-2 rounded-lg border border-line bg-sunken p-4"
    >
      <p>
        {countInWords(count, 'annotation')} {count === 1 ? 'was' : 'were'} left in a session that was open when this
        text came in. It is closed now.
      </p>
      <Button size="small" className="w-fit" busy={busy} onClick={() => void carry()}>
        Carry {count === 1 ? 'it' : 'them'} over
      </Button>
    </section>
  )
}
