// What a page of ours asks the worker.
export const ask = async (type, args) => {
  const answer = await chrome.runtime.sendMessage({ v: '1', type, args }).catch(() => null);
  if (!answer) throw Object.assign(Error('Portico’s background does not answer. Try again.'), { passing: true });
  const { ok, data, error } = answer;
  if (!ok) throw Object.assign(Error([error.message, error.hint].join(' ')), { field: error.field, said: error.said, passing: error.retryable === 'true' });
  return data;
};

// portals gives ID, address as people read it, start URL, region, and other entrances of
// each, which have start URL and region.
export const portals = async () => {
  const { portals: text = '' } = await chrome.storage.local.get('portals');
  const lines = String(text).split('\n').slice(1).filter(Boolean);
  const entrances = lines.filter((line) => line.startsWith('\t')).map((line) => line.slice(1).split('\t'));
  return lines.filter((line) => !line.startsWith('\t')).map((line) => line.split('\t'))
    .map(([id, startURL, region]) => [id, startURL.replace(/^https:\/\//, ''), startURL, region,
      entrances.filter(([to]) => to === id).map(([, startUrl, there]) => ({ startUrl, region: there }))]);
};

// managed gives what the organisation that manages the browser wants, as the worker keeps
// it: portals that it offers (start URL and region), names of settings that it has chosen,
// those that nobody may change, and what can't hold of it, in sentences.
const fields = (text) => new Map(text.split('\n').filter(Boolean).map((line) => line.split('\t', 2)));
const unescape = (text = '') => text.replace(/\\([\\tn])/g, (_, letter) => ({ t: '\t', n: '\n' })[letter] ?? letter);
const lines = (text) => unescape(text).split('\n').filter(Boolean);
export const managed = async () => {
  const { managed: stored = '' } = await chrome.storage.local.get('managed');
  const all = fields(String(stored));
  return {
    portals: lines(all.get('portals')).map((line) => line.split('\t')),
    chosen: lines(all.get('settings')).map((line) => line.split('\t')[0]),
    locked: new Set((all.get('locked') ?? '').split(' ').filter(Boolean)),
    wrong: lines(all.get('wrong')),
  };
};

// copy copies a text, or at least selects it where it shows.
export const copy = async (shown) => {
  const text = shown.value ?? shown.textContent;
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied.';
  } catch {
    getSelection().selectAllChildren(shown);
    return 'Not copied: the browser refused the clipboard. The text is selected.';
  }
};

// save hands a text over as a file.
export const save = (text, name, type) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
};
