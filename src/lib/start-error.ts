/** Whether a start that failed may succeed later without a change by the operator. */
export type StartErrorKind = 'passing' | 'lasting';

/** Why the bot cannot start or go on, in a sentence for the operator. */
export class StartError extends Error {
  override name = 'StartError';
  readonly kind: StartErrorKind;

  constructor(kind: StartErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
