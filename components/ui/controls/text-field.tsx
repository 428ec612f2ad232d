import type { ComponentProps, ReactNode } from 'react'
import { classNames } from '../class-names'
import { controlClasses, Field } from './field'

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'id' | 'children'> {
  label: ReactNode
  hint?: ReactNode
  error?: string | null | undefined
  optional?: boolean | undefined
  hideLabel?: boolean | undefined
  /** Classes of the whole field; `className` goes to the input. */
  fieldClassName?: string | undefined
}

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
