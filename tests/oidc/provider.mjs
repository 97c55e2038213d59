// An OpenID provider (oidc-provider, certified by the OpenID Foundation) on a port of its own, with
// a login form, and beside it what DfE Sign-in's API says of whoever signs in. Says where it is in
// one line of JSON. Whoever signs in is who they say; names that begin with `mfa-` show a second
// factor.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [redirectUri, secret, apiSecret] = process.argv.slice(2);

const organisation = (login) =>
  login.endsWith('authority')
    ? { id: '00000000-0000-0000-0000-000000000865', category: { id: '002' } }
    : { id: '00000000-0000-0000-0000-000000900001', category: { id: '001' }, urn: '900001' };

const findAccount = (_, id) => ({
  accountId: id,
  claims: () => ({
    sub: id,
    email: `${id}@council.example`,
    email_verified: !id.includes('unverified'),
    organisation: organisation(id),
  }),
});

const server = createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const origin = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(origin, {
  clients: [
    {
      client_id: 'front-door',
      client_secret: secret,
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], organisation: ['organisation'] },
  conformIdTokenClaims: false,
  cookies: { keys: ['cookies of a test'] },
  features: { devInteractions: { enabled: false } },
  findAccount,
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  async loadExistingGrant(ctx) {
    const { client, session } = ctx.oidc;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope('openid email organisation');
    await grant.save();
    return grant;
  },
  pkce: { methods: ['S256'], required: () => true },
});

async function body(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return new URLSearchParams(text);
}

async function interaction(request, response) {
  await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html');
    response.end('<form method="post"><input name="login"><button>Sign in</button></form>');
    return;
  }
  const accountId = (await body(request)).get('login');
  const amr = accountId.startsWith('mfa-') ? ['pwd', 'otp', 'mfa'] : ['pwd'];
  await provider.interactionFinished(request, response, { login: { accountId, amr } });
}

// What DfE Sign-in answers about a user of an organisation, to whoever signs as we should.
function roles(request, response) {
  const token = (request.headers.authorization ?? '').replace('Bearer ', '');
  const [header, claims, signature] = token.split('.');
  const right = createHmac('sha256', apiSecret).update(`${header}.${claims}`).digest();
  const shown = Buffer.from(signature ?? '', 'base64url');
  const signed = shown.length === right.length && timingSafeEqual(shown, right);
  const { iss, aud } = signed ? JSON.parse(Buffer.from(claims, 'base64url')) : {};
  if (iss !== 'front-door' || aud !== 'signin.education.gov.uk') {
    response.statusCode = 403;
    return response.end();
  }
  const user = request.url.split('/').at(-1);
  if (user.includes('stranger')) {
    response.statusCode = 404;
    return response.end();
  }
  const code = user.includes('senco') ? 'SENCO' : 'CLEANER';
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ userId: user, roles: [{ code, name: code }] }));
}

const serve = provider.callback();
server.on('request', (request, response) => {
  const failed = (error) => {
    response.statusCode = 500;
    response.end(String(error));
  };
  if (request.url.startsWith('/interaction/')) interaction(request, response).catch(failed);
  else if (request.url.startsWith('/dfe/services/')) roles(request, response);
  else serve(request, response);
});
console.log(JSON.stringify({ issuer: origin }));
