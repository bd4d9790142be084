"""Bytes become a checked model, or all the errors. Only this package opens data files."""
