/** The most memory a reader process may hold, in bytes; it ends when it holds more. */
export const maxReaderMemory = 512 * 1024 * 1024

/** How often a reader process looks at its memory, in ms. */
export const watchInterval = 50

/** The most memory of JavaScript objects in a reader process, in MB; code and buffers take the rest. */
export const maxReaderHeap = 320

/** A reader process that holds more than this after a document is not used for another, in bytes. */
export const retireAbove = 320 * 1024 * 1024

/** How long one document may take to be read, in ms. */
export const readingTime = 60_000

/** How long a reader process waits for another document before it ends, in ms. */
export const idleTime = 60_000

/** The most documents that wait to be read. */
export const maxWaiting = 200
