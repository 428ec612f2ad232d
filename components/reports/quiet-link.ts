/** The look of links in running text of a report; paper shows none. */
export const quietLink =
  'underline decoration-line-strong underline-offset-3 hover:decoration-current print:no-underline'
