"""The photo studio: a square canvas of 1000 × 1000 units, its light, its backdrop and its soft shadows.

In go shapes and colours, out comes the text of an SVG. Light always falls from the upper left. Colours are `#rrggbb`.
Never draws text, so that no font is needed, and never uses chance, so that a picture is the same each time.
"""

from collections.abc import Sequence

SIDE = 1000
Stop = tuple[float, str] | tuple[float, str, float]


def mix(one: str, other: str, part: float) -> str:
    """The colour that lies `part` (0 to 1) of the way from `one` to `other`."""
    pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def lighter(colour: str, part: float) -> str:
    """Towards warm white: what the light does."""
    return mix(colour, "#fffaf2", part)


def darker(colour: str, part: float) -> str:
    """Towards warm brown, not black: shadows in a bright room keep their warmth."""
    return mix(colour, "#2a1610", part)


def spread(number: int, low: float, high: float, salt: int = 0) -> float:
    """A value between `low` and `high` that looks irregular and is the same in every run (golden ratio sequence)."""
    return low + ((number * 0.6180339887 + salt * 0.3819) % 1) * (high - low)


class Canvas:
    """Collects gradients, filters and shapes; `svg()` gives the whole picture."""

    def __init__(self) -> None:
        self._defs: dict[str, str] = {}
        self._shapes: list[str] = []

    def _define(self, markup: str) -> str:
        """Keeps one copy of a definition; gives the reference to it."""
        name = self._defs.setdefault(markup, f"d{len(self._defs)}")
        return f"url(#{name})"

    def linear(self, stops: Sequence[Stop], box: tuple[float, float, float, float] = (0, 0, 0, 1)) -> str:
        """A gradient along a line, in parts of the shape's own box (default: from its top to its bottom)."""
        x1, y1, x2, y2 = box
        return self._define(
            f'<linearGradient id="ID" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}">{_stops(stops)}</linearGradient>'
        )

    def across(self, x1: float, x2: float, stops: Sequence[Stop]) -> str:
        """A gradient from left to right, in canvas units."""
        return self._define(
            f'<linearGradient id="ID" gradientUnits="userSpaceOnUse" x1="{x1:.0f}" y1="0" x2="{x2:.0f}" y2="0">'
            f"{_stops(stops)}</linearGradient>"
        )

    def radial(self, stops: Sequence[Stop], centre: tuple[float, float, float] = (0.5, 0.5, 0.5)) -> str:
        """A round gradient: centre and radius in parts of the shape's own box."""
        x, y, r = centre
        return self._define(f'<radialGradient id="ID" cx="{x}" cy="{y}" r="{r}">{_stops(stops)}</radialGradient>')

    def blur(self, amount: float) -> str:
        """A soft edge of `amount` units; the generous region keeps it from being cut."""
        return self._define(
            '<filter id="ID" x="-60%" y="-60%" width="220%" height="220%">'
            f'<feGaussianBlur stdDeviation="{amount}"/></filter>'
        )

    def clip(self, path: str) -> str:
        """Whatever refers to it is seen only inside `path`."""
        return self._define(f'<clipPath id="ID"><path d="{path}"/></clipPath>')

    def pattern(self, width: float, height: float, markup: str) -> str:
        """A tile of `width` × `height` units, repeated over the shape."""
        return self._define(
            f'<pattern id="ID" patternUnits="userSpaceOnUse" width="{width}" height="{height}">{markup}</pattern>'
        )

    def add(self, *markup: str) -> None:
        """Shapes in front of those already there."""
        self._shapes.extend(markup)

    def path(self, d: str, fill: str, more: str = "") -> None:
        """A filled path."""
        self._shapes.append(f'<path d="{d}" fill="{fill}" {more}/>')

    def line(self, d: str, stroke: str, width: float, more: str = "") -> None:
        """A drawn line with round ends."""
        self._shapes.append(
            f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{width}" stroke-linecap="round" '
            f'stroke-linejoin="round" {more}/>'
        )

    def oval(self, x: float, y: float, rx: float, ry: float, fill: str, more: str = "") -> None:
        """A filled ellipse around (x, y)."""
        self._shapes.append(f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="{fill}" {more}/>')

    def shadow(self, x: float, y: float, rx: float, ry: float, strength: float = 0.35, soft: float = 18) -> None:
        """What stands on the table darkens it: a wide soft shadow and a narrow dark one where it touches."""
        wide = self.radial([(0, "#5a3422", strength), (0.55, "#5a3422", strength * 0.6), (1, "#5a3422", 0)])
        self.oval(x + rx * 0.1, y, rx + 2 * soft, ry + soft, wide)
        touch = self.radial([(0, "#3a1d12", strength), (0.8, "#3a1d12", strength * 0.8), (1, "#3a1d12", 0)])
        self.oval(x, y, rx, ry * 0.5, touch)

    def svg(self) -> str:
        """The whole picture as text."""
        defs = "".join(markup.replace('id="ID"', f'id="{name}"') for markup, name in self._defs.items())
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" width="{SIDE}" height="{SIDE}">'
            f"<defs>{defs}</defs>{''.join(self._shapes)}</svg>"
        )


