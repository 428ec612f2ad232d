'use client'

import { Link } from '../controls/link'
import {
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useEffectEvent,
  useId,
  useRef,
  useState,
  type ToggleEvent,
} from 'react'
import { classNames } from '../class-names'
import { Icon } from '../icon'

type AnchorSide = 'below' | 'above'

type AnchorAlign = 'start' | 'end'

const gap = 6

const margin = 8

export type MenuItem =
  | {
      kind: 'action'
      label: string
      icon?: ReactNode
      hint?: ReactNode
      tone?: 'plain' | 'danger'
      disabled?: boolean
      onSelect: () => void
    }
  | { kind: 'link'; label: string; icon?: ReactNode; href: string }
  | { kind: 'choice'; label: string; checked: boolean; multiple?: boolean; onSelect: () => void }
  | { kind: 'heading'; label: string }
  | { kind: 'separator' }

/** The props for the button that opens the menu: spread them there. */
export interface MenuTrigger {
  popoverTarget: string
  'aria-haspopup': 'menu'
  'aria-expanded': boolean
  'aria-controls': string
}

export interface MenuProps {
  label: string
  items: readonly MenuItem[]
  trigger: (props: MenuTrigger) => ReactNode
  side?: AnchorSide | undefined
  align?: AnchorAlign | undefined
  /** Shown above the items; arrow keys skip it. */
  header?: ReactNode
}

const itemClasses =
  'flex w-full items-center gap-2.5 rounded-sm px-2.5 py-1.5 text-start text-base text-ink outline-none select-none hover:bg-hover focus:bg-hover ' +
  'focus-visible:outline-2 focus-visible:-outline-offset-2 disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-3'

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]:not(:disabled)')]
}

/** Moves the focus by arrow keys, Home, End and first letters. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const all = itemsOf(event.currentTarget)
  const at = all.findIndex((item) => item === document.activeElement)
  const target = {
    ArrowDown: all[(at + 1) % all.length],
    ArrowUp: all.at(at <= 0 ? -1 : at - 1),
    Home: all[0],
    End: all.at(-1),
  }[event.key]
  const typed =
    event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== ' '
      ? event.key.toLowerCase()
      : null
  const named =
    typed === null
      ? undefined
      : [...all.slice(at + 1), ...all].find((item) => item.textContent.trim().toLowerCase().startsWith(typed))
  const next = target ?? named
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}

/** A menu of actions, links and choices behind a button. */
export function Menu({ label, items, trigger, side, align = 'start', header }: MenuProps) {
  const {
    open,
    close,
    trigger: anchor,
    floating,
  } = useAnchored({
    side,
    align,
    onOpen: (box) => {
      itemsOf(box)[0]?.focus()
    },
  })
  return (
    <>
      {trigger({ ...anchor, 'aria-haspopup': 'menu' })}
      <div
        {...floating}
        role="menu"
        aria-label={label}
        onKeyDown={(event) => {
          if (event.key === 'Tab') close()
          else moveFocus(event)
        }}
        className="fixed m-0 max-h-[70dvh] max-w-[min(22rem,calc(100vw-1rem))] min-w-52 overflow-y-auto rounded-md border border-line-strong bg-surface p-1 text-ink shadow-float not-data-placed:opacity-0"
      >
        {open && (
          <>
            {header}
            {items.map((item, index) => (
              <MenuEntry key={index} item={item} close={close} />
            ))}
          </>
        )}
      </div>
    </>
  )
}

