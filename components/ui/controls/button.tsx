import type { ComponentProps, ReactNode } from 'react'
import { classNames } from '../class-names'
import { Spinner } from '../layout/spinner'
import { Link } from './link'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'small' | 'medium'

const variants: Record<ButtonVariant, string> = {
  primary: 'border-accent bg-accent text-on-accent hover:border-accent-strong hover:bg-accent-strong shadow-card',
  secondary:
    'border-line-strong bg-surface text-ink hover:border-field hover:bg-hover shadow-card contrast:border-field',
  quiet: 'border-transparent bg-transparent text-ink-2 hover:bg-hover hover:text-ink',
  danger: 'border-danger bg-danger text-on-danger hover:opacity-90 shadow-card',
}

const sizes: Record<ButtonSize, string> = {
  small: 'min-h-7 gap-1.5 rounded-sm px-2 py-0.5 text-sm',
  medium: 'min-h-9 gap-2 rounded-md px-3 py-1.5 text-base',
}

/** The classes of a button, for anything that should look like one. */
export function buttonClasses({
  variant = 'secondary',
  size = 'medium',
}: { variant?: ButtonVariant | undefined; size?: ButtonSize | undefined } = {}): string {
  return classNames(
    'inline-flex shrink-0 items-center justify-center border font-medium whitespace-nowrap select-none transition-colors duration-100',
    'disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0 print:hidden',
    variants[variant],
    sizes[size],
  )
}

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  /** Work is in progress: shows a spinner, keeps the focus and ignores presses. */
  busy?: boolean | undefined
  icon?: ReactNode
}

/** A button; `type` defaults to `button`. */
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

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'children'> {
  /** The accessible name, also shown on hover. */
  label: string
  icon: ReactNode
  size?: 'small' | 'medium' | undefined
}

/** A button that shows only an icon. */
export function IconButton({ label, icon, size = 'medium', className, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={classNames(
        'inline-grid shrink-0 place-items-center rounded-md text-ink-2 transition-colors duration-100 hover:bg-hover hover:text-ink aria-expanded:bg-hover disabled:opacity-55 print:hidden',
        size === 'small' ? 'size-7 [&_svg]:size-4' : 'size-9 [&_svg]:size-[1.125rem]',
        className,
      )}
      {...rest}
    >
      {icon}
    </button>
  )
}

interface LinkButtonProps extends ComponentProps<typeof Link> {
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  icon?: ReactNode
}

/** A link to another page that looks like a button. */
export function LinkButton({ variant, size, icon, className, children, ...rest }: LinkButtonProps) {
  return (
    <Link className={classNames(buttonClasses({ variant, size }), className)} {...rest}>
      {icon}
      {children}
    </Link>
  )
}
