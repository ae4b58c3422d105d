import { en, type MessageKey } from '@/i18n/en';

/** What is said of the page at an address: by its first part, so that what stands below a list is told of with it. */
export function helpOf(pathname: string): MessageKey | null {
  const key = `help.page.${pathname.split('/')[1] ?? ''}`;
  return key in en ? (key as MessageKey) : null;
}
