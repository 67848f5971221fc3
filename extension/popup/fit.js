// The page fits the window that screen and zoom leave for it. To find a popup's
// size the browser tries others at each layout: were the page's layout to follow
// the window by itself (media queries, a fixed body), any change anywhere would
// cost three layouts of all there is. So it is told the size, when that is settled.
const { style, classList } = document.documentElement;

export const fit = () => {
  style.setProperty('--width', `${innerWidth}px`);
  style.setProperty('--height', `${innerHeight}px`);
  classList.toggle('narrow', innerWidth < 420);
  classList.toggle('slim', innerWidth < 320);
  classList.toggle('low', innerHeight < 400);
  scrollTo(0, 0); // the page may have been scrolled while it was larger than the window
};
addEventListener('resize', fit);
