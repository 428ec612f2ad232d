/** The zone of a workspace that has chosen none. */
export const defaultTimeZone = 'UTC'

/** Whether a name is in the IANA time zone database of this machine. An offset such as "+05:00" is not a name. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    // Intl throws for an unknown name.
    return false
  }
}

/** The place in a zone's name, for people: "Honolulu", "Buenos Aires", "UTC". */
export function zoneInWords(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')
}

/** The zones to choose from, by name, including `also`, which may be an alias that the list lacks. */
export function timeZoneNames(also: string): string[] {
  return [...new Set(['UTC', also, ...Intl.supportedValuesOf('timeZone')])].toSorted()
}
