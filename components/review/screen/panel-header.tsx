'use client'

import { Suspense, useMemo } from 'react'
import { ratings } from '@/lib/domain/annotations/rating'
import { isFiltering, noFilters, reviewersOf, tagsOf, toggled } from '@/lib/client/annotations/filters'
import { ratingNames } from '@/lib/domain/annotations/words'
import { classNames } from '@/components/ui/class-names'
import { IconButton } from '@/components/ui/controls/button'
import { Menu, type MenuItem } from '@/components/ui/overlays/menu'
import { lazyPart } from '@/lib/client/lazy-part'
import { Icon } from '@/components/ui/icon'
import { useController, useReview } from '@/components/annotations/review-context'
import { useVerdictLayer } from '../verdicts/layer-context'

// Most documents have no verdicts.
const LayerSwitch = lazyPart(() => import('../verdicts/verdict-bars').then(({ LayerSwitch }) => LayerSwitch))

/** The header above the cards: how many there are, how many lack evidence, the filters, and the choice of margin or list. */
export function PanelHeader({ canSwitchLayout }: { canSwitchLayout: boolean }) {
  const controller = useController()
  const all = useReview((_, derived) => derived.ordered)
  const visible = useReview((_, derived) => derived.visible)
  const incomplete = useReview((_, derived) => derived.incomplete)
  const filters = useReview((state) => state.view.filters)
  const layout = useReview((state) => state.view.layout)
  const hasVerdicts = useVerdictLayer() !== null
  const items = useFilterMenu()
  return (
    <div className="flex h-12 items-center gap-1 border-b border-line">
      <h2 className="me-auto flex items-baseline gap-2 font-semibold">
        Annotations
        <span className="tabular font-normal text-ink-3">
          {visible.length === all.length ? all.length : `${String(visible.length)} of ${String(all.length)}`}
        </span>
      </h2>
      {hasVerdicts && (
        <Suspense>
          <LayerSwitch />
        </Suspense>
      )}
      {incomplete.length > 0 && (
        <button
          type="button"
          aria-pressed={filters.incompleteOnly}
          className={classNames(
            'rounded-full border px-2 py-px text-xs font-semibold whitespace-nowrap text-unsourced',
            filters.incompleteOnly
              ? 'border-unsourced bg-unsourced-soft'
              : 'border-transparent bg-unsourced-soft hover:border-unsourced',
          )}
          onClick={() => {
            controller.setFilters({ ...filters, incompleteOnly: !filters.incompleteOnly })
          }}
        >
          {incomplete.length} {incomplete.length === 1 ? 'needs' : 'need'} evidence
        </button>
      )}
      <Menu
        label="Which annotations to show"
        align="end"
        items={items}
        trigger={(props) => (
          <IconButton
            label={isFiltering(filters) ? 'Filter (some are hidden)' : 'Filter'}
            size="small"
            icon={<Icon name="filter" />}
            {...props}
            className={isFiltering(filters) ? 'bg-accent-soft text-accent' : undefined}
          />
        )}
      />
      {canSwitchLayout && (
        <IconButton
          label={layout === 'list' ? 'Show beside the text' : 'Show as a list'}
          size="small"
          icon={layout === 'list' ? <Icon name="margin" /> : <Icon name="list" />}
          onClick={() => {
            controller.setLayout(layout === 'list' ? 'margin' : 'list')
          }}
        />
      )}
    </div>
  )
}

/** The filter menu: by author, rating, tag and missing evidence. */
function useFilterMenu(): MenuItem[] {
  const controller = useController()
  const all = useReview((_, derived) => derived.ordered)
  const filters = useReview((state) => state.view.filters)
  const reviewers = reviewersOf(all, controller.me.id)
  // At most 15 tags: a longer menu would be unusable.
  const tags = useMemo(() => tagsOf(all).slice(0, 15), [all])
  return [
    { kind: 'heading', label: 'Reviewers' },
    ...reviewers.map(({ id, name, count }) => ({
      kind: 'choice' as const,
      label: `${id === controller.me.id ? 'You' : name} (${String(count)})`,
      multiple: true,
      checked: !filters.hiddenAuthors.has(id),
      onSelect: () => {
        controller.setFilters({ ...filters, hiddenAuthors: toggled(filters.hiddenAuthors, id) })
      },
    })),
    { kind: 'heading', label: 'Ratings' },
    ...ratings.map((rating) => ({
      kind: 'choice' as const,
      label: `${ratingNames[rating]} (${String(all.filter((annotation) => annotation.rating === rating).length)})`,
      multiple: true,
      checked: !filters.hiddenRatings.has(rating),
      onSelect: () => {
        controller.setFilters({ ...filters, hiddenRatings: toggled(filters.hiddenRatings, rating) })
      },
    })),
    ...(tags.length === 0 ? [] : [{ kind: 'heading' as const, label: 'Only with these tags' }]),
    ...tags.map(({ folded, name, count }) => ({
      kind: 'choice' as const,
      label: `${name} (${String(count)})`,
      multiple: true,
      checked: filters.tags.has(folded),
      onSelect: () => {
        controller.setFilters({ ...filters, tags: toggled(filters.tags, folded) })
      },
    })),
    { kind: 'separator' },
    {
      kind: 'choice',
      label: 'Only those that lack evidence',
      multiple: true,
      checked: filters.incompleteOnly,
      onSelect: () => {
        controller.setFilters({ ...filters, incompleteOnly: !filters.incompleteOnly })
      },
    },
    {
      kind: 'action',
      label: 'Show everything',
      disabled: !isFiltering(filters),
      onSelect: () => {
        controller.setFilters(noFilters)
      },
    },
  ]
}
