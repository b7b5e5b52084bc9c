/** Returns a person's text on one line, without control and format characters: they could reverse, hide or break other text. */
export const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();

/** Returns a person's text with Discord's markdown escaped: it cannot format, mention or link anything. */
export const escapeMarkdown = (text: string) => text.replace(/[\\*_~`|<>[\]()#:@-]/g, '\\$&');
