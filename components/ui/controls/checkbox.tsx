import { useId, type ComponentProps, type ReactNode } from 'react'
import { classNames } from '../class-names'

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'id' | 'type' | 'children'> {
  label: ReactNode
  hint?: ReactNode
}

/** A tick box with its label. */
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
