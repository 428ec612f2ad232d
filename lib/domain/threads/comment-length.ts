/** The most UTF-16 code units of a comment. */
export const maxCommentLength = 10_000
