import { TextInput } from '@mantine/core';
import { useI18n, type I18n } from '@/i18n';
import { explain } from '@/ui/states';
import { fieldError } from './fieldError';

interface CodeInputProps {
  hint?: string;
  value: string;
  onChange: (value: string) => void;
  error: string | null;
}

/** A code of an authenticator app. */
export function CodeInput({ hint, value, onChange, error }: CodeInputProps) {
  const { t } = useI18n();
  return (
    <TextInput
      label={t('signIn.code')}
      description={hint}
      required
      dir="ltr"
      autoComplete="one-time-code"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
      data-testid="factor-code"
    />
  );
}

/** What was wrong with a code, or with the call that sent it. */
export const codeError = (error: Error | null, i18n: I18n): string | null =>
  error ? (fieldError(error, '/code', i18n, i18n.t('signIn.codeWrong')) ?? explain(error, i18n)) : null;
