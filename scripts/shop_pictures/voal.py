"""The picture of the printed voal squares, folded and tied with a ribbon.

In goes nothing, out comes the text of an SVG. The print is drawn flattened, as the cloth lies away from the viewer.
"""

import math

from scripts.shop_pictures.fabric import DUSTY_PINK, IVORY, NAVY
from scripts.shop_pictures.studio import Canvas, arch, backdrop, darker, lighter, spread, sprig


def voal() -> str:
    """Three folded squares of printed voal on a tray, tied with a ribbon."""
    canvas = Canvas()
    backdrop(canvas, "#e9e2d6", "#dccfbd", 600)
    arch(canvas, 640, 90, 500, 602, "#ccd3bd")
    sprig(canvas, 872, 640, 12, 1.5, "#869a78")
    canvas.shadow(500, 862, 410, 46, 0.45, 24)
    layers = ((NAVY, 764, 392), (DUSTY_PINK, 674, 384), (IVORY, 584, 376))
    for colour, top, half in layers:
        _folded(canvas, 500, top, half, 94, colour)
    _printed_top(canvas, 500, 584, 376)
    _ribbon(canvas)
    return canvas.svg()


def _folded(canvas: Canvas, x: float, top: float, half: float, height: float, colour: str) -> None:
    """One folded cloth seen from the front: round folds on the left, layers on the right."""
    d = (
        f"M{x - half + 50} {top}H{x + half - 14}Q{x + half + 6} {top + height * 0.5} {x + half - 10} {top + height}"
        f"H{x - half + 50}C{x - half - 16} {top + height} {x - half - 16} {top} {x - half + 50} {top}Z"
    )
    canvas.path(d, canvas.linear([(0, lighter(colour, 0.28)), (0.3, colour), (1, darker(colour, 0.32))]))
    canvas.add(f'<g clip-path="{canvas.clip(d)}">')
    for number in range(1, 5):
        y = top + number * height / 5
        dip = spread(number, -4, 6, int(top))
        curve = f"M{x - half + 22 + number % 2 * 14} {y:.0f}"
        curve += f"C{x - 120} {y + dip:.0f} {x + 140} {y - dip:.0f} {x + half} {y + dip * 0.5:.0f}"
        canvas.line(curve, darker(colour, 0.45), 5, f'opacity="0.5" filter="{canvas.blur(2)}"')
        canvas.line(
            curve, lighter(colour, 0.6), 3, f'opacity="0.5" transform="translate(0 6)" filter="{canvas.blur(1.5)}"'
        )
    side = canvas.across(
        x - half, x + half, [(0, "#2a1610", 0.25), (0.16, "#fff8ee", 0.22), (0.5, "#fff8ee", 0), (1, "#2a1610", 0.28)]
    )
    canvas.add(f'<rect x="{x - half - 10}" y="{top}" width="{2 * half + 20}" height="{height}" fill="{side}"/></g>')


def _printed_top(canvas: Canvas, x: float, front: float, half: float) -> None:
    """The upper face of the topmost cloth, printed with jasmine."""
    back = front - 236
    d = (
        f"M{x - half + 50} {front + 2}"
        f"C{x - half + 6} {front - 6} {x - half + 40} {front - 40} {x - half + 66} {front - 76}"
        f"L{x - half + 124} {back + 12}Q{x - half + 134} {back} {x - half + 154} {back}H{x + half - 110}"
        f"Q{x + half - 92} {back} {x + half - 84} {back + 14}L{x + half - 14} {front + 2}Z"
    )
    canvas.path(d, canvas.linear([(0, darker(IVORY, 0.06)), (0.5, lighter(IVORY, 0.5)), (1, IVORY)], (0, 0, 1, 1)))
    canvas.add(f'<g clip-path="{canvas.clip(d)}">')
    for row in range(6):
        for column in range(11):
            fx = x - half + 20 + column * 76 + (row % 2) * 38 + spread(row * 11 + column, -9, 9)
            fy = back + 14 + row * 40 + spread(row * 7 + column, -5, 5)
            _jasmine(canvas, fx, fy, 0.78 + row * 0.06, spread(row * 11 + column, 0, 72), (row + column) % 3)
    light = canvas.across(x - half, x + half, [(0, "#fffaf0", 0.5), (0.4, "#fffaf0", 0), (1, "#3a2418", 0.2)])
    canvas.add(f'<rect x="{x - half}" y="{back}" width="{2 * half}" height="240" fill="{light}"/></g>')


