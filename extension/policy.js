// What the organisation that manages the browser has set for Portico, as texts by their
// paths, such as 'portals.0.startUrl'. What it means is the worker's to say.
const flat = (value, path) => (value && typeof value === 'object'
  ? Object.entries(value).flatMap(([key, inner]) => flat(inner, path ? `${path}.${key}` : key))
  : [[path, String(value)]]);

export const policy = async () => {
  const set = await chrome.storage.managed.get(null).catch(() => ({})); // Firefox refuses where nobody has set anything
  return Object.fromEntries(flat(set, ''));
};
