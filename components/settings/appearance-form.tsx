'use client'

import { useState } from 'react'
import { applyAppearance, currentAppearance, type Appearance, type Theme } from '@/components/shell/frame/appearance'
import { Checkbox } from '@/components/ui/controls/checkbox'
import { Segmented } from '@/components/ui/controls/segmented'

const themes: readonly { value: Theme; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

/** How the workbench looks in this browser. It changes at once. */
export function AppearanceForm({ appearance: initial }: { appearance: Appearance }) {
  const [appearance, setAppearance] = useState(initial)
  const change = (part: Partial<Appearance>) => {
    // The palette or the menu may have changed it since this was rendered.
    const next = { ...currentAppearance(), ...part }
    setAppearance(next)
    applyAppearance(next)
  }
  return (
    <div className="grid justify-items-start gap-4">
      <Segmented
        legend="Theme"
        name="theme"
        options={themes}
        value={appearance.theme}
        onChange={(theme) => {
          change({ theme })
        }}
      />
      <Checkbox
        label="High contrast"
        hint="Stronger lines and text. Off leaves it to the system."
        checked={appearance.highContrast}
        onChange={(event) => {
          change({ highContrast: event.target.checked })
        }}
      />
    </div>
  )
}
