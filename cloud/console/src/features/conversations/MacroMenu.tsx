import { Button, Kbd, Menu } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconBolt } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { path, send } from '@/api/client';
import type { Macro } from '@/api/documents';
import { macrosQuery } from '@/api/queries';
import { useI18n } from '@/i18n';
import { explain } from '@/ui/states';

/** How many of them a digit runs. */
const digits = 9;

interface MacroMenuProps {
  /** On what they are run. */
  of: 'conversations' | 'cases';
  id: string;
}

/** What is read anew after a macro, beside what the stream brings. */
const changed = { conversations: ['conversation'], cases: ['case', 'timeline', 'commandList'] };

/** Opens by `m`; then the arrows or a digit choose. All that a macro says is done, or nothing. */
export function MacroMenu({ of, id }: MacroMenuProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const [opened, { open, close, toggle }] = useDisclosure();
  const macros = useQuery({ ...macrosQuery, enabled: opened }).data?.items;
  const run = useRun(of, id);
  const choose = (macro: Macro) => {
    close();
    run.mutate(macro);
  };
  useHotkeys([['m', open]]);
  return (
    <Menu opened={opened} onChange={(isOpen) => (isOpen ? open() : close())} position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconBolt size={15} aria-hidden />}
          rightSection={<Kbd size="xs">m</Kbd>}
          loading={run.isPending}
          onClick={toggle}
          data-testid="macros-open"
        >
          {t('macro.title')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown
        onKeyDown={({ key }) => {
          const macro = /^[1-9]$/.test(key) ? macros?.[Number(key) - 1] : undefined;
          if (macro) choose(macro);
        }}
      >
        {macros?.length === 0 && <Menu.Label>{t('macro.empty')}</Menu.Label>}
        {macros?.map((macro, index) => (
          <Menu.Item
            key={macro.id}
            rightSection={index < digits ? <Kbd size="xs">{index + 1}</Kbd> : undefined}
            onClick={() => choose(macro)}
            data-testid="macro"
          >
            <bdi>{macro.title}</bdi>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function useRun(of: MacroMenuProps['of'], id: string) {
  const client = useQueryClient();
  const i18n = useI18n();
  const tell = (color: string, title: string, message: string) =>
    notifications.show({ color, title, message, closeButtonProps: { 'aria-label': i18n.t('action.close') } });
  return useMutation({
    mutationFn: (macro: Macro) => send(`/${of}` + path`/${id}/macros/${macro.id}`, { method: 'POST' }),
    onSuccess: (_, macro) => {
      for (const key of changed[of]) void client.invalidateQueries({ queryKey: [key] });
      tell('green', i18n.t('macro.title'), i18n.t('macro.done', { title: macro.title }));
    },
    onError: (error) => tell('red', i18n.t('error.title'), explain(error, i18n)),
  });
}
