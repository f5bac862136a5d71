/** The error object of the OpenAI API. */
export interface OpenAiError {
  readonly message: string;
  readonly type: string;
  readonly code: string | null;
  readonly param: string | null;
}

/** What OpenAI says for the statuses it is known for; other statuses get the row of their class. */
const KNOWN: Readonly<Record<number, Pick<OpenAiError, 'type' | 'code'>>> = {
  400: { type: 'invalid_request_error', code: null },
  401: { type: 'invalid_request_error', code: 'invalid_api_key' },
  403: { type: 'invalid_request_error', code: 'unsupported_country_region_territory' },
  404: { type: 'invalid_request_error', code: 'model_not_found' },
  429: { type: 'requests', code: 'rate_limit_exceeded' },
};

/** The error a status stands for; `given` replaces single fields. */
export function toOpenAiError(
  status: number,
  given: { [Field in keyof OpenAiError]?: OpenAiError[Field] | undefined } = {},
): OpenAiError {
  const usual = KNOWN[status] ?? {
    type: status < 500 ? 'invalid_request_error' : 'server_error',
    code: null,
  };
  return {
    message: given.message ?? `Scripted answer with status ${String(status)}.`,
    type: given.type ?? usual.type,
    code: given.code === undefined ? usual.code : given.code,
    param: given.param ?? null,
  };
}
