/** Facts on one line with dots between them, each in its own direction. Empty ones and repetitions are left out. */
export function Parts({ parts }: { parts: readonly string[] }) {
  return [...new Set(parts)]
    .filter((part) => part !== '')
    .map((part, at) => (
      <span key={part}>
        {at > 0 && ' · '}
        <bdi>{part}</bdi>
      </span>
    ))
}
