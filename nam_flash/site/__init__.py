"""A deck -> a static website: pages that work from any host and from a folder."""
