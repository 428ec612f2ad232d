declare global {
  var sourcemark: Map<string, object> | undefined
}

/**
 * Returns the process-wide value of a name, made at first use. Next loads server code once per bundle, so a module variable would exist several
 * times.
 * @param name used at one place in the code only, whose `make` determines the type
 */
export function perProcess<T extends object>(name: string, make: () => T): T {
  globalThis.sourcemark ??= new Map()
  const known = globalThis.sourcemark.get(name)
  if (known !== undefined) return known as T
  const made = make()
  globalThis.sourcemark.set(name, made)
  return made
}
