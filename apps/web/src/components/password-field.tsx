import { Field } from './field.tsx'

interface PasswordFieldProps {
  readonly name?: string
  readonly label?: string
  readonly hint?: string
  readonly focused?: boolean
}

/** The password the account has: most changes of an account ask for it again. */
export function PasswordField({ name = 'password', label = 'Password', ...rest }: PasswordFieldProps) {
  return <Field name={name} label={label} type="password" autoComplete="current-password" required {...rest} />
}

/** A password to be set. */
export function NewPasswordField({ name = 'password', label = 'Password', ...rest }: PasswordFieldProps) {
  const hint = '8 to 256 characters; length counts more than signs and digits.'
  return <Field name={name} label={label} type="password" autoComplete="new-password" hint={hint} required {...rest} />
}
