"""The program itself: ``nam-flash`` and ``python -m nam_flash``."""

import atexit
import gc


def run() -> None:
    """Run the command line.

    Everything that is loaded lives until the end, so looking for garbage on the way and at the end
    would only take time: a third of a large build, and a fifth of ``--help``.
    """
    gc.disable()
    atexit.register(gc.freeze)

    from nam_flash.cli import main

    main(prog_name="nam-flash")


if __name__ == "__main__":
    run()
