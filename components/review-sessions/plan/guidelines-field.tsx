'use client'

import { Suspense, useState } from 'react'
import { RichTextField } from '@/components/editor/rich-text-field'
import { Segmented } from '@/components/ui/controls/choices'
import { Skeleton } from '@/components/ui/layout/skeleton'
import { lazyPart } from '@/lib/client/lazy-part'

const Markdown = lazyPart(() => import('@/components/editor/markdown').then(({ Markdown }) => Markdown))

/** The guidelines as source text, or as reviewers will read them. */
export function GuidelinesField({
  value,
  onChange,
  onBlur,
}: {
  value: string
  onChange: (value: string) => void
  onBlur?: (() => void) | undefined
}) {
  const [shows, setShows] = useState<'words' | 'preview'>('words')
  return (
    <div className="relative pt-3.5">
      <Segmented
        legend="How the guidelines are shown"
        name="guidelines-shown"
        className="absolute end-0 top-0"
        options={[
          { value: 'words', label: 'Write' },
          { value: 'preview', label: 'Preview' },
        ]}
        value={shows}
        onChange={setShows}
      />
      {shows === 'words' ? (
        <RichTextField
          label="Guidelines"
          optional
          rows={7}
          maxLength={50_000}
          hint="Shown beside the text while reviewing."
          value={value}
          onBlur={onBlur}
          onChange={onChange}
        />
      ) : (
        <div className="grid gap-1.5">
          <p className="text-sm font-medium">Guidelines</p>
          <div className="min-h-28 rounded-md border border-line bg-paper px-4 py-3">
            {value.trim() === '' ? (
              <p className="text-ink-3">Nothing is written yet.</p>
            ) : (
              <Suspense fallback={<Skeleton className="h-20" />}>
                <Markdown source={value} />
              </Suspense>
            )}
          </div>
        </div>
      )}
    </div>
  )
}
