/** Files dropped on the list, on their way to the import page. They live in the browser only, for one navigation. */
let waiting: File[] = []

/** Keeps dropped files for the import page. */
export function keepDroppedFiles(files: readonly File[]): void {
  waiting = [...files]
}

/** Takes the files that wait, once. */
export function takeDroppedFiles(): File[] {
  const files = waiting
  waiting = []
  return files
}
