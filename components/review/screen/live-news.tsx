'use client'

import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react'
import { LiveReview } from '@/lib/client/live/live-review'
import { useLive } from '@/lib/client/live/use-live'
import { useThrottledRefresh } from '@/lib/client/live/use-live-refresh'
import { initialsOf } from '@/components/ui/text/wording'
import { Button } from '@/components/ui/controls/button'
import { useController } from '@/components/annotations/review-context'
import type { ReviewPageData } from './use-review-controller'

/** The most people shown one by one. */
const mostShown = 3

/** The events that change which marks may be seen. */
function changesWhatIsSeen(type: string): boolean {
  return type.startsWith('review-session.') || type.startsWith('assignment.s')
}

/** Shows who else is in the document, with a button that shows what they have marked since. */
export function LiveNews({
  data,
  begunWith,
}: {
  data: ReviewPageData
  /** The annotations loaded with the page. */
  begunWith: ReviewPageData['annotations']
}) {
  const controller = useController()
  const { document, revision, annotations, decisions, liveSince } = data
  const [review] = useState(
    () => new LiveReview({ revisionId: revision.id, store: controller.store, me: controller.me.id }),
  )
  const [people, setPeople] = useState<readonly { id: string; name: string }[]>([])
  const count = useSyncExternalStore(review.subscribe, review.getCount, review.getCount)
  const refresh = useThrottledRefresh()
  useLive(
    { documentId: document.id, since: liveSince },
    {
      onMessage: (message) => {
        review.hear(message)
        // A message of one's own change is taken in after a pause, when pending answers have arrived, so that the change does not meet its own echo.
        if (message.own) setTimeout(review.takeOwn, 300)
        if (changesWhatIsSeen(message.type)) refresh()
      },
      onPresence: ({ place, members }) => {
        if (place === `document:${document.id}`) setPeople(members)
      },
      onReset: refresh,
    },
  )
  const compare = useEffectEvent(() => {
    review.narrowTo(data.review?.session.id)
    // Only reloaded data is compared: the initial data holds nothing new, and the person may have marked something already.
    if (annotations !== begunWith) review.compare({ annotations, decisions, since: liveSince })
  })
  useEffect(() => {
    compare()
  }, [annotations])
  return (
    <>
      {people.length > 0 && <People people={people} />}
      <span role="status" className="shrink-0">
        {count > 0 && (
          <Button
            size="small"
            title="Others changed marks here. Press to show them."
            onClick={() => {
              review.show()
              controller.announce(
                count === 1 ? '1 change by others is shown' : `${String(count)} changes by others are shown`,
              )
            }}
          >
            {count} new
          </Button>
        )}
      </span>
    </>
  )
}

function People({ people }: { people: readonly { id: string; name: string }[] }) {
  const names = people.map(({ name }) => name).join(', ')
  return (
    <span
      role="img"
      aria-label={`Also here: ${names}`}
      title={`Also here: ${names}`}
      className="flex shrink-0 -space-x-1 max-sm:hidden"
    >
      {people.slice(0, mostShown).map(({ id, name }) => (
        <span
          key={id}
          className="grid h-6 min-w-6 place-items-center rounded-full bg-surface px-1 text-xs font-semibold text-ink-2 ring-1 ring-field"
        >
          {initialsOf(name)}
        </span>
      ))}
      {people.length > mostShown && <span className="ps-2 text-sm text-ink-3">+{people.length - mostShown}</span>}
    </span>
  )
}
