// Moves and zooms the picture, and shows the evidence of what is chosen.
const view = document.getElementById('view');
const svg = view.querySelector('svg');
const said = document.getElementById('said');
let x = 0, y = 0, scale = 1, drag = null, moved = false;

const draw = () => { svg.style.transform = `translate(${x}px, ${y}px) scale(${scale})`; };
const zoom = (factor, centreX, centreY) => {
  // The point under the pointer stays where it is.
  const next = Math.min(8, Math.max(0.1, scale * factor));
  x = centreX - (centreX - x) * next / scale;
  y = centreY - (centreY - y) * next / scale;
  scale = next;
  draw();
};
const fit = least => {
  scale = Math.max(least, Math.min(1, view.clientWidth / svg.viewBox.baseVal.width));
  x = y = 0;
  // The frame is as high as what it holds.
  view.style.height = `${Math.ceil(svg.viewBox.baseVal.height * scale) + 2}px`;
  draw();
};

view.addEventListener('wheel', event => {
  event.preventDefault();
  const box = view.getBoundingClientRect();
  const factor = event.deltaY < 0 ? 1.15 : 1 / 1.15;
  zoom(factor, event.clientX - box.left, event.clientY - box.top);
}, { passive: false });
view.addEventListener('pointerdown', event => {
  drag = [event.clientX - x, event.clientY - y];
  moved = false;
});
window.addEventListener('pointermove', event => {
  if (!drag) return;
  const nextX = event.clientX - drag[0], nextY = event.clientY - drag[1];
  // A hand that trembles still clicks.
  if (Math.abs(nextX - x) + Math.abs(nextY - y) > 3) moved = true;
  x = nextX;
  y = nextY;
  draw();
});
window.addEventListener('pointerup', () => { drag = null; });

const show = target => {
  const number = target.closest('.hit')?.dataset.number;
  const chosen = number
    ? svg.querySelector(`.link[data-number="${number}"]`)
    : target.closest('.node, .link');
  if (!chosen) return;
  document.querySelectorAll('.on').forEach(each => each.classList.remove('on'));
  chosen.classList.add('on');
  // Links that are drawn as one arrow have several numbers.
  const ids = chosen.dataset.number === undefined
    ? ['node ' + chosen.dataset.id]
    : chosen.dataset.number.split(' ').map(each => 'link ' + each);
  // The words stand in the list below the picture, and in the register: copied, not written twice.
  const items = ids.map(id => document.querySelector(`[data-about="${CSS.escape(id)}"]`));
  const keys = items.flatMap(item => item.dataset.keys.split(' ').filter(Boolean));
  const sources = [...items, ...[...new Set(keys)].map(key => document.getElementById(key))];
  const copies = sources.flatMap(each => [...each.childNodes]).map(each => each.cloneNode(true));
  said.replaceChildren(...copies);
};
// What is reached by Tab comes into sight by moving the picture, not by scrolling its frame.
view.addEventListener('focusin', event => {
  view.scrollTo(0, 0);
  const box = view.getBoundingClientRect(), target = event.target.getBoundingClientRect();
  if (target.left < box.left || target.right > box.right) x += box.left + 20 - target.left;
  if (target.top < box.top || target.bottom > box.bottom) y += box.top + 20 - target.top;
  draw();
});
svg.addEventListener('click', event => { if (!moved) show(event.target); });
svg.addEventListener('keydown', event => {
  if (event.key !== 'Enter' && event.key !== ' ') return;
  event.preventDefault();
  show(event.target);
});

const zoomAtMiddle = factor => zoom(factor, view.clientWidth / 2, view.clientHeight / 2);
document.getElementById('in').addEventListener('click', () => zoomAtMiddle(1.25));
document.getElementById('out').addEventListener('click', () => zoomAtMiddle(0.8));
document.getElementById('fit').addEventListener('click', () => fit(0));
fit(0.7);  // on a small screen so large that it can be read
