import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useI18n } from '@/i18n';

/** A field for a password. Mantine's own names its eye in English only, and does not tell readers of the screen that it is wrong. */
export function PasswordField(props: PasswordInputProps) {
  const { t } = useI18n();
  return (
    <PasswordInput
      aria-invalid={props.error ? true : undefined}
      visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
      {...props}
    />
  );
}
