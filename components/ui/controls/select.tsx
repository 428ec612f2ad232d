import type { ComponentProps, ReactNode } from 'react'
import { classNames } from '../class-names'
import { controlClasses, Field } from './field'
import { Icon } from '../icon'

export interface SelectOption {
  value: string
  label: string
}

export interface SelectProps extends Omit<ComponentProps<'select'>, 'id' | 'children'> {
  label: ReactNode
  options: readonly SelectOption[]
  hint?: ReactNode
  error?: string | null | undefined
  optional?: boolean | undefined
  hideLabel?: boolean | undefined
  fieldClassName?: string | undefined
}

/** The browser's own select: it works with every input device and every screen reader. */
export function Select({
  label,
  options,
  hint,
  error,
  optional,
  hideLabel,
  fieldClassName,
  className,
  ...rest
}: SelectProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional} hideLabel={hideLabel} className={fieldClassName}>
      {(control) => (
        <span className="relative grid">
          <select
            className={classNames(controlClasses, 'h-9 appearance-none pe-8 text-ellipsis', className)}
            {...rest}
            {...control}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon
            name="chevron"
            className="pointer-events-none absolute end-2.5 top-1/2 size-4 -translate-y-1/2 text-ink-3"
          />
        </span>
      )}
    </Field>
  )
}
