// What the worker does in Firefox in its own way.

// Firefox refuses the lowest ports before any rule is asked, so that the page of a
// sign-in has to lead to one at which a program could listen. The rule catches it before
// anything is sent there, and without the verifier the code is worth nothing.
export const redirect = 'http://127.0.0.1:49151/oauth/callback';

// A Request has no body there that can be read as a stream.
export const requestOf = (url, init) => {
  const { body } = init;
  return Object.defineProperty(new Request(url, init), 'body', { value: body == null ? null : new Response(body).body });
};
