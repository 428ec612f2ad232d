/** How far something is, as a bar over the whole width. `value` and `max` count the same things; `label` says which. */
export function ProgressBar({ label, value, max }: { label: string; value: number; max: number }) {
  const share = max === 0 ? 0 : Math.max(0, Math.min(1, value / max))
  return (
    <div role="progressbar" aria-label={label} aria-valuenow={value} aria-valuemin={0} aria-valuemax={max}>
      {/* A width in the picture, not in a style attribute, so that a strict content security policy holds. */}
      <svg
        viewBox="0 0 100 8"
        preserveAspectRatio="none"
        aria-hidden="true"
        className="block h-2 w-full rounded-full bg-line forced-colors:border"
      >
        <rect
          width={share * 100}
          height="8"
          className={
            share === 1 ? 'fill-sourced forced-colors:fill-[CanvasText]' : 'fill-accent forced-colors:fill-[Highlight]'
          }
        />
      </svg>
    </div>
  )
}
