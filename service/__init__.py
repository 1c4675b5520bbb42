"""What the server is beside its pages: the data API, health, security headers, and who may come in."""
