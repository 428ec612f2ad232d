'use client'

import { useEffect, useRef, useState } from 'react'
import { Bar } from '@/components/ui/layout/progress'
import { Button } from '@/components/ui/controls/button'
import { Cell, HeadCell, Table } from '@/components/ui/layout/table'
import { countInWords, numberInWords } from '@/components/ui/text/wording'
import { NumberField } from '@/components/ui/controls/number-field'
import { useRun } from '@/components/shell/use-run'
import { distributeDocuments } from '@/lib/client/api/review-sessions'
import type { DistributionView } from '@/lib/domain/assignments/schema'

const largestSeed = 2_147_483_647

/** Fills free places by the rules of distribution, after showing the result. */
export function Distribute({ sessionId, blocked }: { sessionId: string; blocked: string | null }) {
  const { busy, run } = useRun()
  const [seed, setSeed] = useState<number | null>(null)
  const [preview, setPreview] = useState<DistributionView | null>(null)
  const tryIt = async () => {
    const answer = await run('try', () =>
      distributeDocuments(sessionId, { dryRun: true, ...(seed === null ? {} : { seed }) }),
    )
    if (answer.ok) setPreview(answer.value)
  }
  const assign = async ({ seed: drawn }: DistributionView) => {
    const answer = await run(
      'assign',
      () => distributeDocuments(sessionId, { seed: drawn }),
      ({ assignments }) => `Made ${countInWords(assignments.length, 'assignment')}.`,
    )
    if (answer.ok) setPreview(null)
  }
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <NumberField
          label="Seed"
          className="w-40"
          placeholder="drawn by lot"
          nullable
          min={0}
          max={largestSeed}
          value={seed}
          onChange={(value) => {
            setSeed(value)
            setPreview(null)
          }}
        />
        <Button busy={busy === 'try'} disabled={blocked !== null} onClick={() => void tryIt()}>
          Distribute …
        </Button>
        <p className="basis-full text-sm text-ink-3">
          {blocked ??
            'Balances words by weight, and respects limits and conflicts of interest. Existing assignments stay; you see the result before anything is done.'}
        </p>
      </div>
      {preview !== null && (
        <Preview
          preview={preview}
          busy={busy === 'assign'}
          onAssign={() => void assign(preview)}
          onCancel={() => {
            setPreview(null)
          }}
        />
      )}
    </div>
  )
}

function Preview({
  preview: { seed, assignments, short, loads },
  busy,
  onAssign,
  onCancel,
}: {
  preview: DistributionView
  busy: boolean
  onAssign: () => void
  onCancel: () => void
}) {
  const region = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // It opens under the button that asked for it, which may be at the foot of the screen.
    region.current?.scrollIntoView({ block: 'nearest' })
  }, [seed])
  const most = Math.max(1, ...loads.map(({ words, target }) => Math.max(words, target)))
  return (
    <div
      ref={region}
      role="region"
      aria-label="What distributing would do"
      className="grid scroll-mb-4 gap-3 rounded-md bg-sunken px-3.5 py-3"
    >
      <p role="status">
        {assignments.length === 0
          ? 'Every place that can be filled is filled: nothing would change.'
          : `Would make ${countInWords(assignments.length, 'assignment')}, with seed ${String(seed)}.`}
      </p>
      <Table caption="Words for each reviewer">
        <thead>
          <tr>
            <HeadCell>Reviewer</HeadCell>
            <HeadCell numeric>Documents</HeadCell>
            <HeadCell numeric>Words</HeadCell>
            <HeadCell numeric className="max-sm:hidden">
              Fair share
            </HeadCell>
            <HeadCell className="max-md:hidden">
              <span className="sr-only">Words as a bar</span>
            </HeadCell>
          </tr>
        </thead>
        <tbody>
          {loads.map(({ member, documents, words, target }) => (
            <tr key={member.id}>
              <Cell>
                <bdi>{member.name}</bdi>
              </Cell>
              <Cell numeric>{numberInWords(documents)}</Cell>
              <Cell numeric>{numberInWords(words)}</Cell>
              <Cell numeric className="max-sm:hidden">
                {numberInWords(Math.round(target))}
              </Cell>
              <Cell className="max-md:hidden">
                {/* A full bar would look finished. */}
                <Bar share={Math.min(0.99, words / most)} />
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
      {short.length > 0 && (
        <div className="grid gap-1.5">
          <p className="font-medium text-unsourced">
            {countInWords(short.length, 'document stays', 'documents stay')} short of reviewers
          </p>
          <ul className="grid max-h-60 list-disc gap-1 overflow-y-auto ps-5 text-sm">
            {short.slice(0, 50).map(({ document, missing, reasons }) => (
              <li key={document.id}>
                <span dir="auto">“{document.title}”</span>: {countInWords(missing, 'place')} free. {reasons.join(' ')}
              </li>
            ))}
          </ul>
          {short.length > 50 && <p className="text-sm text-ink-3">And {numberInWords(short.length - 50)} more.</p>}
        </div>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        {assignments.length > 0 && (
          <Button variant="primary" busy={busy} onClick={onAssign}>
            Make {countInWords(assignments.length, 'assignment')}
          </Button>
        )}
      </div>
    </div>
  )
}
