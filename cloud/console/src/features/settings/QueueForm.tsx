import { Group, NumberInput, Select, TagsInput } from '@mantine/core';
import { documentListQuery, useList } from '@/api/lists';
import { useI18n } from '@/i18n';
import type { QueueDocument } from './documents';
import { DocumentForm, NameField } from './DocumentForm';
import { useDocumentForm, type DocumentKind, type FormProps } from './useDocumentForm';

const blank: QueueDocument = { id: '', name: '', skills: [] };

/** What a queue is stored as: what is told of it now is no part of it. */
const storedPart = ({ id, name, skills, calendar, sla, overflow }: QueueDocument): QueueDocument => ({
  id,
  name,
  skills,
  calendar,
  sla,
  overflow,
});

/** Where work waits for whom, by which hours and promises, and where it goes when nobody takes it. */
export function QueueForm(props: FormProps<QueueDocument>) {
  const { t } = useI18n();
  const stored = props.stored && { ...props.stored, value: storedPart(props.stored.value) };
  const form = useDocumentForm('queues', blank, { ...props, stored });
  const { draft, change, save } = form;
  const [calendars, slas, queues] = [useNamed('calendars'), useNamed('slas'), useNamed('queues')];
  const { overflow } = draft;
  const labels = {
    '/name': t('setting.name'),
    '/skills': t('setting.skills'),
    '/calendar': t('setting.calendar'),
    '/sla': t('setting.sla'),
    '/overflow/afterSeconds': t('setting.overflowAfter'),
    '/overflow/queue': t('setting.overflowTo'),
  };
  return (
    <DocumentForm
      form={{ ...form, take: (theirs) => form.take(storedPart(theirs)) }}
      add={t('setting.queueAdd')}
      ready={(draft.name ?? '').trim() !== ''}
      labels={labels}
      testId="queue"
    >
      <NameField form={form} labels={labels} testId="queue" />
      <TagsInput
        label={labels['/skills']}
        value={draft.skills ?? []}
        onChange={(skills) => change({ skills })}
        error={save.mistake('/skills')}
        data-testid="queue-skills"
      />
      <Select
        label={labels['/calendar']}
        placeholder={t('setting.calendarAlways')}
        clearable
        value={draft.calendar ?? null}
        onChange={(calendar) => change({ calendar })}
        data={calendars}
        error={save.mistake('/calendar')}
        data-testid="queue-calendar"
      />
      <Select
        label={labels['/sla']}
        placeholder={t('setting.slaNone')}
        clearable
        value={draft.sla ?? null}
        onChange={(sla) => change({ sla })}
        data={slas}
        error={save.mistake('/sla')}
        data-testid="queue-sla"
      />
      <Group grow align="flex-start">
        <NumberInput
          label={labels['/overflow/afterSeconds']}
          min={1}
          value={overflow?.afterSeconds ? overflow.afterSeconds / 60 : ''}
          onChange={(minutes) =>
            change({ overflow: minutes === '' ? null : { queue: overflow?.queue ?? '', afterSeconds: Math.round(Number(minutes) * 60) } })
          }
          error={save.mistake('/overflow/afterSeconds')}
          data-testid="queue-overflow-after"
        />
        <Select
          label={labels['/overflow/queue']}
          disabled={!overflow}
          clearable
          value={overflow?.queue || null}
          onChange={(queue) => change({ overflow: overflow && { ...overflow, queue: queue ?? '' } })}
          data={queues.filter((one) => one.value !== draft.id)}
          error={save.mistake('/overflow/queue')}
          data-testid="queue-overflow-to"
        />
      </Group>
    </DocumentForm>
  );
}

/** What may be named: of calendars, policies and queues nobody has more than a page. */
export function useNamed(kind: DocumentKind) {
  const { items } = useList(documentListQuery<{ id: string; name?: string }>(kind));
  return items.map(({ id, name }) => ({ value: id, label: name ?? id }));
}
