import { findBlobs } from './find-blobs.ts';
import { findDisguises } from './find-disguises.ts';
import { findHiddenText } from './find-hidden-text.ts';
import { findMarkers } from './find-markers.ts';
import { findPhrases } from './find-phrases.ts';
import type { ScreeningFinding } from './screening-finding.ts';

/** So many findings of one kind are enough to make a person look. */
const MOST_OF_A_KIND = 5;

/**
 * Looks in a task for what people do not write who only want something built: hidden characters, orders to the model
 * to drop its rules, wishes to carry secrets away, places outside the project, encoded text. Advice for a person, in
 * time linear in the length of the text: what it finds may be harmless, and what it does not find may be there.
 *
 * @returns at most five findings of each kind, in the order of their positions.
 */
export function screenTask(text: string): readonly ScreeningFinding[] {
  const found = [findHiddenText, findDisguises, findMarkers, findPhrases, findBlobs].flatMap((find) =>
    find(text),
  );
  const counts = new Map<string, number>();
  return found
    .toSorted((left, right) => left.position - right.position)
    .filter(({ kind }) => {
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      return count <= MOST_OF_A_KIND;
    });
}
