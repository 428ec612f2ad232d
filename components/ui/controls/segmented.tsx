import type { ReactNode } from 'react'
import { classNames } from '../class-names'

export interface SegmentedProps<V extends string> {
  legend: string
  name: string
  options: readonly { value: V; label: ReactNode }[]
  value: V
  onChange: (value: V) => void
  className?: string | undefined
}

/** A choice of one out of two to five short words, side by side. Radio buttons underneath, so arrow keys work. */
export function Segmented<V extends string>({ legend, name, options, value, onChange, className }: SegmentedProps<V>) {
  return (
    <fieldset className={classNames('inline-flex rounded-md border border-line bg-sunken p-0.5', className)}>
      <legend className="sr-only">{legend}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="inline-flex min-h-7 items-center gap-1.5 rounded-sm border border-transparent px-2.5 text-sm font-medium text-ink-2 hover:text-ink has-checked:border-line-strong has-checked:bg-surface has-checked:text-ink has-checked:shadow-card has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            className="sr-only"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => {
              onChange(option.value)
            }}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
