"""A small picture of a map, drawn without a browser: the gallery's cards, previews, posters."""
