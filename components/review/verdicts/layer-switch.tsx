'use client'

import { Segmented } from '@/components/ui/controls/choices'
import { useVerdictLayer } from './layer-context'

const options = [
  { value: 'verdicts', label: 'Verdicts' },
  { value: 'marks', label: 'Marks' },
] as const

/** The choice between what was settled and what reviewers marked; nothing where nothing was settled. */
export function LayerSwitch({ name = 'layer' }: { name?: string }) {
  const layer = useVerdictLayer()
  if (layer === null) return null
  return (
    <Segmented
      legend="What to show in the text"
      name={name}
      options={options}
      value={layer.layer}
      onChange={layer.show}
    />
  )
}
