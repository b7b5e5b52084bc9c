/** The store did not answer: the operation may or may not have been carried out. A retry may succeed. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
}
