/**
 * The one connection of the emulated PIM, with the asset family and its media attribute that it may write. The attribute is
 * neither localizable nor scopable, whatever the real one is.
 */
export const ACCOUNT = {
  clientId: '1_sandbox_akeneo_client',
  secret: 'sandbox-akeneo-secret',
  username: 'sandbox_0001',
  password: 'sandbox-akeneo-password',
  family: 'packshots',
  attribute: 'media',
  locale: null,
  channel: null,
} as const
