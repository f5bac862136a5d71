import { pageLimits } from '@jarvis/core';

import { type Attributes, hasName, methodOf, shortText } from './attributes.ts';
import { cleanAddress } from './clean-text.ts';
import { landmarkOf } from './landmark-of.ts';
import { linkKindOf } from './link-kind.ts';
import { type FoundField, PageFindings } from './page-findings.ts';
import { TextCaptures } from './text-captures.ts';

/** Their content is no text of the page. */
const UNREAD: ReadonlySet<string> = new Set([
  'script',
  'style',
  'template',
  'textarea',
  'select',
  'noscript',
]);

const INLINE: ReadonlySet<string> = new Set(
  'a abbr b bdi bdo cite code em font i kbd label mark q s small span strong sub sup u var wbr'.split(' '),
);

/** Within these, a header or footer is theirs and not the page's. */
const SECTIONS: ReadonlySet<string> = new Set(['article', 'aside', 'main', 'nav', 'section']);

/** Inputs that are no place to enter something. */
const BUTTON_TYPES: ReadonlySet<string> = new Set(['submit', 'button', 'reset', 'image']);

/** A browser names these two itself. */
const usualTexts: ReadonlyMap<string, string> = new Map([
  ['submit', 'Submit'],
  ['reset', 'Reset'],
]);

/** Finds out what is on a page while its elements go by, with no more memory than what it finds. */
export class PageCollector {
  readonly findings = new PageFindings();
  readonly #captures = new TextCaptures();
  #depth = 0;
  #unreadFrom: number | undefined;
  #foreignFrom: number | undefined;
  #sections = 0;
  #openForm: number | undefined;
  #openLabel: { field: FoundField | undefined } | undefined;

  /** How many elements are open. */
  get depth(): number {
    return this.#depth;
  }

  open(name: string, attributes: Attributes): void {
    this.#depth += 1;
    if (this.#unreadFrom !== undefined) return;
    if (!INLINE.has(name)) this.text(' ');
    this.#openElement(name, attributes);
    if (SECTIONS.has(name)) this.#sections += 1;
    if (UNREAD.has(name)) this.#unreadFrom = this.#depth;
    if (name === 'svg') this.#foreignFrom ??= this.#depth;
  }

  text(data: string): void {
    if (this.#unreadFrom === undefined) this.#captures.add(data);
  }

  close(name: string): void {
    const isUnread = this.#unreadFrom !== undefined && this.#depth > this.#unreadFrom;
    if (this.#unreadFrom === this.#depth) this.#unreadFrom = undefined;
    if (this.#foreignFrom === this.#depth) this.#foreignFrom = undefined;
    if (!isUnread) this.#closeElement(name);
    this.#depth -= 1;
  }

  #closeElement(name: string): void {
    if (SECTIONS.has(name)) this.#sections -= 1;
    if (name === 'form') this.#openForm = undefined;
    if (!INLINE.has(name)) this.text(' ');
    this.#captures.end(this.#depth);
  }

  #openElement(name: string, attributes: Attributes): void {
    this.#addLandmark(name, attributes);
    switch (name) {
      case 'html':
        this.findings.hasRoot = true;
        this.findings.language ??= shortText(attributes['lang']);
        return;
      case 'title': {
        this.#openTitle();
        return;
      }
      case 'meta': {
        this.#addMeta(attributes);
        return;
      }
      case 'img': {
        this.#addImage(attributes);
        return;
      }
      case 'a': {
        this.#openLink(attributes);
        return;
      }
      case 'button': {
        this.#openButton(attributes);
        return;
      }
      case 'form': {
        this.#openFormElement(attributes);
        return;
      }
      case 'label': {
        this.#openLabelElement(attributes);
        return;
      }
      case 'input': {
        this.#addInput(attributes);
        return;
      }
      case 'select':
      case 'textarea': {
        this.#addField(name, attributes);
        return;
      }
      default: {
        this.#openHeading(name);
        return;
      }
    }
  }

  #capture(finish: (text: string) => void): void {
    this.#captures.begin(this.#depth, finish);
  }

  #openTitle(): void {
    if (this.#foreignFrom !== undefined) return;
    this.#capture((text) => (this.findings.title ??= shortText(text)));
  }

  #addMeta({ name, content }: Attributes): void {
    const kind = name?.trim().toLowerCase();
    if (kind === 'viewport') this.findings.hasViewport = true;
    if (kind === 'description') this.findings.description ??= shortText(content);
  }

