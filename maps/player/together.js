// Two maps that show the same view: whichever the reader moves, the other follows in the same frame.

/** Where the middle of a map stands on the world of its zoom, in pixels. */
const middle = (map) => map.getPixelOrigin().subtract(map._getMapPanePos()).add(map.getSize().divideBy(2));

/** Moves a map's pane so that its middle is another map's, to the pixel, both of one zoom; false if it was. */
function slide(map, leader) {
  const away = middle(leader).subtract(middle(map)).round();
  if (!away.x && !away.y) return false;
  map._rawPanBy(away);
  map.fire("move");
  return true;
}

/** Lets two maps of one size follow each other until they `part`; what one does in `alone(call)` it does alone. */
export function followEachOther(one, other) {
  let leader = null; // whose news is being followed: the other's own is not news

  /** While the window changes one may know its size before the other: what it then does is no news. */
  const isOneSize = () => one.getSize().distanceTo(other.getSize()) < 2;

  function led(map, follow) {
    if ((leader && leader !== map) || !isOneSize()) return;
    const before = leader;
    leader = map;
    follow();
    leader = before;
  }

  function listen(map, follower) {
    let moved = false; // whether the follower has moved and not yet come to rest
    let pinched = false; // and by other means than its own, so that its pictures must be made anew
    const flies = () => map._animatingZoom || follower._animatingZoom;
    const move = (event) =>
      led(map, () => {
        if (flies()) return;
        if (map.getZoom() === follower.getZoom()) moved = slide(follower, map) || moved;
        else if (event?.pinch) {
          if (!pinched) follower._moveStart(true, false);
          follower._move(map.getCenter(), map.getZoom(), event);
          pinched = true;
        }
      });
    const rest = () =>
      led(map, () => {
        if (flies()) return;
        if (pinched || map.getZoom() !== follower.getZoom())
          follower._resetView(map.getCenter(), map.getZoom());
        else if (slide(follower, map) || moved) follower.fire("moveend");
        moved = pinched = false;
      });
    const fly = ({ center, zoom }) =>
      led(map, () => follower._moveStart(true, false)._animateZoom(center, zoom, true));
    const calls = { move, moveend: rest, zoomanim: fly };
    map.on(calls);
    return () => map.off(calls);
  }

  const parts = [listen(one, other), listen(other, one)];
  return {
    part: () => parts.forEach((part) => part()),
    alone(call) {
      const before = leader;
      leader = "nobody";
      call();
      leader = before;
    },
  };
}
