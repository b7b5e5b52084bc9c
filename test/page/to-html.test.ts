import fc from 'fast-check';
import { html, nothing } from 'lit';
import { expect, test } from 'vitest';
import { toHtml } from '../../sandbox/page/browser/to-html.ts';

test('text, lists, templates and nothing stand where they are put', () => {
  const items = ['a', 'b'].map((name) => html`<li>${name}</li>`);
  expect(toHtml(html`<ul>${items}</ul><p>${nothing}${null}${undefined}${0}</p>`)).toBe(
    '<ul><li>a</li><li>b</li></ul><p>0</p>',
  );
});

test('attributes are written, left out or switched; handlers and properties have no HTML', () => {
  const press = () => {};
  expect(
    toHtml(
      html`<a class="x ${'y'} ${''}" href=${'/z'} title=${nothing} ?hidden=${true} ?inert=${false} aria-busy=${false} @click=${press} .value=${'v'}>${'t'}</a>`,
    ),
  ).toBe('<a class="x y " href="/z" hidden aria-busy="false">t</a>');
});

test('no value ends its text or its attribute', () => {
  const value = fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', '=', ' ', '/') });
  fc.assert(
    fc.property(value, (text) => {
      const written = toHtml(html`<p title=${text} class="a ${text}">${text}</p>`);
      const [, title, named, child] =
        /^<p title="([^"<>]*)" class="a ([^"<>]*)">([^"<>]*)<\/p>$/.exec(written) ?? [];
      const read = (escaped = '') =>
        escaped
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&amp;', '&');
      expect([title, named, child].map(read)).toEqual([text, text, text]);
    }),
  );
});
