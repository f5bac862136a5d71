/** The version of this package, recorded with every run it accepts. Compared with package.json by a test. */
export const RELEASE = '0.1.0';
