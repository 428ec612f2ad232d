/** Parts two ways of doing the same. */
export function OrLine() {
  return (
    <div className="flex items-center gap-3 text-sm text-ink-3">
      <span className="h-px flex-1 bg-line" />
      or
      <span className="h-px flex-1 bg-line" />
    </div>
  )
}
