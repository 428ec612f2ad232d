import { type ComponentProps, type ReactNode, useId } from 'react'
import { classNames } from '../class-names'
import { Icon } from '../icon'

/** The look shared by all text fields. */
export const controlClasses =
  'w-full min-w-0 rounded-md border border-field bg-surface px-2.5 py-1.5 text-base text-ink transition-colors duration-100 hover:border-field ' +
  'focus-visible:border-accent focus-visible:outline-offset-0 aria-invalid:border-danger disabled:bg-sunken disabled:text-ink-3 max-md:text-[1rem] contrast:border-field'

/** The attributes that a field passes to its control, so that label, hint and error are announced with it. */
export interface FieldControl {
  id: string
  'aria-describedby'?: string
  'aria-invalid'?: true
}

export interface FieldProps {
  label: ReactNode
  hint?: ReactNode
  /** The problem and what would work. If present, the control is marked as invalid. */
  error?: string | null | undefined
  /** Shows "optional" beside the label. */
  optional?: boolean | undefined
  /** Keeps the label for screen readers only, where the context makes it plain. */
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

/** What every kind of field says around its control. */
interface AroundControl extends Omit<FieldProps, 'className' | 'children'> {
  /** Classes of the whole field; `className` goes to the control. */
  fieldClassName?: string | undefined
}

type TextFieldProps = AroundControl & Omit<ComponentProps<'input'>, 'id' | 'children'>

/** One line of text with its label, hint and error. */
export function TextField({
  label,
  hint,
  error,
  optional,
  hideLabel,
  fieldClassName,
  className,
  dir = 'auto',
  ...rest
}: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional} hideLabel={hideLabel} className={fieldClassName}>
      {(control) => <input dir={dir} className={classNames(controlClasses, 'h-9', className)} {...rest} {...control} />}
    </Field>
  )
}

type TextAreaProps = AroundControl & Omit<ComponentProps<'textarea'>, 'id' | 'children'>

/** A text field of several lines; grows with its text where the browser supports it. */
export function TextArea({
  label,
  hint,
  error,
  optional,
  hideLabel,
  fieldClassName,
  className,
  rows = 4,
  dir = 'auto',
  ...rest
}: TextAreaProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional} hideLabel={hideLabel} className={fieldClassName}>
      {(control) => (
        <textarea
          dir={dir}
          rows={rows}
          className={classNames(
            controlClasses,
            'max-h-[60vh] min-h-20 field-sizing-content leading-relaxed',
            className,
          )}
          {...rest}
          {...control}
        />
      )}
    </Field>
  )
}

export interface SelectOption {
  value: string
  label: string
}

interface SelectProps extends AroundControl, Omit<ComponentProps<'select'>, 'id' | 'children'> {
  options: readonly SelectOption[]
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
