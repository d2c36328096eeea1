"""`bukapo catalog` and `bukapo shipping`: sheets into the books, all or nothing, and back.

Parses and calls; what a sheet means stands in `bot.catalog_command` and `bot.zone_sheet`.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.plainly import plainly, settings

catalog = typer.Typer(no_args_is_help=True, help="The catalogue as a spreadsheet.")
shipping = typer.Typer(no_args_is_help=True, help="The shipping cost by zone, as a spreadsheet.")

File = Annotated[Path, typer.Argument(help="a file ending in .xlsx or .csv")]
Target = Annotated[Path, typer.Argument(help="a file ending in .xlsx")]


@catalog.command("import")
def import_catalogue(file: File) -> None:
    """Read products and variants from a sheet: all of them, or, when a cell is wrong, none."""
    from bot.catalog_command import import_file

    with plainly():
        products, variants = asyncio.run(import_file(file, settings()))
    typer.echo(f"{products} products with {variants} variants are in the catalogue.")


@catalog.command("export")
def export_catalogue(file: Target) -> None:
    """Write the catalogue to a sheet that `import` takes back."""
    from bot.catalog_command import export_file

    with plainly():
        count = asyncio.run(export_file(file, settings()))
    typer.echo(f"{count} products written to {file}.")


@catalog.command("template")
def catalogue_template(file: Target) -> None:
    """Write a filled example sheet, with every column explained."""
    from bot.catalog_command import write_example

    with plainly():
        write_example(file)
    typer.echo(f"An example is in {file}: change it and give it to `bukapo catalog import`.")


@shipping.command("import")
def import_zones(file: File) -> None:
    """Put the zones of a sheet in the place of the shop's; all or nothing."""
    from bot.zone_sheet import import_file

    with plainly():
        saved = asyncio.run(import_file(file, settings()))
    typer.echo(f"{saved.zones} zones: {saved.added} new, {saved.changed} changed, {saved.removed} removed.")


@shipping.command("export")
def export_zones(file: Target) -> None:
    """Write the zones to a sheet that `import` takes back."""
    from bot.zone_sheet import export_file

    with plainly():
        zones = asyncio.run(export_file(file, settings()))
    typer.echo(f"{zones} zones are in {file}." if zones else f"There are no zones yet: {file} is an example.")


@shipping.command("template")
def zones_template(file: Target) -> None:
    """Write an example sheet to start from."""
    from bot.zone_sheet import write

    with plainly():
        write(file, ())
    typer.echo(f"An example is in {file}: change it and give it to `bukapo shipping import`.")
