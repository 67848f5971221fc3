// What the worker does in one way in Chromium and in another elsewhere. A platform with
// a file of this name in cmd/pack/platforms has that in its package.

// Where the page of a sign-in leads back to: a port that Chromium goes to for no page,
// so that no program can listen there.
export const redirect = 'http://127.0.0.1:1/oauth/callback';

export const requestOf = (url, init) => new Request(url, init);
