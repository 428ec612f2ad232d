/**
 * The request header with the id of the member whom a call is for; the call of any other member is refused. A browser sends waiting changes with the
 * cookie of the user who is signed in now, and this keeps one member's changes from being taken for another's. Calls without the header are not
 * checked.
 */
export const memberHeader = 'sourcemark-member'