  #addImage({ alt, src = '', ...rest }: Attributes): void {
    this.findings.imageCount += 1;
    this.text(alt ?? '');
    const isHidden =
      rest['aria-hidden'] === 'true' || rest['role'] === 'presentation' || rest['role'] === 'none';
    const isNamed = alt !== undefined || hasName(rest);
    if (!isNamed && !isHidden) this.findings.imagesWithoutText.add(cleanAddress(src, pageLimits.address));
  }

  #openHeading(name: string): void {
    if (!/^h[1-6]$/u.test(name)) return;
    const level = Number(name.slice(1));
    this.#capture((captured) => {
      const text = shortText(captured);
      if (text === undefined) return;
      if (level === 1) this.findings.hasMainHeading = true;
      this.findings.headings.add({ level, text });
    });
  }

  #openLink(attributes: Attributes): void {
    const { href } = attributes;
    // Without an address it is the target of links, or nothing.
    if (href === undefined) return;
    const address = cleanAddress(href, pageLimits.address);
    const kind = linkKindOf(address);
    if (kind === 'none') this.findings.linksWithoutTarget += 1;
    this.#capture((captured) => {
      const text =
        shortText(attributes['aria-label']) ?? shortText(captured) ?? shortText(attributes['title']);
      if (text === undefined && !hasName(attributes)) this.findings.linksWithoutText += 1;
      this.findings.links.add({ text: text ?? '', href: address, kind });
    });
  }

  #openButton(attributes: Attributes): void {
    this.#capture((captured) => this.#addButton(shortText(captured), attributes));
  }

  #addButton(own: string | undefined, attributes: Attributes): void {
    const text = shortText(attributes['aria-label']) ?? own ?? shortText(attributes['title']);
    if (text === undefined && !hasName(attributes)) this.findings.buttonsWithoutText += 1;
    this.findings.buttons.add({ text: text ?? '' });
  }

  #openFormElement(attributes: Attributes): void {
    const label = shortText(attributes['aria-label']);
    this.findings.forms.add({
      ...(label !== undefined && { label }),
      action: cleanAddress(attributes['action'] ?? '', pageLimits.address),
      method: methodOf(attributes),
    });
    this.#openForm = this.findings.forms.count;
  }

  #openLabelElement({ for: id }: Attributes): void {
    const label: { field: FoundField | undefined } = { field: undefined };
    this.#openLabel = label;
    this.#capture((text) => {
      this.findings.labels.push({ for: id, text, field: label.field });
      if (this.#openLabel === label) this.#openLabel = undefined;
    });
  }

  #addInput(attributes: Attributes): void {
    const type = attributes['type']?.trim().toLowerCase() ?? 'text';
    if (type === 'hidden') return;
    if (!BUTTON_TYPES.has(type)) {
      this.#addField(shortText(type) ?? 'text', attributes);
      return;
    }
    const own = shortText(type === 'image' ? attributes['alt'] : attributes['value']);
    this.#addButton(own ?? usualTexts.get(type), attributes);
  }

  #addField(kind: string, attributes: Attributes): void {
    const field: FoundField = {
      id: attributes['id'],
      form: this.#openForm,
      kind,
      name: shortText(attributes['name']),
      isRequired: attributes['required'] !== undefined || attributes['aria-required'] === 'true',
      isNamed: hasName(attributes),
      ownLabel: shortText(attributes['aria-label']) ?? shortText(attributes['title']),
    };
    this.findings.fields.push(field);
    if (this.#openLabel !== undefined) this.#openLabel.field ??= field;
  }

  #addLandmark(name: string, attributes: Attributes): void {
    const role = landmarkOf(name, attributes, this.#sections > 0);
    if (role === undefined) return;
    const label = shortText(attributes['aria-label']);
    if (role === 'main') this.findings.hasMain = true;
    this.findings.landmarks.add({ role, ...(label !== undefined && { label }) });
  }
}
