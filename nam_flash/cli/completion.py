"""``nam-flash completion``."""

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell: commands, options, topics and ids of facts.

    \b
    Examples:
      nam-flash completion bash >> ~/.bashrc
      nam-flash completion fish > ~/.config/fish/completions/nam-flash.fish
    """
    from nam_flash.cli import main

    kind = get_completion_class(shell)
    if kind is None:
        raise click.ClickException(f"Click knows no completion for {shell}")
    click.echo(kind(main, {}, "nam-flash", "_NAM_FLASH_COMPLETE").source())
