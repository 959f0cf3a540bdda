"""nam-flash: cited facts on necrotizing autoimmune myopathy become Anki decks."""

__version__ = "0.1.0"
