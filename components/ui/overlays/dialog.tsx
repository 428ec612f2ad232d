'use client'

import { useEffect, useId, useRef, type ReactNode } from 'react'
import { classNames } from '../class-names'
import { IconButton, Button } from '../controls/button'
import { Icon } from '../icon'

export interface DialogProps {
  open: boolean
  /** Requested by Escape, the close button or a press outside. The parent closes the dialog by setting `open`. */
  onClose: () => void
  title: string
  description?: ReactNode
  children?: ReactNode
  /** Buttons in reading order; the primary one last. */
  footer?: ReactNode
  size?: 'small' | 'medium' | 'large' | undefined
  role?: 'dialog' | 'alertdialog' | undefined
  /** Lets a press outside close it. Off where typed text could be lost. */
  closeOutside?: boolean | undefined
}

const sizes = { small: 'md:w-[26rem]', medium: 'md:w-[36rem]', large: 'md:w-[52rem]' }

/** A modal dialog on the browser's own `<dialog>`: the rest of the page is inert, Escape closes it, and the focus returns to where it was. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  children,
  footer,
  size = 'medium',
  role = 'dialog',
  closeOutside = true,
}: DialogProps) {
  const id = useId()
  const element = useRef<HTMLDialogElement>(null)
  const pressedOutside = useRef(false)
  const lastFocused = useRef<Element | null>(null)

  useEffect(() => {
    const dialog = element.current
    if (dialog === null || !open) return
    dialog.showModal()
    // React's own autoFocus runs too early, while the dialog is closed. The first text field gets the focus, because people open the dialog to fill
    // it in.
    dialog
      .querySelector<HTMLElement>('[data-autofocus], input:not([type=checkbox], [type=radio], [type=file]), textarea')
      ?.focus()
    return () => {
      dialog.close()
    }
  }, [open])

  // What had the focus may be gone with what it did, as a form that gives way to its answer: what comes next takes it.
  useEffect(() => {
    const dialog = element.current
    if (dialog === null || !open || document.activeElement !== document.body) return
    if (lastFocused.current?.isConnected === false) nextStop(dialog)?.focus()
  })

  return (
    <dialog
      ref={element}
      role={role}
      onFocus={({ target }) => {
        lastFocused.current = target
      }}
      aria-labelledby={`${id}-title`}
      {...(description === undefined ? {} : { 'aria-describedby': `${id}-description` })}
      onCancel={(event) => {
        // A file picker inside the dialog fires its own cancel event, which bubbles up to here.
        if (event.target !== element.current) return
        event.preventDefault()
        onClose()
      }}
      onPointerDown={(event) => {
        pressedOutside.current = event.target === element.current
      }}
      onClick={(event) => {
        if (closeOutside && pressedOutside.current && event.target === element.current) onClose()
      }}
      className={classNames(
        'bg-transparent text-ink open:animate-appear max-md:mt-auto max-md:w-full md:m-auto md:max-w-[calc(100vw-3rem)]',
        'max-h-[92dvh] overflow-visible p-0',
        sizes[size],
      )}
    >
      {open && (
        <div className="flex max-h-[92dvh] flex-col rounded-lg border text-start border-line bg-surface shadow-float max-md:rounded-b-none">
          <div className="flex items-start justify-between gap-4 px-5 pt-4 pb-1">
            <h2 id={`${id}-title`} dir="auto" className="font-serif text-xl font-semibold tracking-[-0.01em]">
              {title}
            </h2>
            {role === 'dialog' && (
              <IconButton
                label="Close"
                size="small"
                className="-me-1.5"
                onClick={onClose}
                icon={<Icon name="close" />}
              />
            )}
          </div>
          <div data-dialog-body className="grid min-h-0 gap-4 overflow-y-auto px-5 pt-1 pb-5">
            {description !== undefined && (
              <div id={`${id}-description`} className="text-ink-2">
                {description}
              </div>
            )}
            {children}
          </div>
          {footer !== undefined && (
            <div data-dialog-foot className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3">
              {footer}
            </div>
          )}
        </div>
      )}
    </dialog>
  )
}

/** Where the keyboard goes on in a dialog: the harmless answer, else the main button at its foot, else the first button of what it says, else its cross. */
function nextStop(dialog: HTMLElement): HTMLElement | null {
  return (
    dialog.querySelector<HTMLElement>('[data-autofocus]') ??
    [...dialog.querySelectorAll<HTMLElement>('[data-dialog-foot] button:enabled')].at(-1) ??
    dialog.querySelector<HTMLElement>('[data-dialog-body] button:enabled') ??
    dialog.querySelector<HTMLElement>('button:enabled')
  )
}

interface AlertDialogProps {
  open: boolean
  title: string
  /** The effect, and whether it can be undone. */
  description: ReactNode
  /** The label of the confirming button, such as "Delete the source". */
  confirmLabel: string
  tone?: 'danger' | 'plain' | undefined
  busy?: boolean | undefined
  onConfirm: () => void
  onCancel: () => void
  /** A further choice, made with the answer. */
  children?: ReactNode
}

/** Asks for confirmation before an action that is hard to undo. The harmless button has the focus. */
export function AlertDialog({
  open,
  title,
  description,
  confirmLabel,
  tone = 'danger',
  busy = false,
  onConfirm,
  onCancel,
  children,
}: AlertDialogProps) {
  return (
    <Dialog
      open={open}
      onClose={onCancel}
      title={title}
      description={description}
      role="alertdialog"
      size="small"
      closeOutside={false}
      footer={
        <>
          <Button data-autofocus onClick={onCancel}>
            Cancel
          </Button>
          <Button variant={tone === 'danger' ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
