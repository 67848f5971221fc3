// Every extension API that Go calls, by the name that it calls it by and in a line
// of its own, so that whoever reads or scans the extension sees what it uses. root
// is the browser's `chrome` or `browser`. A namespace whose permission is not
// granted is not there, so each is looked up when it is called.
export const apis = (root) => ({
  'action.getUserSettings': () => root.action.getUserSettings(),
  'action.openPopup': () => root.action.openPopup(),
  'action.setBadgeText': (details) => root.action.setBadgeText(details),
  'action.setTitle': (details) => root.action.setTitle(details),
  'alarms.clear': (name) => root.alarms.clear(name),
  'alarms.create': (name, info) => root.alarms.create(name, info),
  'bookmarks.create': (bookmark) => root.bookmarks.create(bookmark),
  'bookmarks.getTree': () => root.bookmarks.getTree(),
  'bookmarks.remove': (id) => root.bookmarks.remove(id),
  'bookmarks.update': (id, changes) => root.bookmarks.update(id, changes),
  'declarativeNetRequest.updateSessionRules': (changes) => root.declarativeNetRequest.updateSessionRules(changes),
  'offscreen.closeDocument': () => root.offscreen.closeDocument(),
  'offscreen.createDocument': (parameters) => root.offscreen.createDocument(parameters),
  'permissions.contains': (permissions) => root.permissions.contains(permissions),
  'permissions.remove': (permissions) => root.permissions.remove(permissions),
  'permissions.request': (permissions) => root.permissions.request(permissions),
  'runtime.getContexts': (filter) => root.runtime.getContexts(filter),
  'runtime.getManifest': () => root.runtime.getManifest(),
  'runtime.getURL': (path) => root.runtime.getURL(path),
  'runtime.sendMessage': (message) => root.runtime.sendMessage(message),
  'storage.local.get': (keys) => root.storage.local.get(keys),
  'storage.local.remove': (keys) => root.storage.local.remove(keys),
  'storage.local.set': (values) => root.storage.local.set(values),
  'storage.session.get': (keys) => root.storage.session.get(keys),
  'storage.session.remove': (keys) => root.storage.session.remove(keys),
  'storage.session.set': (values) => root.storage.session.set(values),
  'tabs.create': (properties) => root.tabs.create(properties),
  'tabs.remove': (id) => root.tabs.remove(id),
});
