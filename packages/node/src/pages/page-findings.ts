import { pageLimits, type PageSummary } from '@jarvis/core';

import { cleanText } from './clean-text.ts';

/** A list that shows its first entries and counts the others. */
class ShortList<Entry> {
  readonly shown: Entry[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** How many are not shown. */
  get leftOut(): number {
    return this.#count - this.shown.length;
  }

  add(entry: Entry): void {
    this.#count += 1;
    if (this.shown.length < pageLimits.entries) this.shown.push(entry);
  }
}

/** A field of a form while its label may still come. */
export interface FoundField {
  readonly id: string | undefined;
  readonly form: number | undefined;
  readonly kind: string;
  readonly name: string | undefined;
  readonly isRequired: boolean;
  /** Something other than a `<label>` says what it is for. */
  readonly isNamed: boolean;
  readonly ownLabel: string | undefined;
}

/** A `<label>`, and the field in it. */
export interface FoundLabel {
  readonly for: string | undefined;
  readonly text: string;
  readonly field: FoundField | undefined;
}

/** Everything that was found on a page. */
export class PageFindings {
  title: string | undefined;
  language: string | undefined;
  description: string | undefined;
  hasRoot = false;
  hasViewport = false;
  hasMain = false;
  hasMainHeading = false;
  imageCount = 0;
  linksWithoutText = 0;
  linksWithoutTarget = 0;
  buttonsWithoutText = 0;
  readonly headings = new ShortList<PageSummary['headings'][number]>();
  readonly landmarks = new ShortList<PageSummary['landmarks'][number]>();
  readonly links = new ShortList<PageSummary['links'][number]>();
  readonly buttons = new ShortList<PageSummary['buttons'][number]>();
  readonly forms = new ShortList<PageSummary['forms'][number]>();
  readonly imagesWithoutText = new ShortList<string>();
  readonly fields: FoundField[] = [];
  readonly labels: FoundLabel[] = [];
}

/** What the findings on a page come to. */
export function toSummary(page: PageFindings, isWhole: boolean): PageSummary {
  const { title, language, description, headings, landmarks, links, buttons, forms, imagesWithoutText } =
    page;
  const labelled = labelFields(page);
  const fields = new ShortList<PageSummary['fields'][number]>();
  for (const field of labelled) fields.add(field);
  const lists = [headings, landmarks, links, buttons, forms, fields, imagesWithoutText];
  return {
    ...(title !== undefined && { title }),
    ...(language !== undefined && { language }),
    ...(description !== undefined && { description }),
    headings: headings.shown,
    landmarks: landmarks.shown,
    links: links.shown,
    buttons: buttons.shown,
    forms: forms.shown,
    fields: fields.shown,
    imagesWithoutText: imagesWithoutText.shown,
    imageCount: page.imageCount,
    missing: findMissing(page, labelled, isWhole),
    leftOut: lists.reduce((sum, { leftOut }) => sum + leftOut, 0),
    isWhole,
  };
}

function labelFields({ fields, labels }: PageFindings): PageSummary['fields'] {
  const byId = new Map(
    labels.filter(({ for: id }) => id !== undefined).map((label) => [label.for, label.text]),
  );
  const around = new Map(
    labels.filter(({ for: id }) => id === undefined).map((label) => [label.field, label.text]),
  );
  return fields.map((field) => {
    const { id, form, kind, name, isRequired, isNamed, ownLabel } = field;
    const label = ownLabel ?? (id === undefined ? undefined : byId.get(id)) ?? around.get(field);
    const text = cleanText(label ?? '', pageLimits.text);
    return {
      ...(form !== undefined && { form }),
      kind,
      ...(name !== undefined && { name }),
      ...(text !== '' && { label: text }),
      isLabelled: isNamed || text !== '',
      isRequired,
    };
  });
}

type Missing = PageSummary['missing'][number];

function findMissing(
  page: PageFindings,
  fields: PageSummary['fields'],
  isWhole: boolean,
): PageSummary['missing'] {
  // A part of a page is put into another one; of a page that was not read to its end nobody knows what is missing.
  const isPage = page.hasRoot && isWhole;
  const counts: readonly (readonly [Missing['what'], number])[] = [
    ['title', Number(isPage && page.title === undefined)],
    ['language', Number(page.hasRoot && page.language === undefined)],
    ['viewport', Number(isPage && !page.hasViewport)],
    ['description', Number(isPage && page.description === undefined)],
    ['main-heading', Number(isPage && !page.hasMainHeading)],
    ['main-landmark', Number(isPage && !page.hasMain)],
    ['image-text', page.imagesWithoutText.count],
    // The label may stand further down.
    ['field-label', isWhole ? fields.filter(({ isLabelled }) => !isLabelled).length : 0],
    ['link-text', page.linksWithoutText],
    ['link-target', page.linksWithoutTarget],
    ['button-text', page.buttonsWithoutText],
  ];
  return counts.filter(([, count]) => count > 0).map(([what, count]) => ({ what, count }));
}
