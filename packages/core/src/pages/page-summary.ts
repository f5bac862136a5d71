import { z } from 'zod';

/** How much of a page a summary tells. */
export const pageLimits = {
  /** The longest text, in characters. */
  text: 120,
  /** The longest address, in characters. */
  address: 200,
  /** The most entries of each list. */
  entries: 40,
} as const;

const text = z.string().max(pageLimits.text);
const address = z.string().max(pageLimits.address);

function listOf<Entry extends z.ZodType>(entry: Entry) {
  return z.array(entry).max(pageLimits.entries).readonly();
}

const landmarkRoles = [
  'banner',
  'navigation',
  'main',
  'complementary',
  'contentinfo',
  'search',
  'region',
] as const;

/** `none`: it leads nowhere; `script`: it runs something instead. */
const linkKinds = ['page', 'section', 'external', 'mail', 'phone', 'script', 'other', 'none'] as const;

/** What a page, or a thing on it, has not, and what everyone needs to read and use it. */
const missingThings = [
  'title',
  'language',
  'viewport',
  'description',
  'main-heading',
  'main-landmark',
  'image-text',
  'field-label',
  'link-text',
  'link-target',
  'button-text',
] as const;

/**
 * What is on a page, as far as its markup says: nothing is run, drawn or fetched. The page's author wrote every text
 * in it, so a prompt quotes it as data.
 */
export const pageSummarySchema = z.object({
  title: text.optional(),
  language: text.optional(),
  description: text.optional(),
  headings: listOf(z.object({ level: z.int().min(1).max(6), text })),
  landmarks: listOf(z.object({ role: z.enum(landmarkRoles), label: text.optional() })),
  links: listOf(z.object({ text, href: address, kind: z.enum(linkKinds) })),
  buttons: listOf(z.object({ text })),
  forms: listOf(
    z.object({ label: text.optional(), action: address, method: z.enum(['get', 'post', 'dialog']) }),
  ),
  fields: listOf(
    z.object({
      /** The number of its form, counted from 1; left out for a field outside any form. */
      form: z.int().positive().optional(),
      /** The type of an input, `select` or `textarea`. */
      kind: text,
      name: text.optional(),
      label: text.optional(),
      /** Whether anything says what is to be entered; a place holder does not. */
      isLabelled: z.boolean(),
      isRequired: z.boolean(),
    }),
  ),
  /** The addresses of images without an `alt`; those with an empty one are decoration. */
  imagesWithoutText: listOf(address),
  /** How many images there are, with and without a text. */
  imageCount: z.int().nonnegative(),
  /** What is missing, and how often. */
  missing: z.array(z.object({ what: z.enum(missingThings), count: z.int().positive() })).readonly(),
  /** How many entries the lists do not show. */
  leftOut: z.int().nonnegative(),
  /** Whether all of the page was read; of a page that is too long or too deep only the beginning is. */
  isWhole: z.boolean(),
});

/** What is on a page, as far as its markup says. */
export type PageSummary = Readonly<z.infer<typeof pageSummarySchema>>;

/** Reads pages. Every implementation passes `pageReaderContract`. */
export interface PageReader {
  /**
   * What is on a page; `undefined` for a file that is none. Markup that is broken is read as far as it makes sense,
   * and never is an error. The same file gives the same summary.
   */
  summarise(file: { readonly path: string; readonly content: string }): Promise<PageSummary | undefined>;
}
