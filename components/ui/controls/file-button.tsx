'use client'

import { useId, type ReactNode } from 'react'

export interface FileButtonProps {
  /** The `accept` attribute: endings and media types. */
  accept: string
  busy: boolean
  /** The id of what says more about it. */
  describedBy: string
  children: ReactNode
  onFile: (file: File) => void
}

/** Chooses one file, in the shape of a link. */
export function FileButton({ accept, busy, describedBy, children, onFile }: FileButtonProps) {
  const id = useId()
  return (
    <span className="rounded-sm has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
      <label htmlFor={id} className="cursor-pointer font-medium text-accent hover:underline">
        {children}
      </label>
      <input
        id={id}
        type="file"
        className="sr-only"
        accept={accept}
        disabled={busy}
        aria-describedby={describedBy}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          // Emptied, so that choosing the same file again is noticed.
          event.currentTarget.value = ''
          if (file !== undefined) onFile(file)
        }}
      />
    </span>
  )
}
