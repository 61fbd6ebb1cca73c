// oidc-provider as its documentation sets it up (docs/README.md of panva/node-oidc-provider): refresh tokens are used once, and the
// reuse of one ends its grant. Pages for login and consent are plain forms. Rows live in the memory of this process.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const { PORT, ISSUER, CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, ACCESS_SECONDS } = process.env;

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const provider = new Provider(ISSUER, {
  clients: [
    {
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      grant_types: ['authorization_code', 'refresh_token'],
      redirect_uris: [REDIRECT_URI],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
    },
  ],
  cookies: { keys: [randomBytes(32).toString('hex')] },
  features: { devInteractions: { enabled: false }, revocation: { enabled: true } },
  findAccount: async (ctx, sub) => ({ accountId: sub, claims: async () => ({ sub }) }),
  issueRefreshToken: async (ctx, client) => client.grantTypeAllowed('refresh_token'),
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' }] },
  pkce: { required: () => true },
  rotateRefreshToken: true,
  ttl: {
    AccessToken: Number(ACCESS_SECONDS),
    AuthorizationCode: 60,
    Grant: 86_400,
    IdToken: 60,
    Interaction: 600,
    RefreshToken: 86_400,
    Session: 86_400,
  },
});

const page = (response, form) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><title>oidc-provider</title><form method="post" action="">${form}</form>`);
};

const posted = async (request) => {
  let text = '';
  for await (const part of request) text += part;
  return new URLSearchParams(text);
};

const login = async (request, response) => {
  if (request.method !== 'POST') {
    return page(response, '<input type="text" name="username"><input type="password" name="password"><button>Log in</button>');
  }
  const form = await posted(request);
  const user = form.get('username');
  if (form.get('password') !== `password-of-${user}`) {
    return page(response, 'These do not belong together.');
  }
  return provider.interactionFinished(request, response, { login: { accountId: user } });
};

const consent = async (request, response, { params, prompt, session }) => {
  if (request.method !== 'POST') {
    return page(response, '<button name="decision" value="allow">Allow</button>');
  }
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope((prompt.details.missingOIDCScope ?? []).join(' '));
  const result = { consent: { grantId: await grant.save() } };
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true });
};

const answer = provider.callback();
createServer(async (request, response) => {
  try {
    if (!request.url.startsWith('/interaction/')) {
      return await answer(request, response);
    }
    const details = await provider.interactionDetails(request, response);
    return await (details.prompt.name === 'login' ? login : consent)(request, response, details);
  } catch (error) {
    response.writeHead(500).end(error.name);
    return undefined;
  }
}).listen(Number(PORT), '127.0.0.1');

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
