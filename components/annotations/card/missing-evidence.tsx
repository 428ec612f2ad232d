import { Icon } from '@/components/ui/icon'
import type { MissingEvidence } from '@/lib/domain/annotations/rating'

/** Which evidence a rating lacks, in words. */
export const missingWords: Record<MissingEvidence, string> = {
  'supporting-citation': 'Needs a reference that supports it',
  'contradicting-citation': 'Needs a reference that contradicts it',
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
      <Icon name="warning" className="size-3.5 shrink-0" />
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
