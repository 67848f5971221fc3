// The page fits the window that screen and zoom leave for it. To find a popup's
// size the browser tries others at each layout: were the page's layout to follow
// the window by itself (media queries, a fixed body), any change anywhere would
// cost three layouts of all there is. So it is told the size, when that is settled.
const { style, classList } = document.documentElement;

let [width, height] = [420, 560]; // as popup.css has them
export const fit = () => {
  if (width === innerWidth && height === innerHeight) return; // the page would be styled anew
  [width, height] = [innerWidth, innerHeight];
  style.setProperty('--width', `${width}px`);
  style.setProperty('--height', `${height}px`);
  classList.toggle('narrow', width < 420);
  classList.toggle('slim', width < 320);
  classList.toggle('low', height < 400);
  scrollTo(0, 0); // the page may have been scrolled while it was larger than the window
};
addEventListener('resize', fit);
