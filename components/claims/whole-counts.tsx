/** Keeps counts whole at the end of a line: "2 not checkable" is never split. */
export function WholeCounts({ children }: { children: string }) {
  return children.split(/(\d+ (?:not |no )?[a-z]+)/).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <span key={index} className="whitespace-nowrap">
        {part}
      </span>
    ),
  )
}
