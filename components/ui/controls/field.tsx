import { useId, type ReactNode } from 'react'
import { classNames } from '../class-names'
import { Icon } from '../icon'

/** The attributes a field hands to its control, so that label, hint and error are read with it. */
export interface FieldControl {
  id: string
  'aria-describedby'?: string
  'aria-invalid'?: true
}

export interface FieldProps {
  label: ReactNode
  hint?: ReactNode
  /** What is wrong and what would work. Its presence marks the control as invalid. */
  error?: string | null | undefined
  /** Says "optional" beside the label. */
  optional?: boolean | undefined
  /** Keeps the label for screen readers only, where the place makes it plain. */
  hideLabel?: boolean | undefined
  className?: string | undefined
  children: (control: FieldControl) => ReactNode
}

/** A label, its control, a hint and an error, tied together. */
export function Field({ label, hint, error, optional, hideLabel, className, children }: FieldProps) {
  const id = useId()
  const hasHint = hint !== undefined && hint !== null
  const hasError = error !== undefined && error !== null && error !== ''
  const described = [hasError && `${id}-error`, hasHint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div className={classNames('grid content-start gap-1.5', className)}>
      <label htmlFor={id} className={hideLabel === true ? 'sr-only' : 'text-sm font-medium text-ink'}>
        {label}
        {optional === true && <span className="font-normal text-ink-3"> (optional)</span>}
      </label>
      {children({
        id,
        ...(described === '' ? {} : { 'aria-describedby': described }),
        ...(hasError ? { 'aria-invalid': true as const } : {}),
      })}
      {hasError && (
        <p id={`${id}-error`} className="flex gap-1.5 text-sm text-danger">
          <Icon name="error" className="mt-0.5 size-3.5 shrink-0" />
          <span dir="auto">{error}</span>
        </p>
      )}
      {hasHint && (
        <p id={`${id}-hint`} className="text-sm text-ink-3">
          {hint}
        </p>
      )}
    </div>
  )
}

/** The look shared by everything one types into. */
export const controlClasses =
  'w-full min-w-0 rounded-md border border-field bg-surface px-2.5 py-1.5 text-base text-ink transition-colors duration-100 hover:border-field ' +
  'focus-visible:border-accent focus-visible:outline-offset-0 aria-invalid:border-danger disabled:bg-sunken disabled:text-ink-3 max-md:text-[1rem] contrast:border-field'
