import { ActionIcon, Button, Kbd, Modal, Stack, Text } from '@mantine/core';
import { IconHelp, IconRoute } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTour } from '@/features/tour/useTour';
import { useI18n } from '@/i18n';
import classes from './help.module.css';
import { pageKeys, press, type PageKey } from './keys';
import { helpOf } from './pages';

const editable = 'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"]';

/** What can be done on the page and by which key, told after `?`; the keys themselves, which act where nothing is typed. */
export function HelpButton() {
  const { t } = useI18n();
  const [keys, setKeys] = useState<PageKey[] | null>(null);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof Element && event.target.closest(editable);
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.key === '?') setKeys(pageKeys());
      else if (!press(event.key)) return;
      event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return (
    <>
      <ActionIcon
        size="lg"
        visibleFrom="xs"
        onClick={() => setKeys(pageKeys())}
        aria-label={t('help.open')}
        title={`${t('help.open')} (?)`}
        data-testid="help"
      >
        <IconHelp size={19} stroke={1.6} />
      </ActionIcon>
      <Modal
        opened={keys !== null}
        onClose={() => setKeys(null)}
        title={t('help.title')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        <Help keys={keys ?? []} onTour={() => setKeys(null)} />
      </Modal>
    </>
  );
}

const lists = ['/inbox', '/cases'];

function Help({ keys, onTour }: { keys: PageKey[]; onTour: () => void }) {
  const { t } = useI18n();
  const { begin } = useTour();
  const { pathname } = useLocation();
  const said = helpOf(pathname);
  const here = [
    ...(lists.includes(pathname)
      ? [
          { key: 'j k', name: t('keys.move') },
          { key: '↵', name: t('keys.open') },
        ]
      : []),
    ...keys,
  ];
  const everywhere = [
    { key: '?', name: t('help.open') },
    { key: '/', name: t('search.title') },
    { key: 'Ctrl K', name: t('search.title') },
    { key: 'Ctrl ↵', name: t('help.send') },
  ];
  return (
    <Stack gap="sm" data-testid="help-text">
      {said && <Text size="sm">{t(said)}</Text>}
      {here.length > 0 && <Keys title={t('help.here')} keys={here} />}
      <Keys title={t('help.everywhere')} keys={everywhere} />
      <Button
        variant="default"
        leftSection={<IconRoute size={15} aria-hidden />}
        onClick={() => {
          onTour();
          begin();
        }}
        data-testid="tour-again"
      >
        {t('tour.again')}
      </Button>
    </Stack>
  );
}

function Keys({ title, keys }: { title: string; keys: PageKey[] }) {
  return (
    <section>
      <h3 className={classes.title}>{title}</h3>
      <dl className={classes.keys}>
        {keys.map(({ key, name }) => (
          <div key={key}>
            <dt>
              <Kbd size="xs">{key}</Kbd>
            </dt>
            <dd>{name}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
