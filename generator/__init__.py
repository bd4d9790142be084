"""grilles-pfmp: a YAML referential becomes a printable and browsable site."""
