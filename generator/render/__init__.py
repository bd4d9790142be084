"""A shape becomes text or bytes: pure, but for this package's own templates and fonts."""