/** An item of a menu. */
function MenuEntry({ item, close }: { item: MenuItem; close: () => void }) {
  const choose = (act: () => void) => () => {
    close()
    act()
  }
  if (item.kind === 'separator') return <hr className="mx-1 my-1 border-line" />
  if (item.kind === 'heading') {
    return (
      <p role="presentation" className="px-2.5 pt-2 pb-1 text-xs font-semibold text-ink-3">
        {item.label}
      </p>
    )
  }
  if (item.kind === 'link') {
    return (
      <Link role="menuitem" tabIndex={-1} href={item.href} className={itemClasses} onClick={close}>
        {item.icon}
        <span className="min-w-0 flex-1 truncate">{item.label}</span>
      </Link>
    )
  }
  if (item.kind === 'choice') {
    return (
      <button
        type="button"
        role={item.multiple === true ? 'menuitemcheckbox' : 'menuitemradio'}
        aria-checked={item.checked}
        tabIndex={-1}
        className={itemClasses}
        onClick={choose(item.onSelect)}
      >
        <Icon name="check" className={classNames(!item.checked && 'invisible')} />
        <span dir="auto" className="min-w-0 flex-1 truncate">
          {item.label}
        </span>
      </button>
    )
  }
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      disabled={item.disabled}
      className={classNames(itemClasses, item.tone === 'danger' && 'text-danger [&_svg]:text-danger')}
      onClick={choose(item.onSelect)}
    >
      {item.icon}
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      {item.hint !== undefined && <span className="text-ink-3">{item.hint}</span>}
    </button>
  )
}

/** The position of a floating box in CSS pixels of the viewport: beside its anchor, flipped or shifted where it would leave the screen. */
function placeBeside({
  anchor,
  box,
  viewport,
  side,
  align,
}: {
  anchor: { top: number; bottom: number; left: number; right: number }
  box: { width: number; height: number }
  viewport: { width: number; height: number }
  side: AnchorSide
  align: AnchorAlign
}): { top: number; left: number } {
  const below = anchor.bottom + gap
  const above = anchor.top - gap - box.height
  const fitsBelow = below + box.height <= viewport.height - margin
  const fitsAbove = above >= margin
  const goesBelow = side === 'below' ? fitsBelow || !fitsAbove : !fitsAbove && fitsBelow
  const wantedLeft = align === 'start' ? anchor.left : anchor.right - box.width
  const clamp = (value: number, most: number) => Math.max(margin, Math.min(value, most))
  return {
    top: clamp(goesBelow ? below : above, viewport.height - margin - box.height),
    left: clamp(wantedLeft, viewport.width - margin - box.width),
  }
}

/**
 * A floating box on the browser's own popover (top layer, light dismiss, Escape), placed beside the button that opens it. Spread `trigger` on
 * the button and `floating` on the box.
 */
function useAnchored({
  side = 'below',
  align = 'start',
  onOpen,
}: {
  side?: AnchorSide | undefined
  align?: AnchorAlign | undefined
  onOpen?: ((box: HTMLElement) => void) | undefined
} = {}) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)

  const place = useCallback(() => {
    const element = box.current
    const anchor = document.querySelector(`[popovertarget="${CSS.escape(id)}"]`)
    if (element === null || anchor === null) return
    // "start" is the left side only in left-to-right text.
    const mirrored = getComputedStyle(element).direction === 'rtl'
    const at = placeBeside({
      anchor: anchor.getBoundingClientRect(),
      box: { width: element.offsetWidth, height: element.offsetHeight },
      viewport: { width: document.documentElement.clientWidth, height: window.innerHeight },
      side,
      align: mirrored ? (align === 'start' ? 'end' : 'start') : align,
    })
    element.style.top = `${at.top}px`
    element.style.left = `${at.left}px`
    element.dataset['placed'] = ''
  }, [id, side, align])

  const opened = useEffectEvent((element: HTMLElement) => onOpen?.(element))

  useEffect(() => {
    const element = box.current
    if (!open || element === null) return
    place()
    opened(element)
    window.addEventListener('resize', place)
    window.addEventListener('scroll', place, { passive: true, capture: true })
    return () => {
      window.removeEventListener('resize', place)
      window.removeEventListener('scroll', place, { capture: true })
      delete element.dataset['placed']
    }
  }, [open, place])

  const close = useCallback(() => {
    box.current?.hidePopover()
  }, [])

  return {
    open,
    close,
    trigger: { popoverTarget: id, 'aria-expanded': open, 'aria-controls': id },
    floating: {
      ref: box,
      id,
      popover: 'auto' as const,
      onToggle: (event: ToggleEvent<HTMLDivElement>) => {
        setOpen(event.newState === 'open')
      },
    },
  }
}
