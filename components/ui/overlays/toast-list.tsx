'use client'

import { useEffect, useState } from 'react'
import { classNames } from '../class-names'
import { IconButton } from '../controls/button'
import { dismissToast, type Toast } from './toast-store'
import { Icon } from '../icon'

function ToastItem({ toast }: { toast: Toast }) {
  const [held, setHeld] = useState(false)
  const { id, duration } = toast

  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => {
      dismissToast(id)
    }, duration)
    return () => {
      clearTimeout(timer)
    }
  }, [held, id, duration])

  return (
    <li
      onPointerEnter={() => {
        setHeld(true)
      }}
      onPointerLeave={() => {
        setHeld(false)
      }}
      onFocus={() => {
        setHeld(true)
      }}
      onBlur={() => {
        setHeld(false)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') dismissToast(id)
      }}
      className={classNames(
        'pointer-events-auto flex w-full max-w-md animate-appear items-center gap-3 rounded-md border bg-surface py-1.5 ps-3.5 pe-1.5 text-ink shadow-float md:min-w-72',
        toast.tone === 'problem' ? 'border-danger' : 'border-line-strong',
      )}
    >
      <span dir="auto" className="min-w-0 flex-1 py-1">
        {toast.tone === 'problem' && <strong className="font-semibold text-danger">Problem: </strong>}
        {toast.message}
      </span>
      {toast.action !== null && (
        <button
          type="button"
          className="rounded-sm px-2 py-1 font-semibold text-accent hover:bg-accent-soft"
          onClick={() => {
            toast.action?.run()
            dismissToast(id)
          }}
        >
          {toast.action.label}
        </button>
      )}
      <IconButton
        label="Dismiss"
        size="small"
        onClick={() => {
          dismissToast(id)
        }}
        icon={<Icon name="close" />}
      />
    </li>
  )
}

/** The messages on the screen. Default export because it is loaded on first use. */
export default function ToastList({ toasts }: { toasts: readonly Toast[] }) {
  return (
    <ul className="contents">
      {toasts.map((toast) => (
        <ToastItem key={toast.id} toast={toast} />
      ))}
    </ul>
  )
}
