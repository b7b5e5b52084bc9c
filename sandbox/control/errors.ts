/** A control call that cannot be carried out, in one sentence: what Discord's own client would show, where there is such a thing. */
export class ControlError extends Error {
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}
