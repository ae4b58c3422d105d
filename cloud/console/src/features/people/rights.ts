/** Rights by what they are of, in the order they come in. */
export function byResource(names: readonly string[]): { resource: string; read: boolean; write: boolean }[] {
  const resources = [...new Set(names.map((name) => name.split(':')[0]!))];
  return resources.map((resource) => ({
    resource,
    read: names.includes(`${resource}:read`),
    write: names.includes(`${resource}:write`),
  }));
}

/** The names with one given or taken. Whoever may write may read. */
export function withRight(names: readonly string[], resource: string, action: 'read' | 'write', given: boolean): string[] {
  const [read, write] = [`${resource}:read`, `${resource}:write`];
  const dropped = given ? [] : action === 'read' ? [read, write] : [write];
  const added = given ? (action === 'write' ? [read, write] : [read]) : [];
  return [...new Set([...names.filter((name) => !dropped.includes(name)), ...added])];
}
