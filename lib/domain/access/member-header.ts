/**
 * The request header that names the member as whom a call must be carried out, or not at all. A browser sends what was written before with
 * the cookie of the user who is signed in now; this keeps the one from being taken for the other. Calls without it are not checked.
 */
export const memberHeader = 'sourcemark-member'
