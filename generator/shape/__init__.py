"""A model becomes what is shown: pure functions and frozen shapes that every output shares."""
