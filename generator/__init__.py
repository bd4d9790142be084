"""grilles-pfmp: a YAML referential becomes a printable and browsable site."""

import os

# pydantic hands all that it reads to the plug-ins of other packages, unless told not to: none of
# them may look at a pupil's file.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
