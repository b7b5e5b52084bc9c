/** The store did not answer: what was asked for may or may not have been done. The next try may find it back. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
}
