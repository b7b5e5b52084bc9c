/** A control call that fails. The message is one sentence: what Discord's client shows, if it has a text for the case. */
export class ControlError extends Error {
  /** The HTTP status of the response. */
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}
