// Shows one state: `?state=ringing`. `&click=keypad,digit-1` presses buttons by their test ids, `&theme=dark` changes the colours.
import init from './gallery.js';

const query = new URLSearchParams(location.search);
const root = document.getElementById('hookswitch');
root.dataset.state = query.get('state') ?? '';
await init();
for (const id of (query.get('click') ?? '').split(',').filter(Boolean)) {
  await new Promise((resolve) => setTimeout(resolve, 50));
  document.querySelector(`[data-testid="${id}"]`)?.click();
}
const theme = query.get('theme');
if (theme) document.documentElement.dataset.theme = theme;
