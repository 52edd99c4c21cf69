import { Field } from '../../components/field.tsx'
import { NewPasswordField } from '../../components/password-field.tsx'

/** What every new account says of its person. */
export function NewPersonFields() {
  return (
    <>
      <Field name="email" label="E-mail address" type="email" autoComplete="username" required focused />
      <Field name="name" label="Name (optional)" autoComplete="name" maxLength={80} />
      <NewPasswordField />
    </>
  )
}
