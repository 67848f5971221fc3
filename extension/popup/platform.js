// What the popup does in one way in Chromium and in another elsewhere. A platform with
// a file of this name in cmd/pack/platforms has that in its package.

// The APIs that Go can't be given as they are.
export const otherwise = {};

// changeShortcut leads to where the key that opens Portico is changed.
export const changeShortcut = () => chrome.tabs.create({ url: 'chrome://extensions/shortcuts' });

// asking asks the browser for what an event will take, and goes on. Chromium may be
// asked a moment later as well, when Go knows what that is.
export const asking = (_event, go) => go();
