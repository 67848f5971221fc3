// Follows the links that live in the start page's fragment, as the real portal
// does: #/console?account_id=... and #/device?user_code=...
const routes = { '#/console': '/console/home', '#/device': '/start/device' };

function follow() {
  const [route, query = ''] = location.hash.split(/\?(.*)/s);
  const page = routes[route.replace(/\/$/, '')];
  if (page) location.replace(`${page}?${query}`);
}

addEventListener('hashchange', follow);
follow();
