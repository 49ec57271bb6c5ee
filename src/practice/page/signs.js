// The page's own signs, drawn: where no font of the machine has pictures, a character of one is an empty box.

const SVG = 'http://www.w3.org/2000/svg'

const PATHS = {
  lock: 'M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2',
  pin: 'M9.5 1.5l5 5-1.6.7-2.5 2.5.3 3-1.2 1.2-6.4-6.4 1.2-1.2 3 .3 2.5-2.5zM6.2 9.8l-4.5 4.5',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6z',
  clip: 'M12.5 7.5l-5 5a3 3 0 0 1-4.2-4.2l5.6-5.6a2 2 0 0 1 2.9 2.9L6.3 11a1 1 0 0 1-1.4-1.4l4.7-4.7',
  bolt: 'M9 1.5L3.5 9H8l-1 5.5L12.5 7H8z',
  speech: 'M2.5 3h11v7.5h-6l-3 3v-3h-2z',
  page: 'M4 1.5h5.5l3 3v10H4zM9.5 1.5v3h3',
  picture: 'M2 3h12v10H2zM2 11.5L5.5 8l3 3 2-2 3.5 3',
}

/**
 * Decorative; the words beside it carry the meaning.
 * @param {keyof typeof PATHS} name
 */
export const drawn = (name) => {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('class', 'drawn')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', PATHS[name])
  svg.append(path)
  return svg
}
