"""`python -m generator` is the same door as the `grilles` command."""

from generator.cli import main

if __name__ == "__main__":
    main()