def _stops(stops: Sequence[Stop]) -> str:
    return "".join(
        f'<stop offset="{stop[0]}" stop-color="{stop[1]}"'
        + (f' stop-opacity="{stop[2]}"' if len(stop) == 3 else "")
        + "/>"
        for stop in stops
    )


def backdrop(canvas: Canvas, wall: str, floor: str, horizon: float) -> None:
    """A wall, a table that meets it at `horizon`, and a pool of light on the wall."""
    canvas.path(f"M0 0H{SIDE}V{SIDE}H0Z", canvas.linear([(0, lighter(wall, 0.25)), (1, darker(wall, 0.06))]))
    canvas.oval(360, 330, 620, 560, canvas.radial([(0, "#fffdf8", 0.75), (1, "#fffdf8", 0)]))
    table = canvas.linear([(0, darker(floor, 0.1)), (0.18, floor), (1, lighter(floor, 0.35))])
    canvas.add(f'<rect y="{horizon}" width="{SIDE}" height="{SIDE - horizon}" fill="{table}"/>')
    edge = canvas.linear([(0, darker(wall, 0.3), 0), (1, darker(wall, 0.3), 0.22)])
    canvas.add(f'<rect y="{horizon - 70}" width="{SIDE}" height="70" fill="{edge}"/>')


def arch(canvas: Canvas, x: float, top: float, width: float, bottom: float, colour: str) -> None:
    """An arched panel leaning on the wall, as studios use behind a product."""
    r = width / 2
    d = f"M{x - r} {bottom}V{top + r}A{r} {r} 0 0 1 {x + r} {top + r}V{bottom}Z"
    canvas.path(d, "#6b4030", f'opacity="0.22" transform="translate(16 8)" filter="{canvas.blur(14)}"')
    canvas.path(d, canvas.linear([(0, lighter(colour, 0.26)), (1, darker(colour, 0.05))]))


def sprig(canvas: Canvas, x: float, y: float, turn: float, size: float, colour: str) -> None:
    """A twig of eucalyptus that starts at (x, y); `turn` in degrees, 0 grows upwards."""
    parts = [f'<path d="M0 0C-6 -90 10 -180 4 -275" fill="none" stroke="{darker(colour, 0.25)}" stroke-width="5"/>']
    for number in range(6):
        up = -40 - number * 44
        reach = 58 - number * 6
        for side in (-1, 1):
            tone = canvas.linear(
                [(0, lighter(colour, 0.34)), (1, darker(colour, 0.12))]
                if side < 0
                else [(0, colour), (1, darker(colour, 0.3))]
            )
            leaf = f"M0 0C{reach * 0.25:.0f} {-reach * 0.62:.0f} {reach:.0f} {-reach * 0.55:.0f} {reach * 1.15:.0f} 0"
            leaf += f"C{reach:.0f} {reach * 0.4:.0f} {reach * 0.3:.0f} {reach * 0.42:.0f} 0 0Z"
            lean = -28 + number * -5
            parts.append(
                f'<g transform="translate(2 {up + (12 if side > 0 else 0)}) scale({side} 1) rotate({lean})">'
                f'<path d="{leaf}" fill="{tone}"/><path d="M4 0H{reach:.0f}" stroke="{lighter(colour, 0.4)}" '
                'stroke-width="1.6" opacity="0.6"/></g>'
            )
    shape = "".join(parts)
    canvas.add(
        f'<g transform="translate({x + 12} {y + 10}) rotate({turn}) scale({size})" opacity="0.2" '
        f'filter="{canvas.blur(7)}">{shape}</g>',
        f'<g transform="translate({x} {y}) rotate({turn}) scale({size})">{shape}</g>',
    )
