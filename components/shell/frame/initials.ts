/** One or two letters that stand for a name: the first of its first and last word, whole characters of any script. Empty for an empty name. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
  const first = words[0]
  const last = words.length > 1 ? words.at(-1) : undefined
  return [first, last]
    .flatMap((word) => /[\p{L}\p{N}]\p{M}*/u.exec(word ?? '')?.[0] ?? [])
    .join('')
    .toLocaleUpperCase()
}
