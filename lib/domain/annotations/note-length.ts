/** The most UTF-16 code units of a note. */
export const maxNoteLength = 20_000
