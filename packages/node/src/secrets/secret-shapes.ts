/** A kind of token that is told by how it begins. */
export interface SecretShape {
  /** What the search of files calls it. */
  readonly rule: string;
  /** What people call it. */
  readonly name: string;
  /** One of these stands in every text that holds one: whether to look closer is found out fast. */
  readonly marks: readonly string[];
  /** How it begins, as a part of a pattern. */
  readonly prefix: string;
  /** What it goes on with: characters of a class. */
  readonly body: string;
  /** What the rest of it looks like, where the beginning alone says too little. */
  readonly rest?: RegExp;
}

const WORD = 'A-Za-z0-9_';
const ALNUM = 'A-Za-z0-9';
const DASHED = '-A-Za-z0-9_';

/**
 * The tokens that are taken out of what is shown, by the names of the rules that search files. They are wider than
 * those rules, as a text that is shown may be cut, and narrower than a prefix, as names and paths may begin alike.
 */
export const SECRET_SHAPES: readonly SecretShape[] = [
  {
    rule: 'github',
    name: 'GitHub token',
    marks: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    prefix: '(?:gh[pousr]|github_pat)_',
    body: `${DASHED}.`,
  },
  { rule: 'gitlab', name: 'GitLab token', marks: ['glpat-'], prefix: 'glpat-', body: `${DASHED}.` },
  {
    rule: 'anthropic',
    name: 'Anthropic key',
    marks: ['sk-ant-'],
    prefix: 'sk-ant-',
    body: DASHED,
  },
  { rule: 'openai', name: 'OpenAI key', marks: ['sk-'], prefix: 'sk-', body: DASHED },
  { rule: 'groq', name: 'Groq key', marks: ['gsk_'], prefix: 'gsk_', body: ALNUM },
  { rule: 'huggingface', name: 'Hugging Face token', marks: ['hf_'], prefix: 'hf_', body: ALNUM },
  {
    rule: 'aws',
    name: 'AWS key id',
    marks: ['AKIA', 'ASIA', 'AROA', 'AIDA', 'AGPA', 'AIPA', 'ANPA', 'ANVA', 'A3T'],
    prefix: '(?:A3T[A-Z0-9]|AKIA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA|ASIA)',
    body: 'A-Z0-9',
  },
  {
    rule: 'google-api-key',
    name: 'Google API key',
    marks: ['AIza'],
    prefix: 'AIza',
    body: DASHED,
  },
  { rule: 'npm', name: 'npm token', marks: ['npm_'], prefix: 'npm_', body: WORD },
  {
    rule: 'npm',
    name: 'npm token',
    marks: ['_authToken='],
    prefix: '(?<=_authToken=)',
    body: `${DASHED}+/=.`,
  },
  {
    rule: 'slack',
    name: 'Slack token',
    marks: ['xox', 'xapp-'],
    prefix: '(?:xox[abeopr]|xapp)-',
    body: `${ALNUM}-`,
  },
  {
    rule: 'slack',
    name: 'Slack webhook',
    marks: ['hooks.slack.com/services/'],
    prefix: '(?<=hooks\\.slack\\.com/services/)',
    body: `${ALNUM}/`,
  },
  {
    rule: 'stripe',
    name: 'Stripe key',
    marks: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'whsec_'],
    prefix: '(?:[sr]k_(?:live|test)|whsec)_',
    body: ALNUM,
  },
  { rule: 'sendgrid', name: 'SendGrid key', marks: ['SG.'], prefix: 'SG\\.', body: `${DASHED}.` },
  {
    rule: 'shopify',
    name: 'Shopify token',
    marks: ['shppa_', 'shpca_', 'shpat_', 'shpss_'],
    prefix: 'shp(?:pa|ca|at|ss)_',
    body: ALNUM,
  },
  { rule: 'linear', name: 'Linear key', marks: ['lin_api_'], prefix: 'lin_api_', body: WORD },
  { rule: 'notion', name: 'Notion token', marks: ['ntn_'], prefix: 'ntn_', body: ALNUM },
  {
    rule: 'grafana',
    name: 'Grafana token',
    marks: ['glc_', 'glsa_'],
    prefix: 'gl(?:c|sa)_',
    body: `${WORD}+/=`,
  },
  { rule: '1password', name: '1Password token', marks: ['ops_ey'], prefix: 'ops_ey', body: `${ALNUM}+/=` },
  {
    rule: 'hashicorp-vault',
    name: 'Vault token',
    marks: ['hvs.', 'hvb.', 'hvr.'],
    prefix: 'hv[sbr]\\.',
    body: DASHED,
  },
  {
    rule: 'vercel',
    name: 'Vercel token',
    marks: ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'],
    prefix: 'vc[piark]_',
    body: ALNUM,
  },
  { rule: 'databricks', name: 'Databricks token', marks: ['dapi'], prefix: 'dapi', body: 'A-Fa-f0-9-' },
  { rule: 'docker', name: 'Docker token', marks: ['dckr_pat_'], prefix: 'dckr_pat_', body: DASHED },
  { rule: 'figma', name: 'Figma token', marks: ['figd_'], prefix: 'figd_', body: DASHED },
  {
    rule: 'cloudflare',
    name: 'Cloudflare token',
    marks: ['cfk_', 'cfut_', 'cfat_'],
    prefix: 'cf(?:k|ut|at)_',
    body: ALNUM,
  },
  {
    rule: 'tailscale',
    name: 'Tailscale key',
    marks: ['tskey-'],
    prefix: 'tskey-[a-z]{2,20}-',
    body: DASHED,
  },
  {
    rule: 'jwt',
    name: 'JSON web token',
    marks: ['eyJ'],
    prefix: 'eyJ',
    body: `${DASHED}.`,
    rest: /^[\w-]{7,}\.eyJ/u,
  },
];
