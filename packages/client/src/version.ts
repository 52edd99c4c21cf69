/** The version of this package, which its `package.json` repeats. */
export const version = '0.1.0'
