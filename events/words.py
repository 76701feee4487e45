"""The words that have a meaning of their own in tables, stories and on the map."""

KINDS = (
    "battle",
    "decision",
    "plan",
    "diplomacy",
    "surrender",
    "deployment",
    "mobilisation",
    "economy",
    "intelligence",
    "context",
    "event",  # the default, for tables without kinds
)
STATUSES = ("executed", "planned", "cancelled", "counterfactual")  # executed is the default
VERIFIED = ("verified", "partly", "unverified")  # unverified is the default
MEANS = ("land", "rail", "sea", "air")  # of a route; land is the default
CONFIDENCES = ("high", "medium", "low")  # in the course of a route; medium is the default
KEY = ("yes", "no")  # whether an event is a key event; no is the default
ABOUT = ("date", "number", "place", "cause", "matter")  # of what a claim speaks; matter is default
STANCES = (
    "supports",
    "disputes",
)  # how a claim stands to the row of its event; supports is default
VERDICTS = ("right", "imprecise", "disputed", "wrong", "garbled", "opinion", "unsupported")

# What a story and the reader can switch, beside the directions.
LAYERS = (
    *("context", "planned", "routes", "polities", "fronts"),
    *("borders", "lakes", "rivers", "names", "graticule"),
)

# A direction may not be called like a layer, or like the word for all directions.
RESERVED = ("both", *LAYERS)
