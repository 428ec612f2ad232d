import type { ComponentProps, ReactNode } from 'react'
import { classNames } from '../class-names'
import { controlClasses, Field } from './field'

export interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'id' | 'children'> {
  label: ReactNode
  hint?: ReactNode
  error?: string | null | undefined
  optional?: boolean | undefined
  hideLabel?: boolean | undefined
  /** Classes of the whole field; `className` goes to the text area. */
  fieldClassName?: string | undefined
}

/** Several lines of text; grows with what is written where the browser can. */
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
