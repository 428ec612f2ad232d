/** The header in which the proxy tells pages their own path with its query. */
export const pathHeader = 'x-sourcemark-path'
