/** What may break when the old modules are taken away. */
export interface Risk {
  readonly level: 'high' | 'medium' | 'low';
  readonly what: string;
  /** `path:line`, or a path. */
  readonly where: readonly string[];
}
