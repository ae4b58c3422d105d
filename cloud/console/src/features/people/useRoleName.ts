import type { Role } from '@/api/types';
import { useI18n } from '@/i18n';

/** Built-in roles have names in every language; the others that which they were given. */
export function useRoleName() {
  const { code } = useI18n();
  return (role: Role) => (role.builtIn ? code('role', role.id) : role.name);
}
