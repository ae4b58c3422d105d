import { Button, CloseButton, Group, Select, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRef, type ReactNode } from 'react';
import { useI18n } from '@/i18n';
import settings from '../settings/settings.module.css';
import { CommandFields, ResolveFields, SetFieldsOf, TransferFields, WordsFields, type FieldsProps } from './ActionFields';
import { blankOf, verbOf, verbs, type ActionDocument, type Verb } from './documents';

interface ActionsFieldProps {
  actions: ActionDocument[];
  onChange: (actions: ActionDocument[]) => void;
  mistake: (pointer: string) => string | undefined;
}

const fieldsOf: Record<Verb, (props: FieldsProps) => ReactNode> = {
  reply: (props) => <WordsFields {...props} verb="reply" />,
  note: (props) => <WordsFields {...props} verb="note" />,
  set: SetFieldsOf,
  command: CommandFields,
  resolve: ResolveFields,
  transfer: TransferFields,
};

/** What a macro or a trigger does, one after the other. */
export function ActionsField({ actions, onChange, mistake }: ActionsFieldProps) {
  const { t } = useI18n();
  const keys = useKeys(actions.length);
  const put = (at: number, action: ActionDocument) => onChange(actions.map((known, index) => (index === at ? action : known)));
  return (
    <fieldset className={settings.hours}>
      <legend>{t('automation.actions')}</legend>
      <Stack gap="xs">
        {actions.map((action, index) => {
          const verb = verbOf(action);
          const Fields = fieldsOf[verb];
          return (
            <div key={keys.at(index)} className={settings.entry} data-testid="action">
              <Stack gap={6}>
                <Group gap="xs" wrap="nowrap">
                  <Select
                    aria-label={t('automation.action', { number: index + 1 })}
                    allowDeselect={false}
                    flex={1}
                    value={verb}
                    onChange={(next) => next && next !== verb && put(index, blankOf[next as Verb])}
                    data={verbs.map((value) => ({ value, label: t(`deskAction.${value}`) }))}
                    data-testid="action-verb"
                  />
                  <CloseButton
                    aria-label={t('automation.actionRemove', { number: index + 1 })}
                    onClick={() => {
                      keys.remove(index);
                      onChange(actions.filter((_, other) => other !== index));
                    }}
                  />
                </Group>
                <Fields
                  key={verb}
                  action={action}
                  onChange={(changed) => put(index, changed)}
                  mistake={(part) => mistake(`/actions/${index}${part}`)}
                />
              </Stack>
            </div>
          );
        })}
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...actions, blankOf.note])}
          data-testid="action-add"
        >
          {t('automation.actionAdd')}
        </Button>
      </Stack>
    </fieldset>
  );
}

/** Names for rows of a list that has none of its own: what is typed stays with its row when another goes. */
export function useKeys(count: number) {
  const next = useRef(0);
  const keys = useRef<number[]>([]);
  while (keys.current.length < count) keys.current.push(next.current++);
  return {
    at: (index: number) => keys.current[index],
    remove: (index: number) => keys.current.splice(index, 1),
  };
}
