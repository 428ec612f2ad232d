import type { ReactNode } from 'react'

/** The frame of an icon, 16 units wide. */
export function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}

/** A page with lines: what a person noted. */
export function NoteIcon() {
  return (
    <Icon>
      <path d="M4 2.5h8v11H4zM6.2 5.8h3.6M6.2 8.2h3.6M6.2 10.6h2" />
    </Icon>
  )
}

/** A speech bubble: what people say to each other. */
export function CommentIcon() {
  return (
    <Icon>
      <path d="M3 3.5h10v7H7.5L4.5 13v-2.5H3z" />
    </Icon>
  )
}

/** An open book: what a rating stands on. */
export function EvidenceIcon() {
  return (
    <Icon>
      <path d="M8 4.4C6.6 3.4 4.6 3 2.5 3v9c2.1 0 4.1.4 5.5 1.4 1.4-1 3.4-1.4 5.5-1.4V3c-2.1 0-4.1.4-5.5 1.4zM8 4.4v9" />
    </Icon>
  )
}

export function UndoIcon() {
  return (
    <Icon>
      <path d="M5.5 3 2.8 5.7l2.7 2.7M3 5.7h6.2a3.6 3.6 0 0 1 0 7.2H6" />
    </Icon>
  )
}

export function RedoIcon() {
  return (
    <Icon>
      <path d="m10.5 3 2.7 2.7-2.7 2.7M13 5.7H6.8a3.6 3.6 0 0 0 0 7.2H10" />
    </Icon>
  )
}

export function ListIcon() {
  return (
    <Icon>
      <path d="M3 4h10M3 8h10M3 12h10" />
    </Icon>
  )
}

export function MarginIcon() {
  return (
    <Icon>
      <path d="M2.5 3.5h6M2.5 6.5h6M2.5 9.5h6M2.5 12.5h4M11 3.5h2.5v4H11zM11 10h2.5v2.5H11z" />
    </Icon>
  )
}

export function FilterIcon() {
  return (
    <Icon>
      <path d="M2.5 4h11M4.5 8h7M6.5 12h3" />
    </Icon>
  )
}

export function CloseIcon() {
  return (
    <Icon>
      <path d="m4 4 8 8M12 4l-8 8" />
    </Icon>
  )
}
