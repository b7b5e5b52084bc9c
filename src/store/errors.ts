/** The store did not answer: the operation may or may not have been carried out. A retry may succeed. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
}

/** The store cannot be written, such as on a full disk. Reads may still work. */
export class StoreNotWritable extends StoreUnavailable {
  override name = 'StoreNotWritable';
}
