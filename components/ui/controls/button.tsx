import type { ComponentProps, ReactNode } from 'react'
import { buttonClasses, type ButtonSize, type ButtonVariant } from './button-classes'
import { classNames } from '../class-names'
import { Spinner } from '../layout/spinner'

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  /** Work is under way: shows a spinner, keeps the focus and swallows presses. */
  busy?: boolean | undefined
  icon?: ReactNode
}

/** A button; `type` is `button` unless said otherwise. */
export function Button({
  variant,
  size,
  busy = false,
  icon,
  className,
  children,
  type = 'button',
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={classNames(buttonClasses({ variant, size }), className)}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={
        busy
          ? (event) => {
              event.preventDefault()
            }
          : onClick
      }
      {...rest}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  )
}
