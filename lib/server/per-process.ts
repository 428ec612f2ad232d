const shared = globalThis as typeof globalThis & { sourcemark?: Map<string, object> }

/**
 * What there is one of in a process, made at first use. Next loads server code once a bundle, so a module's own variable would exist several times.
 * @param name of one place in the code alone, whose `make` gives it its shape
 */
export function perProcess<T extends object>(name: string, make: () => T): T {
  shared.sourcemark ??= new Map()
  const known = shared.sourcemark.get(name)
  if (known !== undefined) return known as T
  const made = make()
  shared.sourcemark.set(name, made)
  return made
}
