/** Words for things whose failure costs more than the work: money, access, other people's data, what cannot be undone. */
export const riskySigns: ReadonlySet<string> = setOf(`
  payment, checkout, invoice, refund, subscription, billing, bank, money, card,
  password, credential, secret, login, authentication, authorization, oauth, sso, permission, security, encrypt,
  encryption, encrypted, vulnerability, account, admin, personal, privacy, gdpr, medical, patient, compliance, legal,
  delete, drop, wipe, purge, irreversible, production, prod, live system, migrate, migration, transaction, backup,
  rollback, downtime, customer data, user data, public api, cryptography
`);

/** Words for a whole product, which is more than one page or function. */
export const productSigns: ReadonlySet<string> = setOf(`
  app, application, system, platform, shop, store, marketplace, dashboard, portal, game, engine, compiler, cms, crm,
  erp, saas, clone, suite, from scratch, full stack, end to end
`);

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(',').map((word) => word.trim()));
}
