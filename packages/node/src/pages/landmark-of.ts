import type { PageSummary } from '@jarvis/core';

import { type Attributes, hasName } from './attributes.ts';

type Landmark = PageSummary['landmarks'][number]['role'];

const landmarksByElement: ReadonlyMap<string, Landmark> = new Map([
  ['header', 'banner'],
  ['nav', 'navigation'],
  ['main', 'main'],
  ['aside', 'complementary'],
  ['footer', 'contentinfo'],
  ['search', 'search'],
  ['section', 'region'],
]);

/** The landmark an element is, if it is one. In a section, header and footer are the section's. */
export function landmarkOf(name: string, attributes: Attributes, isInSection: boolean): Landmark | undefined {
  const written = attributes['role']?.trim().toLowerCase();
  if (written !== undefined && written !== '') {
    return landmarksByElement.values().find((landmark) => landmark === written);
  }
  const landmark = landmarksByElement.get(name);
  if (landmark === 'banner' || landmark === 'contentinfo') return isInSection ? undefined : landmark;
  return landmark === 'region' && !hasName(attributes) ? undefined : landmark;
}
