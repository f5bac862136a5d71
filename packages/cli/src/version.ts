/** The version of this package. Compared with package.json by a test. */
export const VERSION = '0.1.0';
