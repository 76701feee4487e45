// Whose words on the map are set first: a lower number goes before a higher one.

export const RANK = {
  chosen: 0, // the event that is selected
  highlighted: 2, // events and routes that the open chapter wants to stand out
  titled: 5, // the newest of a fan, with its title
  place: 6, // the place of a fan
  mark: 10,
  day: 12, // the others of a fan, with their days
  route: 20,
  pressing: 40, // up to here a word may lie on an arrow if there is no other room
  stop: 45,
  asideRoute: 46, // a short one, or one that steps back behind what stands out
  lasting: 50, // what goes on from long ago
  pocket: 55, // the name of what a front has left behind
  segment: 56, // a disputed border
  polity: 60, // to 70, the larger first
  sea: 80,
  line: 90, // the date line
  degrees: 95, // of the graticule
};
