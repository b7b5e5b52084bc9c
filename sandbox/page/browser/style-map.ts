import { noChange } from 'lit';
import { type AttributePart, Directive, directive, type ElementPart } from 'lit/directive.js';

type Styles = Readonly<Record<string, string | number | null | undefined>>;

/**
 * Stands in for lit's `styleMap`, which first writes a style attribute as text: a strict content security policy refuses
 * that. Properties set one by one are allowed.
 */
class StyleMap extends Directive {
  render(_styles: Styles) {
    return noChange;
  }

  override update(part: AttributePart | ElementPart, [styles]: [Styles]) {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(styles)) {
      const dashed = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      style.setProperty(dashed, value === null || value === undefined ? '' : String(value));
    }
    return noChange;
  }
}

/** Sets styles on an element, by property. */
export const styleMap = directive(StyleMap as never) as unknown as (styles: Styles) => unknown;
