import type { ComponentProps, ReactNode } from 'react'
import { classNames } from '../class-names'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'children'> {
  /** What it does, for everyone who cannot read the icon. Shown on hover too. */
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
