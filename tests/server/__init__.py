"""A real HTTP server on loopback that misbehaves in every way that a fetcher must survive."""
