/** A thin bar filled by a share from 0 to 1. It is decoration: the numbers stand in words beside it. */
export function Bar({ share }: { share: number }) {
  const filled = Math.max(0, Math.min(1, share))
  return (
    <svg
      viewBox="0 0 100 5"
      preserveAspectRatio="none"
      aria-hidden="true"
      className="h-[5px] w-32 max-w-full rounded-full bg-line forced-colors:border"
    >
      {/* A width in the picture, not in a style attribute, so that a strict content security policy holds. */}
      <rect width={filled * 100} height="5" className={filled === 1 ? 'fill-sourced' : 'fill-accent'} />
    </svg>
  )
}
