/** The tags of an annotation; nothing when there are none. */
export function TagList({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return null
  return (
    <ul aria-label="Tags" className="flex flex-wrap gap-1.5">
      {tags.map((tag) => (
        <li
          key={tag}
          dir="auto"
          className="max-w-full truncate rounded-full border border-line bg-sunken px-2 py-px text-xs font-medium text-ink-2"
        >
          {tag}
        </li>
      ))}
    </ul>
  )
}
