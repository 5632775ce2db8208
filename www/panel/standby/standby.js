// The retry link: the panel in the place of this page, with the parameters that Salesforce gave this page, since the panel needs them.
// `?panel=https://…` in the standby URL names the panel where it is not on this page's own host.

const query = new URLSearchParams(location.search);
// The panel lies beside this page, or around it where a host took the folder as it was built.
const beside = location.pathname.includes('/panel/standby/') ? '../' : '../panel/';
const panel = new URL(query.get('panel') ?? beside, location.href);
query.delete('panel');

const retry = /** @type {HTMLElement} */ (document.getElementById('retry'));
// Nothing but a page: `javascript:` and the like would run here.
if (query.has('sfdcIframeOrigin') && ['http:', 'https:'].includes(panel.protocol)) {
  for (const [name, value] of query) panel.searchParams.append(name, value);
  /** @type {HTMLAnchorElement} */ (retry.querySelector('a')).href = panel.href;
  retry.hidden = false;
}
