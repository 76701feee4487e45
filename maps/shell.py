"""The shell of a page, made by folium. The only module that imports it: that is slow."""

from __future__ import annotations

from functools import cache
from typing import cast

import folium
from folium.template import Template


class Shell(folium.Map):
    """A map's element and its Leaflet map, without folium's links to other people's servers."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  # folium's own name and shape
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    _template = Template(
        """
        {% macro html(this, kwargs) %}<div id={{ this.get_name()|tojson }} class="map"></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}var {{ this.get_name() }} = L.map(
            {{ this.get_name()|tojson }}, {{ this.options|tojavascript }});{% endmacro %}
        """
    )


@cache
def shell() -> tuple[str, str]:
    """The map's element and the script that makes its Leaflet map, with ids counted from 1."""
    made = Shell(
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        world_copy_jump=False,
        zoom_snap=0,
        zoom_delta=0.5,
        wheel_px_per_zoom_level=120,
        max_zoom=10,
        max_bounds_viscosity=1,
        bounce_at_zoom_limits=False,
    )
    made._id = "1"
    figure = cast(folium.Figure, made.get_root())
    figure.render()
    return figure.html.render().strip(), figure.script.render().strip()
