import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Labels } from '@/lib/pointers';
import { FormModal } from '@/ui/FormModal';
import { nameOf, type Named, type useDocumentForm } from './useDocumentForm';

interface FormPart<T extends Named> {
  form: ReturnType<typeof useDocumentForm<T>>;
  labels: Labels;
  /** What tests find the form's parts by begins with it. */
  testId: string;
}

interface DocumentFormProps<T extends Named> extends FormPart<T> {
  /** What stands over a new one. */
  add: string;
  size?: 'lg';
  ready: boolean;
  children: ReactNode;
}

/** A document's form in a window of its own. */
export function DocumentForm<T extends Named>({ form, labels, testId, add, size, ready, children }: DocumentFormProps<T>) {
  return (
    <FormModal
      title={form.stored ? <bdi>{nameOf(form.stored.value)}</bdi> : add}
      size={size}
      ready={ready}
      save={form.save}
      mine={form.mine}
      labels={labels}
      onTake={form.take}
      onClose={form.onClose}
      testId={`${testId}-save`}
    >
      {children}
    </FormModal>
  );
}

/** What a document is called: the field that a form begins with. */
export function NameField<T extends Named>({ form, labels, testId, of = 'name' }: FormPart<T> & { of?: 'name' | 'title' }) {
  return (
    <TextInput
      label={labels[`/${of}`]}
      required
      dir="auto"
      value={form.draft[of] ?? ''}
      onChange={(event) => form.change({ [of]: event.currentTarget.value } as Partial<T>)}
      error={form.save.mistake(`/${of}`)}
      data-autofocus
      data-testid={`${testId}-${of}`}
    />
  );
}
