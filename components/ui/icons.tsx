import type { ReactNode } from 'react'

interface IconProps {
  className?: string | undefined
}

/** The frame of an icon, 16 units wide. */
export function Icon({ className, children }: IconProps & { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 16 16"
      className={className}
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

/** Three dots: more can be done. */
export function MoreIcon() {
  return (
    <Icon>
      <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2.6" />
    </Icon>
  )
}

export function SearchIcon({ className }: IconProps) {
  return (
    <Icon className={className}>
      <path d="M7 2.75a4.25 4.25 0 1 0 0 8.5 4.25 4.25 0 1 0 0-8.5m3.5 7.75 3 3" />
    </Icon>
  )
}

export function CheckIcon({ className }: IconProps) {
  return (
    <Icon className={className}>
      <path d="m3.5 8.5 3 3 6-7" strokeWidth="1.8" />
    </Icon>
  )
}

export function ChevronIcon({ className }: IconProps) {
  return (
    <Icon className={className}>
      <path d="m4.5 6.5 3.5 3.5 3.5-3.5" />
    </Icon>
  )
}

/** An exclamation mark in a circle: something is wrong. */
export function ErrorIcon({ className }: IconProps) {
  return (
    <Icon className={className}>
      <path d="M8 1.6a6.4 6.4 0 1 0 0 12.8A6.4 6.4 0 1 0 8 1.6M8 4.6v4.2M8 11v.2" />
    </Icon>
  )
}

/** An exclamation mark in a triangle: something is missing. */
export function WarningIcon({ className }: IconProps) {
  return (
    <Icon className={className}>
      <path d="M8 2.2 14.2 13H1.8zM8 6.4v3.2M8 11.3v.1" />
    </Icon>
  )
}
