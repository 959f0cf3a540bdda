"""``python -m nam_flash`` is ``nam-flash``."""

from nam_flash.cli import main

main(prog_name="nam-flash")
