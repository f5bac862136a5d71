interface Credential {
  /** Stands in every text that holds one: whether to look closer is found out fast. */
  readonly mark: RegExp;
  /** What stands before it stays, in a first group; it is the second. */
  readonly pattern: RegExp;
  readonly name: string;
}

/** No backslash and no quotation mark is in what is taken out: what is JSON stays JSON. */
const CREDENTIALS: readonly Credential[] = [
  {
    // `database-connection-string`, `basicauth`: the host says which password it was.
    mark: /:\/\//iu,
    pattern:
      /(\b(?:https?|ftps?|sftp|ssh|smtps?|imaps?|ldaps?|postgres(?:ql)?|mysqlx?|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mqtts?|nats|mssql|sqlserver|clickhouse|kafka|git|wss?|socks5h?):\/\/[^\s:/@?#"'<>\\`[\]]{0,200}:)([^\s/@?#"'<>\\`$*[\]{}][^\s/@?#"'<>\\`]{0,200})(?=@[^\s"'\\])/giu,
    name: 'password',
  },
  {
    mark: /authorization/iu,
    pattern:
      /(\b(?:proxy-)?authorization\\{0,8}["'`]?\s{0,8}[:=]\s{0,8}\\{0,8}["'`]?(?:basic|bearer|token|digest|apikey)\s{1,8})([\w.~+/=:-]{8,})/giu,
    name: 'credentials',
  },
  {
    mark: /bearer/iu,
    pattern: /(\bbearer\s{1,8})(?=[A-Za-z_.~+/=-]{0,500}\d)([\w.~+/=-]{16,})/giu,
    name: 'credentials',
  },
  {
    // `aws`: forty letters have no mark of their own, only their name.
    mark: /secret/iu,
    pattern:
      /(secret_?(?:access)?_?key\\{0,8}["'`]?\s{0,8}(?::|=>?)\s{0,8}\\{0,8}["'`]?)([A-Za-z0-9/+=]{40})(?![A-Za-z0-9/+=])/giu,
    name: 'AWS secret key',
  },
];

/** Takes out passwords in addresses, what proves who somebody is in headers, and the secret keys of AWS. */
export function redactCredentials(text: string): string {
  return CREDENTIALS.reduce(
    (rest, { mark, pattern, name }) =>
      mark.test(rest) ? rest.replace(pattern, `$1[redacted: ${name}]`) : rest,
    text,
  );
}
