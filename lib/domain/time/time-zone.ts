/** The zone of a workspace that has chosen none. */
export const defaultTimeZone = 'UTC'

/** Tells whether a name is of the IANA time zone database as this machine knows it. An offset such as "+05:00" is not a name. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    // What Intl does not know, it refuses.
    return false
  }
}

/** The place that names a zone, for people: "Honolulu", "Buenos Aires", "UTC". */
export function zoneInWords(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')
}

/** The zones to choose from, by name, with `also` among them: an alias may be in use that the list leaves out. */
export function timeZoneNames(also: string): string[] {
  return [...new Set(['UTC', also, ...Intl.supportedValuesOf('timeZone')])].toSorted()
}
