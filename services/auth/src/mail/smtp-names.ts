/** Names of the variables of mail, for a program that only passes them on. */
export const smtpNames = [
  'SMTP_HOST',
  'SMTP_PORT',
  'SMTP_USER',
  'SMTP_PASSWORD',
  'SMTP_TLS',
  'SMTP_URL',
  'SMTP_DEADLINE_MS',
  'MAIL_FROM',
] as const;
