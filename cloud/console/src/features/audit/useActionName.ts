import { useI18n } from '@/i18n';

/** An action in words: what was it done to, and what. */
export function useActionName() {
  const { code, t } = useI18n();
  return (action: string) => {
    const dot = action.indexOf('.');
    if (dot < 0) return action;
    return t('audit.deed', { thing: code('auditThing', action.slice(0, dot)), deed: code('auditDeed', action.slice(dot + 1)) });
  };
}
