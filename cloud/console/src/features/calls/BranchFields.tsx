import { Autocomplete, Button, CloseButton, Group, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useKeys } from '@/features/automation/ActionsField';
import { useI18n } from '@/i18n';
import settings from '../settings/settings.module.css';
import { withExit } from './edit';
import { ExitField } from './ExitField';
import { exitsOf, type Way } from './flow';
import type { NodeFieldsProps } from './nodeFields';

/** What is often asked; any comparison of the flow's names may be typed. */
const examples = [
  'calendar.open',
  'case.open',
  "device.health == 'major'",
  "case.priority == 'urgent'",
  'customer.devices > 0',
  'queue.waiting > 5',
  'queue.oldestWaitSeconds > 300',
];

/** The first condition that holds leads on, else the other way. */
export function BranchFields({ node, ids, onChange, mistake }: NodeFieldsProps) {
  const { t } = useI18n();
  const ways = node.branch ?? [];
  const keys = useKeys(ways.length);
  const exits = exitsOf(node);
  const put = (branch: Way[], of: string) => onChange({ ...node, branch }, of);
  return (
    <>
      <fieldset className={settings.hours}>
        <legend>{t('flow.ways')}</legend>
        {ways.map((way, at) => (
          <div key={keys.at(at)} className={settings.entry} data-testid="flow-way">
            <Stack gap={6}>
              <Group gap="xs" align="flex-end" wrap="nowrap">
                <Autocomplete
                  label={t('flow.when')}
                  flex={1}
                  dir="ltr"
                  value={way.when ?? ''}
                  onChange={(when) => put(ways.map((one, i) => (i === at ? { ...one, when } : one)), `when ${at}`)}
                  data={examples}
                  error={mistake(`/branch/${at}/when`)}
                  data-testid="flow-when"
                />
                <CloseButton
                  mb={4}
                  aria-label={t('flow.wayRemove', { number: at + 1 })}
                  onClick={() => {
                    keys.remove(at);
                    put(ways.filter((_, i) => i !== at), 'remove');
                  }}
                />
              </Group>
              <ExitField
                exit={exits[at]!}
                label={t('flow.next')}
                ids={ids}
                onChange={(to) => onChange(withExit(node, `branch/${at}/next`, to), `next ${at}`)}
                error={mistake(`/branch/${at}/next`)}
              />
            </Stack>
          </div>
        ))}
        <Button
          mt="xs"
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => put([...ways, { when: '' }], 'add')}
          data-testid="flow-way-add"
        >
          {t('flow.wayAdd')}
        </Button>
      </fieldset>
      <ExitField
        exit={exits.at(-1)!}
        label={t('flow.otherwise')}
        ids={ids}
        onChange={(to) => onChange(withExit(node, 'otherwise', to), 'otherwise')}
        error={mistake('/otherwise')}
      />
    </>
  );
}
