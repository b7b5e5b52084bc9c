/** A person's text on one line, without what cannot be seen: it could reverse, hide or break what stands around it. */
export const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();

/** A person's text with Discord's markdown made plain: it can neither format nor mention nor link anything. */
export const escapeMarkdown = (text: string) => text.replace(/[\\*_~`|<>[\]()#:@-]/g, '\\$&');
