'use client'

import { wordsOf } from '@/lib/client/outbox/words'
import { Button } from '@/components/ui/controls/button'
import { Dialog } from '@/components/ui/overlays/dialog'
import { CopyWords } from '@/components/ui/controls/copy-words'
import { QuotedWords } from '@/components/text/quoted-words'
import { useController, useReview } from '@/components/annotations/review-context'

/** Lists the changes that the server refused, with the reasons and the ways to resolve them. Default export because it is loaded on first use. */
export default function UnsavedDialog({ onClose }: { onClose: () => void }) {
  const controller = useController()
  const problems = useReview((state) => state.review.problems)
  const refused = [...problems].flatMap(([lane, problem]) => (problem.kind === 'refused' ? [{ lane, problem }] : []))
  const conflicts = [...problems].filter(([, { kind }]) => kind === 'conflict')
  return (
    <Dialog
      open
      onClose={onClose}
      title="Not saved"
      description={
        problems.size === 0
          ? 'All changes are settled.'
          : 'These changes are kept here until you decide. Nothing is lost before that.'
      }
      footer={
        refused.length > 1 && (
          <>
            <CopyWords
              words={refused.map(({ problem }) => wordsOf(problem.records)).join('\n\n')}
              label="Copy all words"
            />
            <Button
              onClick={() => {
                for (const { lane } of refused) controller.store.discardMine(lane)
              }}
            >
              Discard all
            </Button>
            <Button
              variant="primary"
              onClick={() => {
                for (const { lane } of refused) controller.store.keepMine(lane)
              }}
            >
              Try all again
            </Button>
          </>
        )
      }
    >
      <ul className="grid gap-3">
        {conflicts.map(([lane]) => (
          <li key={lane} className="flex items-center justify-between gap-3 rounded-md border border-line p-3">
            <span className="min-w-0">
              <span className="block font-medium">Changed elsewhere while you were changing it</span>
              <span dir="auto" className="block truncate font-serif text-ink-2 italic">
                <QuotedWords
                  words={controller.annotation(lane)?.exact ?? ''}
                  script={controller.annotation(lane)?.script}
                />
              </span>
            </span>
            <Button
              size="small"
              onClick={() => {
                controller.open(lane)
                onClose()
              }}
            >
              Compare
            </Button>
          </li>
        ))}
        {refused.map(({ lane, problem }) => (
          <li key={lane} className="grid gap-2 rounded-md border border-line p-3">
            <p dir="auto" className="font-medium text-danger">
              {problem.message}
            </p>
            <p dir="auto" className="line-clamp-4 text-sm whitespace-pre-wrap text-ink-2">
              {wordsOf(problem.records)}
            </p>
            <div className="flex flex-wrap gap-2">
              <CopyWords words={wordsOf(problem.records)} label="Copy the words" size="small" />
              <Button
                size="small"
                onClick={() => {
                  controller.store.keepMine(lane)
                }}
              >
                Try again
              </Button>
              <Button
                size="small"
                variant="quiet"
                onClick={() => {
                  controller.store.discardMine(lane)
                }}
              >
                Discard
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
