// One way to send something that is to be kept: as JSON, with the session, never following a redirect to the sign-in page, and to the end even if the page goes away.

// Browsers let a page that is going away finish requests of up to 64 KB in all.
const KEEPALIVE_LIMIT = 60_000;

/** Sends a text of JSON; fails only when the network does. */
export function post(address: string, body: string): Promise<Response> {
  return fetch(address, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body,
    credentials: "same-origin",
    redirect: "manual",
    keepalive: new Blob([body]).size < KEEPALIVE_LIMIT,
  });
}

/** Whether an answer says that the session has ended. */
export function isSignedOut(response: Response): boolean {
  return response.status === 401 || response.type === "opaqueredirect";
}
