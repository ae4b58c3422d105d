import { ActionIcon, Modal } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useI18n } from '@/i18n';
import { SearchDialog } from './SearchDialog';

/** Searches everything: Ctrl-K anywhere, `/` where nothing is typed. */
export function SearchBox() {
  const { t } = useI18n();
  const [opened, { open, close }] = useDisclosure(false);
  useHotkeys([['mod+K', open]], []);
  useHotkeys([['/', open]]);
  return (
    <>
      <ActionIcon size="lg" onClick={open} aria-label={t('search.title')} title={`${t('search.title')} (Ctrl K)`} data-testid="search">
        <IconSearch size={18} stroke={1.6} />
      </ActionIcon>
      <Modal opened={opened} onClose={close} size="lg" title={t('search.title')} closeButtonProps={{ 'aria-label': t('action.close') }}>
        <SearchDialog onClose={close} />
      </Modal>
    </>
  );
}
