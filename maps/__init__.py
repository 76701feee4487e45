"""How it is shown: stories, scenes, pages, the player."""
