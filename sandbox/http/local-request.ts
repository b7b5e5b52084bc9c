const LOCAL_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Whether a request is meant for this sandbox: a name that a foreign page made point here (DNS rebinding) shows in the
 * Host header, a call that a foreign page makes shows in Origin. `own` is `127.0.0.1:PORT`.
 */
export function isLocalRequest(host: string | undefined, origin: string | undefined, own: string): boolean {
  const port = own.slice(own.lastIndexOf(':'));
  const hosts = LOCAL_NAMES.map((name) => name + port);
  return (
    hosts.includes(host ?? '') && (origin === undefined || hosts.some((one) => origin === `http://${one}`))
  );
}
