import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { path, send, type FieldMistake, type Versioned } from '@/api/client';
import { may } from '@/api/rights';
import { useSave } from '@/api/useSave';
import { useI18n } from '@/i18n';
import { newAddress } from '@/lib/newAddress';
import { useDraft } from '@/lib/useDraft';
import { PageHead, Panel } from '@/ui/Panel';
import { SavedMark, SaveTrouble } from '@/ui/SaveState';
import { Loading, QueryView } from '@/ui/states';
import { JsonEditor } from './JsonEditor';
import { sampleModel } from './sample';

/** A model as its author wrote it. */
type WrittenModel = Record<string, unknown> & { id: string };

const pretty = (value: unknown) => JSON.stringify(value, null, 2);

/** A device model as JSON, as people keep it in files. */
export function ModelPage() {
  const { id } = useParams({ from: '/shell/models/$id' });
  const isNew = id === newAddress;
  const query = useQuery({
    queryKey: ['modelText', id],
    queryFn: ({ signal }) => send<WrittenModel>(path`/models/${id}`, { signal }),
    enabled: !isNew,
  });
  return (
    <div className="page">
      {isNew ? (
        <ModelForm key={id} />
      ) : (
        <QueryView query={query} loading={<Loading rows={12} height={24} />}>
          {(stored) => <ModelForm key={id} stored={stored} />}
        </QueryView>
      )}
    </div>
  );
}

function ModelForm({ stored }: { stored?: Versioned<WrittenModel> }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const navigate = useNavigate();
  const id = stored?.value.id ?? null;
  const [typedId, setTypedId] = useState('');
  // A draft is of the version that it was begun with, also when the page was left meanwhile.
  const [draft, setDraft] = useDraft<{ text: string; etag: string | null } | null>(`model.${id ?? newAddress}`, null);
  const etag = draft ? draft.etag : (stored?.etag ?? null);
  const text = draft?.text ?? pretty(stored?.value ?? sampleModel);
  const target = id ?? typedId.trim();
  const save = useSave<WrittenModel>({
    etag,
    save: (ifMatch) => send<WrittenModel>(path`/models/${target}`, { method: 'PUT', text, ifMatch }),
    read: () => send<WrittenModel>(path`/models/${target}`),
    onSaved: () => {
      setDraft(null);
      for (const key of ['models', 'model', 'modelText']) void client.invalidateQueries({ queryKey: [key] });
      if (id === null) void navigate({ to: '/models/$id', params: { id: target } });
    },
  });
  // A mistake without a place is not of the text.
  const placed = save.mistakes.filter((mistake) => mistake.line !== undefined);
  const mistakes: FieldMistake[] = placed.length > 0 ? placed : syntaxMistakes(text);

  return (
    <>
      <PageHead title={id ?? t('model.create')} lead={t('model.lead')} />
      <Panel>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (target) save.submit();
          }}
        >
          <Stack gap="sm">
            {id === null && (
              <TextInput
                label={t('model.id')}
                description={t('model.idHint')}
                required
                dir="ltr"
                maw={320}
                value={typedId}
                onChange={(event) => setTypedId(event.currentTarget.value)}
                data-testid="model-id"
              />
            )}
            <JsonEditor
              label={t('model.text')}
              value={text}
              mistakes={mistakes}
              onChange={(next) => {
                setDraft({ text: next, etag });
                save.reset();
              }}
            />
            {placed.length === 0 && <SaveTrouble save={save} mine={parsed(text)} labels={{}} onTake={() => setDraft(null)} />}
            {may('writeModels') && (
              <Group justify="flex-end">
                {draft !== null && (
                  <Button
                    variant="default"
                    onClick={() => {
                      setDraft(null);
                      save.restart(stored?.etag ?? null);
                    }}
                  >
                    {t('model.discard')}
                  </Button>
                )}
                <SavedMark shown={save.saved} />
                <Button type="submit" size="sm" loading={save.saving} disabled={!target || save.theirs !== null} data-testid="model-save">
                  {t('action.save')}
                </Button>
              </Group>
            )}
          </Stack>
        </form>
      </Panel>
    </>
  );
}

/** Where the text stops being JSON, as far as the browser tells. */
function syntaxMistakes(text: string): FieldMistake[] {
  try {
    JSON.parse(text);
    return [];
  } catch (cause) {
    const message = (cause as SyntaxError).message;
    const offset = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
    const before = text.slice(0, offset).split('\n');
    return [{ line: before.length, column: before.at(-1)!.length + 1, message }];
  }
}

function parsed(text: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    return {};
  }
}
