'use client'

import { useState, useSyncExternalStore } from 'react'
import { Checkbox } from '@/components/ui/controls/choices'
import { Dialog } from '@/components/ui/overlays/dialog'
import { KeyHint } from './key-hint'
import {
  currentShortcuts,
  decisionsMoveOn,
  noShortcuts,
  setDecisionsMoveOn,
  setSingleKeys,
  singleKeysEnabled,
  subscribeToShortcuts,
} from './shortcuts'

/** The shortcuts of the present page. Default export because it is loaded on first use. */
export default function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const groups = useSyncExternalStore(subscribeToShortcuts, currentShortcuts, noShortcuts)
  const [movesOn, setMovesOn] = useState(decisionsMoveOn)
  const [single, setSingle] = useState(singleKeysEnabled)
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard shortcuts" size={groups.length > 1 ? 'large' : 'medium'}>
      <div className={groups.length > 1 ? 'grid gap-x-10 gap-y-5 md:grid-cols-2' : 'grid'}>
        {groups.toReversed().map((group) => (
          <section key={group.title} className="grid content-start gap-1">
            <h3 className="pb-1 text-sm font-semibold text-ink-3">{group.title}</h3>
            <dl className="grid gap-y-1.5">
              {group.shortcuts.map((shortcut) => (
                <div
                  key={shortcut.keys}
                  className="flex items-baseline justify-between gap-6 border-b border-line pb-1.5"
                >
                  <dt>{shortcut.label}</dt>
                  <dd>
                    <KeyHint keys={shortcut.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Checkbox
        label="Use shortcuts made of single keys"
        hint="Switch them off if you dictate: spoken words would press them."
        checked={single}
        onChange={(event) => {
          setSingle(event.currentTarget.checked)
          setSingleKeys(event.currentTarget.checked)
        }}
      />
      {groups.some(({ title }) => title === 'Review') && (
        <Checkbox
          label="Go on to the next sentence after a decision"
          hint="After a rating that still needs evidence, you stay where you are. Stored on this device."
          checked={movesOn}
          onChange={(event) => {
            setMovesOn(event.currentTarget.checked)
            setDecisionsMoveOn(event.currentTarget.checked)
          }}
        />
      )}
    </Dialog>
  )
}
