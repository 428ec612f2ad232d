'use client'

import type { ReactNode } from 'react'
import { Button } from '../controls/button'
import { Dialog } from './dialog'

export interface AlertDialogProps {
  open: boolean
  title: string
  /** What will happen and whether it can be undone. */
  description: ReactNode
  /** Names the deed, such as "Delete the source". */
  confirmLabel: string
  tone?: 'danger' | 'plain' | undefined
  busy?: boolean | undefined
  onConfirm: () => void
  onCancel: () => void
  /** A choice to make with the answer. */
  children?: ReactNode
}

/** Asks before something that cannot be undone with one press. The harmless answer has the focus. */
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
