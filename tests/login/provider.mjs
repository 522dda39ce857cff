// A login provider for the tests: `node provider.mjs '<settings as JSON>'`. Anyone can log in with any name and
// any password; what it tells of a person is made from the name. Says «ready» when it listens on loopback.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const { folder, port, redirects, secret, groups } = JSON.parse(process.argv[2]);
const { Provider } = await import(pathToFileURL(createRequire(folder + "/").resolve("oidc-provider")).href);

const issuer = `http://localhost:${port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: "indblik-test", client_secret: secret, redirect_uris: redirects, post_logout_redirect_uris: redirects,
  }],
  claims: { openid: ["sub", "roles", "groups"], profile: ["name"], email: ["email"] },
  conformIdTokenClaims: false,
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({
      sub: id, name: `Navn ${id}`, email: `${id}@opdigtet.example`,
      roles: id.startsWith("laeser") ? ["Indblik.Laeser"] : [],
      groups: Array.from({ length: groups }, (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, "0")}`),
    }),
  }),
  features: { rpInitiatedLogout: { enabled: true } },
  pkce: { required: () => true },
  ttl: { Session: 3600, Interaction: 3600, Grant: 3600, IdToken: 3600, AccessToken: 3600 },
});
provider.listen(port, "localhost", () => console.log("ready"));
