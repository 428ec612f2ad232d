/** Facts on one line separated by dots, each with its own text direction. Empty and repeated ones are left out. */
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
