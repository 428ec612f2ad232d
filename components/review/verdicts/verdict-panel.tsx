'use client'

import type { RefObject } from 'react'
import type { TextReaderHandle } from '@/components/reader/types'
import { BottomSheet } from '../screen/bottom-sheet'
import { moveBetweenCards } from '../cards/card-focus'
import type { LayoutSignals } from '../cards/layout-signals'
import { useCardPlaces } from '../cards/use-card-places'
import type { VerdictLayer } from './layer-context'
import { LayerSwitch } from './layer-switch'
import { VerdictClaimCard } from './verdict-claim-card'

/** Height of a closed card before it was ever shown, in pixels. */
const guessedHeight = () => 92

/** What stands above the verdict cards. */
export function VerdictHeader({ layer: { outcome } }: { layer: VerdictLayer }) {
  const { claims, cut } = outcome
  return (
    <div className="flex h-12 items-center gap-2 border-b border-line">
      <h2 className="me-auto flex items-baseline gap-2 font-semibold">
        Verdicts
        <span className="tabular font-normal text-ink-3">
          {claims.length}
          {cut && ' shown'}
        </span>
      </h2>
      <LayerSwitch />
    </div>
  )
}

const nothing = <p className="px-3 py-8 text-center text-ink-3">The session found no claim in this text.</p>

/** The verdicts beside their words; only those near the view are in the page. */
export function VerdictCards({
  layer,
  reader,
  scroller,
  signals,
  minTop,
}: {
  layer: VerdictLayer
  reader: RefObject<TextReaderHandle | null>
  scroller: RefObject<HTMLElement | null>
  signals: LayoutSignals
  minTop: number
}) {
  const { claims } = layer.outcome
  const { places, measure } = useCardPlaces({
    ...{ annotations: claims, activeId: layer.activeId, reader, scroller, signals, minTop },
    guessHeight: guessedHeight,
  })
  if (claims.length === 0) return <div style={{ paddingTop: minTop }}>{nothing}</div>
  return (
    <ol aria-label="Verdicts" className="relative" style={{ height: places.bottom + 48 }} onKeyDown={moveBetweenCards}>
      {places.cards.map(({ id, top, crowdedOut }) => {
        const place = claims.findIndex((claim) => claim.id === id)
        const claim = claims[place]
        if (claim === undefined) return null
        return (
          <li
            key={id}
            ref={measure(id)}
            aria-setsize={claims.length}
            aria-posinset={place + 1}
            className="absolute inset-x-0"
            style={{ top }}
          >
            <VerdictClaimCard claim={claim} layer={layer} />
            {crowdedOut.length > 0 && (
              <button
                type="button"
                className="mt-1 rounded-md px-2 py-0.5 text-sm font-medium text-accent hover:bg-hover"
                onClick={() => {
                  layer.open(crowdedOut[0] ?? null)
                }}
              >
                {crowdedOut.length} more here
              </button>
            )}
          </li>
        )
      })}
    </ol>
  )
}

/** Small screens: the open verdict in a sheet above the dock, or all of them. */
export function VerdictSheets({
  layer,
  isListOpen,
  onList,
}: {
  layer: VerdictLayer
  isListOpen: boolean
  onList: (isOpen: boolean) => void
}) {
  const { claims } = layer.outcome
  const active = claims.find(({ id }) => id === layer.activeId)
  if (isListOpen)
    return (
      <BottomSheet
        label="Verdicts"
        tall
        onClose={() => {
          onList(false)
        }}
      >
        <VerdictHeader layer={layer} />
        {claims.length === 0 && nothing}
        <ol aria-label="Verdicts" className="grid gap-2 py-2" onKeyDown={moveBetweenCards}>
          {claims.map((claim) => (
            <li key={claim.id}>
              <VerdictClaimCard claim={claim} layer={layer} />
            </li>
          ))}
        </ol>
      </BottomSheet>
    )
  if (active === undefined) return null
  return (
    <BottomSheet
      label="Verdict"
      onClose={() => {
        layer.open(null)
      }}
    >
      <VerdictClaimCard claim={active} layer={layer} />
    </BottomSheet>
  )
}
