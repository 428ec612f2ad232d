import { z } from 'zod'
import { isTimeZone } from './time-zone'

/** An IANA time zone name such as "Pacific/Honolulu", up to 64 characters. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine(isTimeZone, 'Choose a time zone by its name in the IANA database, such as Europe/Lisbon or UTC.')
