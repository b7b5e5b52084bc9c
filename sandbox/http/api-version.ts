import { getPath } from 'hono/utils/url';
import { API_PATH } from './middleware.ts';

/**
 * Returns the path of a request as the routes know it: without a slash at the end, and with version 10 in place of version 9
 * or none. The sandbox serves the same under each of them (documentation: reference, "API Versioning").
 */
export function resolveApiVersion(request: Request): string {
  const path = getPath(request).replace(/(?<=.)\/$/, '');
  return path.replace(/^\/api(\/v9)?(?=\/(?!v\d+(\/|$)))/, API_PATH);
}
