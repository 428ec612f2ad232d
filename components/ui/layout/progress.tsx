/** A bar filled by a share from 0 to 1, of which `failed` is shown as failed. It is decoration: the text beside it gives the numbers. */
export function Bar({
  share,
  failed = 0,
  className = 'h-[5px] w-32 max-w-full',
}: {
  share: number
  failed?: number
  className?: string
}) {
  const filled = Math.max(0, Math.min(1, share))
  const good = Math.max(0, filled - failed)
  const isDone = filled === 1
  return (
    <svg
      viewBox="0 0 100 5"
      preserveAspectRatio="none"
      aria-hidden="true"
      className={`${className} rounded-full bg-line forced-colors:border`}
    >
      {/* The width is an SVG attribute, because a strict content security policy forbids style attributes. */}
      <rect
        width={good * 100}
        height="5"
        className={
          isDone ? 'fill-sourced forced-colors:fill-[CanvasText]' : 'fill-accent forced-colors:fill-[Highlight]'
        }
      />
      <rect x={good * 100} width={(filled - good) * 100} height="5" className="fill-danger forced-colors:fill-[Mark]" />
    </svg>
  )
}

/** A progress bar that assistive technology reads. `failed` is the part of `value` that failed. */
export function ProgressBar({
  label,
  value,
  max,
  failed = 0,
}: {
  label: string
  value: number
  max: number
  failed?: number
}) {
  const of = (count: number) => (max === 0 ? 0 : count / max)
  return (
    <div role="progressbar" aria-label={label} aria-valuenow={value} aria-valuemin={0} aria-valuemax={max}>
      <Bar share={of(value)} failed={of(failed)} className="block h-2 w-full" />
    </div>
  )
}
