const LOCAL_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Returns whether a request comes from this machine, by its Host and Origin headers. This refuses DNS rebinding (Host) and
 * requests of other sites' pages (Origin). `ownHost` is `127.0.0.1:PORT`.
 */
export function isLocalRequest(
  host: string | undefined,
  origin: string | undefined,
  ownHost: string,
): boolean {
  const port = ownHost.slice(ownHost.lastIndexOf(':'));
  const hosts = LOCAL_NAMES.map((name) => name + port);
  const isOwnOrigin = origin === undefined || hosts.some((name) => origin === `http://${name}`);
  return hosts.includes(host ?? '') && isOwnOrigin;
}
