import type { MissingEvidence } from '@/lib/domain/annotations/rating'

/** Which evidence a rating lacks, in words. */
export const missingWords: Record<MissingEvidence, string> = {
  'supporting-citation': 'Needs a reference that supports it',
  'contradicting-citation': 'Needs a reference that contradicts it',
}

/** The sign of something that is missing. */
export function WarningSign() {
  return (
    <svg
      viewBox="0 0 16 16"
      className="size-3.5 shrink-0"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      aria-hidden="true"
    >
      <path d="M8 2.2 14.2 13H1.8z" strokeLinejoin="round" />
      <path d="M8 6.4v3.2M8 11.3v.1" strokeLinecap="round" />
    </svg>
  )
}

/** Says which evidence a rating lacks. With `onAdd` it leads to adding it. */
export function MissingEvidenceLine({
  missing,
  onAdd,
}: {
  missing: MissingEvidence
  onAdd?: (() => void) | undefined
}) {
  const text = (
    <>
      <WarningSign />
      <span>{missingWords[missing]}</span>
    </>
  )
  const classes = 'flex items-center gap-1.5 text-sm font-medium text-unsourced'
  if (onAdd === undefined) return <p className={classes}>{text}</p>
  return (
    <button type="button" className={`${classes} underline-offset-2 hover:underline`} onClick={onAdd}>
      {text}
    </button>
  )
}
