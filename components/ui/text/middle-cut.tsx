/** The fewest letters that are always shown at the end, and the length up to which words are cut at their end as usual. */
const kept = 12
const shortest = 28

/**
 * Words on one line that are cut in the middle when there is no room, so that those which begin alike can be told apart. The cut falls between two words;
 * assistive technology reads them whole. Give the parent a `title`.
 */
export function MiddleCut({ words }: { words: string }) {
  const cut = words.lastIndexOf(' ', words.length - kept) + 1
  if (words.length <= shortest || cut < kept) return <span className="block truncate">{words}</span>
  return (
    <span className="flex min-w-0">
      <span className="truncate whitespace-pre">{words.slice(0, cut)}</span>
      <span className="max-w-1/2 shrink-0 truncate whitespace-pre">{words.slice(cut)}</span>
    </span>
  )
}
