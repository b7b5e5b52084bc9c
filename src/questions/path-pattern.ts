/**
 * Compiles a pattern of slot paths: "*" stands for a part of a path or for some of its letters, "**" for any number of parts.
 */
export function pathExpression(pattern: string): RegExp {
  const parts = pattern.split('/').map((part) => (part === '**' ? '.*' : part.replaceAll('*', '[^/]*')));
  return new RegExp(`^${parts.join('/')}$`);
}

/** Returns the paths that match a pattern in which "*" stands for a part. */
export function matchingPaths(pattern: string, paths: readonly string[]): string[] {
  if (!pattern.includes('*')) return paths.filter((path) => path === pattern);
  const expression = pathExpression(pattern);
  return paths.filter((path) => expression.test(path));
}
