/** Names of files or folders to look for in paths, wherever they stand; some with the folders they are in. */
export interface PlaceList {
  /** Those of one component. */
  readonly names: ReadonlySet<string>;
  /** The others, with a separator before and behind. */
  readonly ends: readonly string[];
}

/** A list that is quick to look up in. */
export function toPlaceList(places: readonly string[]): PlaceList {
  return {
    names: new Set(places.filter((place) => !place.includes('/'))),
    ends: places.filter((place) => place.includes('/')).map((place) => `/${place}/`),
  };
}

/** Whether a path, given by its components, ends with one of the places. */
export function endsWithPlace({ names, ends }: PlaceList, components: readonly string[]): boolean {
  if (names.has(components.at(-1) ?? '')) return true;
  const path = `/${components.join('/')}/`;
  return ends.some((end) => path.endsWith(end));
}

/** Whether a path, given by its components, lies in one of the places or is one. */
export function liesInPlace({ names, ends }: PlaceList, components: readonly string[]): boolean {
  if (components.some((component) => names.has(component))) return true;
  const path = `/${components.join('/')}/`;
  return ends.some((place) => path.includes(place));
}
