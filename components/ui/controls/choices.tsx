import { useId, type ComponentProps, type ReactNode } from 'react'
import { classNames } from '../class-names'

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'id' | 'type' | 'children'> {
  label: ReactNode
  hint?: ReactNode
}

/** A checkbox with its label. */
export function Checkbox({ label, hint, className, ...rest }: CheckboxProps) {
  const id = useId()
  const hasHint = hint !== undefined && hint !== null
  return (
    <div className={classNames('flex items-start gap-2.5', className)}>
      <input
        id={id}
        type="checkbox"
        className="mt-0.5 size-4 shrink-0 accent-accent"
        {...(hasHint ? { 'aria-describedby': `${id}-hint` } : {})}
        {...rest}
      />
      <div className="grid gap-0.5">
        <label htmlFor={id} className="text-base text-ink">
          {label}
        </label>
        {hasHint && (
          <p id={`${id}-hint`} className="text-sm text-ink-3">
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}

interface RadioOption<V extends string> {
  value: V
  label: ReactNode
  hint?: ReactNode
}

interface RadioGroupProps<V extends string> {
  legend: ReactNode
  name: string
  options: readonly RadioOption<V>[]
  value?: V | undefined
  defaultValue?: V | undefined
  onChange?: ((value: V) => void) | undefined
  hideLegend?: boolean | undefined
  className?: string | undefined
}

/** A choice of one option out of a few, all visible. */
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

interface SegmentedProps<V extends string> {
  legend: string
  name: string
  options: readonly { value: V; label: ReactNode }[]
  value: V
  onChange: (value: V) => void
  className?: string | undefined
}

/** A choice of one option out of two to five short ones, side by side. Built on radio buttons, so arrow keys work. */
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
