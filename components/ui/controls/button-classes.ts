import { classNames } from '../class-names'

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
