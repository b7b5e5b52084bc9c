import fc from 'fast-check';

/** What people who mean ill, or a cat on the keyboard, put into a text option. */
export const HOSTILE: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    '@everyone',
    '<@&123456789012345678>',
    '```js\nprocess.exit()\n```',
    '‮evil‬',
    '\u0000\u0007\u001b[31m',
    '😀'.repeat(50),
    '../../etc/passwd',
    '__proto__',
    'constructor',
    'toString',
    '9'.repeat(100),
    '-0',
    'NaN',
    '%00',
    "'; DROP TABLE due; --",
    '{0, plural, other {x}}',
    ' '.repeat(100),
  ),
);