def _jasmine(canvas: Canvas, x: float, y: float, size: float, turn: float, kind: int) -> None:
    """One printed flower with two leaves, flattened as the cloth lies away from the viewer."""
    petal = ("#d58f88", "#e0b3a6", "#7c8fae")[kind]
    shapes = ['<path d="M0 0C14 -20 34 -22 44 -14C36 2 18 8 0 0Z" fill="#8fa283"/>']
    for number in range(5):
        angle = math.radians(turn + number * 72)
        px, py = 13 * math.cos(angle), 13 * math.sin(angle)
        shapes.append(f'<circle cx="{px:.1f}" cy="{py:.1f}" r="10.5" fill="{petal}"/>')
        shapes.append(f'<circle cx="{px * 1.15:.1f}" cy="{py * 1.15:.1f}" r="6" fill="{lighter(petal, 0.4)}"/>')
    shapes.append('<circle r="6" fill="#e9c46a"/>')
    canvas.add(f'<g transform="translate({x:.1f} {y:.1f}) scale({size} {size * 0.62:.2f})">{"".join(shapes)}</g>')


def _ribbon(canvas: Canvas) -> None:
    """A satin ribbon over the pile with a bow at its upper edge."""
    satin = "#b5766a"
    tone = canvas.linear([(0, darker(satin, 0.2)), (0.4, lighter(satin, 0.4)), (1, darker(satin, 0.25))], (0, 0, 1, 0))
    canvas.path(
        "M470 348H514L532 584V858H488V584Z",
        "#2a1610",
        f'opacity="0.3" transform="translate(8 5)" filter="{canvas.blur(6)}"',
    )
    canvas.path("M474 348H516L532 584H486Z", canvas.linear([(0, satin), (0.5, lighter(satin, 0.35)), (1, satin)]))
    canvas.path("M486 584H532V858H486Z", tone)
    for side in (-1, 1):
        loop = "M0 0C30 -70 140 -96 168 -46C186 -10 120 30 0 0Z"
        tail = "M0 0C40 30 60 74 104 112L70 128L56 150C28 100 8 50 0 0Z"
        canvas.add(f'<g transform="translate(508 540) scale({side} 1)">')
        canvas.path(tail, "#2a1610", f'opacity="0.3" transform="translate({side * 6} 8)" filter="{canvas.blur(6)}"')
        canvas.path(tail, canvas.linear([(0, darker(satin, 0.25)), (1, lighter(satin, 0.25))], (0, 0, 1, 1)))
        canvas.path(loop, "#2a1610", f'opacity="0.3" transform="translate({side * 6} 10)" filter="{canvas.blur(7)}"')
        canvas.path(
            loop, canvas.radial([(0, darker(satin, 0.4)), (0.5, satin), (1, lighter(satin, 0.35))], (0.62, 0.6, 0.62))
        )
        canvas.line("M14 -6C50 -34 96 -52 140 -44", lighter(satin, 0.6), 6, f'opacity="0.5" filter="{canvas.blur(3)}"')
        canvas.add("</g>")
    knot = canvas.radial([(0, lighter(satin, 0.45)), (1, darker(satin, 0.2))], (0.35, 0.3, 0.8))
    canvas.add(f'<rect x="482" y="514" width="52" height="50" rx="18" fill="{knot}"/>')
