'use client'

import { useId, useState, type ReactNode } from 'react'
import { classNames } from '../class-names'
import { filesOfDrop, filesOfFolder } from './picked-files'

/** The focus outline around the label: the input itself is invisible. */
const outline =
  'rounded-sm has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent'

export interface FileDropProps {
  label: string
  /** Says which files are accepted, before one is chosen. */
  hint: ReactNode
  /** The `accept` attribute: extensions and media types. */
  accept: string
  multiple?: boolean | undefined
  disabled?: boolean | undefined
  /** The label of the button that chooses a folder; left out when folders are not accepted. */
  folderLabel?: string | undefined
  onFiles: (files: File[]) => void
}

/** A field for files: press to choose, or drop them on it. Files of a folder are named by their paths. */
export function FileDrop({
  label,
  hint,
  accept,
  multiple = true,
  disabled = false,
  folderLabel,
  onFiles,
}: FileDropProps) {
  const id = useId()
  const [over, setOver] = useState(false)
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => {
        setOver(false)
      }}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        if (disabled) return
        void filesOfDrop(event.dataTransfer).then((files) => {
          if (files.length > 0) onFiles(multiple ? files : files.slice(0, 1))
        })
      }}
      className={classNames(
        'relative grid justify-items-center gap-1.5 rounded-lg border border-dashed px-6 py-10 text-center transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
        over ? 'border-accent bg-accent-soft' : 'border-field bg-surface hover:bg-hover',
      )}
    >
      <svg
        viewBox="0 0 24 24"
        className="mb-1 size-7 text-ink-3"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        <path d="M12 15.5V4.5m0 0L7.5 9M12 4.5 16.5 9M4.5 15v3a1.5 1.5 0 0 0 1.5 1.5h12a1.5 1.5 0 0 0 1.5-1.5v-3" />
      </svg>
      <FileInput
        className="before:absolute before:inset-0"
        accept={accept}
        multiple={multiple}
        disabled={disabled}
        describedBy={`${id}-hint`}
        onFiles={onFiles}
      >
        {label}
      </FileInput>
      <p id={`${id}-hint`} className="max-w-md text-sm text-balance text-ink-3">
        {hint}
      </p>
      {folderLabel !== undefined && (
        // Raised above the surrounding label, which chooses files.
        <span className={classNames(outline, 'relative z-10 mt-1')}>
          <FileInput
            className="text-sm hover:underline"
            isFolder
            disabled={disabled}
            onFiles={(files) => {
              const shown = filesOfFolder(files)
              if (shown.length > 0) onFiles(shown)
            }}
          >
            {folderLabel}
          </FileInput>
        </span>
      )}
    </div>
  )
}

interface FileButtonProps {
  /** The `accept` attribute: extensions and media types. */
  accept: string
  busy: boolean
  /** The id of the element that describes it. */
  describedBy: string
  children: ReactNode
  onFile: (file: File) => void
}

/** Chooses one file; looks like a link. */
export function FileButton({ accept, busy, describedBy, children, onFile }: FileButtonProps) {
  return (
    <span className={outline}>
      <FileInput
        className="hover:underline"
        accept={accept}
        disabled={busy}
        describedBy={describedBy}
        onFiles={([file]) => {
          if (file !== undefined) onFile(file)
        }}
      >
        {children}
      </FileInput>
    </span>
  )
}

interface FileInputProps {
  className: string
  accept?: string
  multiple?: boolean
  /** Chooses a folder with all its files. */
  isFolder?: boolean
  disabled: boolean
  describedBy?: string
  /** The text of the link. */
  children: ReactNode
  /** Called with at least one file. */
  onFiles: (files: File[]) => void
}

/** The browser's own file input, visible only as its label. */
function FileInput({
  className,
  accept,
  multiple = false,
  isFolder = false,
  disabled,
  describedBy,
  children,
  onFiles,
}: FileInputProps) {
  const id = useId()
  return (
    <>
      <label htmlFor={id} className={classNames('cursor-pointer font-medium text-accent', className)}>
        {children}
      </label>
      <input
        ref={(input) => {
          // React has no prop for this attribute.
          if (isFolder) input?.setAttribute('webkitdirectory', '')
        }}
        id={id}
        type="file"
        className="sr-only"
        accept={accept}
        multiple={multiple}
        disabled={disabled}
        aria-describedby={describedBy}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])]
          // Emptied, so that choosing the same file again fires a change.
          event.currentTarget.value = ''
          if (files.length > 0) onFiles(files)
        }}
      />
    </>
  )
}
