import type { ReactNode } from 'react'
import { classNames } from '../class-names'

export interface RadioOption<V extends string> {
  value: V
  label: ReactNode
  hint?: ReactNode
}

export interface RadioGroupProps<V extends string> {
  legend: ReactNode
  name: string
  options: readonly RadioOption<V>[]
  value?: V | undefined
  defaultValue?: V | undefined
  onChange?: ((value: V) => void) | undefined
  hideLegend?: boolean | undefined
  className?: string | undefined
}

/** A choice of one out of a few, all of them visible. */
export function RadioGroup<V extends string>({
  legend,
  name,
  options,
  value,
  defaultValue,
  onChange,
  hideLegend,
  className,
}: RadioGroupProps<V>) {
  return (
    <fieldset className={classNames('grid gap-2', className)}>
      <legend className={hideLegend === true ? 'sr-only' : 'mb-1.5 text-sm font-medium text-ink'}>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className="flex items-start gap-2.5">
          <input
            type="radio"
            name={name}
            value={option.value}
            className="mt-0.5 size-4 shrink-0 accent-accent"
            {...(value === undefined
              ? { defaultChecked: option.value === defaultValue }
              : { checked: option.value === value })}
            {...(onChange === undefined
              ? {}
              : {
                  onChange: () => {
                    onChange(option.value)
                  },
                })}
          />
          <span className="grid gap-0.5">
            <span>{option.label}</span>
            {option.hint !== undefined && <span className="text-sm text-ink-3">{option.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
