// Another popup over Portico's page: what well-known searches answer, painted as the
// yardstick paints. `bench` is what the benchmark asks of it.
import { Fzf, extendedMatch, byLengthAsc } from './peers/fzf.js';
import Fuse from './peers/fuse.mjs';
import UFuzzy from './peers/ufuzzy.mjs';

for (const id of ['list', 'top', 'rows']) at(id).hidden = false;

// Each makes of texts a function from what is typed to the numbers of those that
// match, best first: with typos where it can, words in any order.
const UFUZZY = { intraMode: 1, intraIns: 1, intraSub: 1, intraTrn: 1, intraDel: 1 };
const ufuzzy = (ranked) => (texts) => {
  const search = new UFuzzy(UFUZZY);
  const folded = UFuzzy.latinize(texts);
  return (typed) => {
    const [found, info, order] = search.search(folded, UFuzzy.latinize(typed), 1, ranked);
    return order ? order.map((i) => info.idx[i]) : found ?? [];
  };
};
const searches = {
  // By itself it puts no more than a thousand answers in order.
  uFuzzy: ufuzzy(1e3),
  'uFuzzy, all in order': ufuzzy(Infinity),
  'Fuse.js': (texts) => {
    const fuse = new Fuse(texts, { ignoreLocation: true, threshold: 0.4, useTokenSearch: true, tokenMatch: 'all' });
    return (typed) => fuse.search(typed).map(({ refIndex }) => refIndex);
  },
  fzf: (texts) => {
    const fzf = new Fzf(texts.map((_, i) => i), { selector: (i) => texts[i], match: extendedMatch, tiebreakers: [byLengthAsc] });
    return (typed) => fzf.find(typed).map(({ item }) => item);
  },
};

// One row is a line of account name, account ID, e-mail and role, between tabs.
const texts = (rows) => rows.map((row) => row.replaceAll('\t', ' '));

const typed = (search, rows) => {
  const answer = () => {
    const found = search(query.value);
    const room = Math.min(found.length, fits());
    const shown = [];
    for (let i = 0; i < room; i++) {
      const [name, id, , role] = rows[found[i]].split('\t');
      shown.push(`${name}\t${id}\t${role}`);
    }
    paint(shown, found.length, query.value.toLowerCase());
  };
  query.addEventListener('input', answer);
  const times = globalThis.keystrokes();
  query.removeEventListener('input', answer);
  return times;
};

globalThis.bench = {
  names: Object.keys(searches),

  load(rows) {
    this.rows = rows;
    this.made = {};
    return Object.fromEntries(this.names.map((name) => {
      const begun = performance.now();
      this.made[name] = searches[name](texts(rows));
      return [name, performance.now() - begun];
    }));
  },

  keystrokes(name) {
    return typed(this.made[name], this.rows);
  },

  // ranks tells for each query, `text <TAB> account ID <TAB> role`, at which place the
  // row stands that is meant, from 1, counted by accounts where any role will do.
  ranks(name, queries) {
    return queries.map((line) => {
      const [text, account, role] = line.split('\t');
      const seen = new Set();
      let place = 0;
      for (const i of this.made[name](text)) {
        const [, id, , has] = this.rows[i].split('\t');
        if (role !== '-' || !seen.has(id)) place++;
        seen.add(id);
        if (id === account && (role === '-' || has === role)) return place;
      }
      return 0;
    });
  },
};
