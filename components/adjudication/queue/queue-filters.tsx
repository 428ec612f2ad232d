'use client'

import { usePathname, useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { ratings } from '@/lib/domain/annotations/rating'
import { ratingNames } from '@/lib/domain/annotations/words'
import { Select } from '@/components/ui/controls/select'
import type { AdjudicationData, AdjudicationFilter } from '../screen/page-data'
import { agreementNames } from '../verdict-words'

const states = [
  { value: '', label: 'All claims' },
  { value: 'open', label: 'Open' },
  { value: 'decided', label: 'Decided' },
]
const agreements = [
  { value: '', label: 'Agreement' },
  ...(['disagreement', 'unmarked', 'unanimous', 'single'] as const).map((value) => ({
    value,
    label: agreementNames[value],
  })),
]
const ratingChoices = [
  { value: '', label: 'Rating' },
  ...ratings.map((value) => ({ value, label: ratingNames[value] })),
]

/** What the queue is narrowed to. It lives in the address, so that it can be linked to. */
export function QueueFilters({ data }: { data: AdjudicationData }) {
  const router = useRouter()
  const path = usePathname()
  const [isPending, start] = useTransition()
  const { filter, documents } = data
  const follow = (change: AdjudicationFilter) => {
    const entries = Object.entries({ ...filter, ...change }).filter(([, value]) => value !== '')
    const query = new URLSearchParams(entries).toString()
    start(() => {
      router.replace(query === '' ? path : `${path}?${query}`, { scroll: false })
    })
  }
  const choose = (
    name: keyof AdjudicationFilter,
    label: string,
    options: readonly { value: string; label: string }[],
  ) => (
    <Select
      label={label}
      hideLabel
      options={options}
      value={filter[name] ?? ''}
      onChange={(event) => {
        follow({ [name]: event.currentTarget.value })
      }}
    />
  )
  return (
    <div role="group" aria-label="Filter" aria-busy={isPending} className="grid grid-cols-2 gap-2">
      {choose('state', 'State', states)}
      {choose('agreement', 'Agreement', agreements)}
      {choose('rating', 'Rating', ratingChoices)}
      {choose('document', 'Document', [
        { value: '', label: 'Document' },
        ...documents.map(({ id, title }) => ({ value: id, label: title })),
      ])}
    </div>
  )
}
