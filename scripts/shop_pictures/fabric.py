"""Pictures of what hangs and falls: the pashmina on a rail and the bergo on a bust.

In goes nothing, out comes the text of an SVG. Cloth is drawn as strips, one a fold, each lit from the left.
"""

from scripts.shop_pictures.studio import Canvas, arch, backdrop, darker, lighter, mix, spread, sprig

DUSTY_PINK, MOCCA, SAGE, IVORY, NAVY = "#d9a5a0", "#9c7059", "#9aab8c", "#eadbc4", "#3d4b68"
WOOD = "#c08a58"


def pashmina() -> str:
    """Four long shawls over a wooden rail, in the four colours on offer."""
    canvas = Canvas()
    backdrop(canvas, "#f1e3d6", "#e6cfbb", 905)
    _window_light(canvas)
    for x in (84, 916):
        canvas.add(
            f'<rect x="{x - 9}" y="140" width="18" height="800" rx="9" '
            f'fill="{canvas.linear([(0, lighter(WOOD, 0.3)), (0.4, WOOD), (1, darker(WOOD, 0.35))], (0, 0, 1, 0))}"/>'
        )
        canvas.shadow(x, 938, 46, 12, 0.35, 9)
    rail = canvas.linear([(0, lighter(WOOD, 0.4)), (0.45, WOOD), (1, darker(WOOD, 0.4))])
    canvas.add(
        '<rect x="70" y="172" width="890" height="22" rx="11" fill="#6b4030" opacity="0.25" '
        f'filter="{canvas.blur(7)}"/>'
    )
    canvas.add(f'<rect x="50" y="150" width="900" height="26" rx="13" fill="{rail}"/>')
    for number, (colour, long) in enumerate([(IVORY, 800), (DUSTY_PINK, 862), (SAGE, 818), (MOCCA, 872)]):
        _shawl(canvas, 222 + number * 186, long, colour, number)
    return canvas.svg()


def _window_light(canvas: Canvas) -> None:
    """The slanting panes that the sun throws on the wall."""
    panes = "".join(f'<path d="M{x} -20L{x + 150} -20L{x - 130} 720L{x - 280} 720Z"/>' for x in (330, 520, 850, 1040))
    canvas.add(f'<g fill="#fff8ea" opacity="0.5" filter="{canvas.blur(12)}">{panes}</g>')


def _shawl(canvas: Canvas, x: float, bottom: float, colour: str, salt: int) -> None:
    """One shawl over the rail, its middle at `x`, its longer end reaching `bottom`."""
    top, half = 142, 74
    d = f"M{x - half} {top + 20}L{x - half - 20} {bottom}H{x + half + 20}L{x + half} {top + 20}Z"
    canvas.path(d, "#6b3f2c", f'opacity="0.3" transform="translate(26 14)" filter="{canvas.blur(16)}"')
    back = (
        f"M{x - half + 18} {top + 20}L{x - half + 34} {bottom - 150}Q{x} {bottom - 170} {x + half + 30} {bottom - 120}"
    )
    canvas.path(back + f"L{x + half - 4} {top + 20}Z", darker(colour, 0.34))
    folds = 6
    edges = []
    for number in range(folds + 1):
        part = number / folds
        high = x - half + 2 * half * (part + spread(number, -0.035, 0.035, salt) * (0 < number < folds))
        low = x - half - 16 + 2 * (half + 14) * (part + spread(number, -0.05, 0.05, salt + 3) * (0 < number < folds))
        edges.append((high, low, bottom + spread(number, -16, 12, salt + 1), spread(number, -9, 9, salt + 2)))
    for number in range(folds):
        (h1, l1, b1, s1), (h2, l2, b2, s2) = edges[number], edges[number + 1]
        middle = (top + bottom) / 2
        d = (
            f"M{h1:.1f} {top + 16}Q{h1 + 2:.1f} {top} {h1 + 9:.1f} {top}H{h2 - 4:.1f}"
            f"Q{h2:.1f} {top} {h2 + 1:.1f} {top + 16}"
            f"C{h2 + 1:.1f} {middle - 120:.0f} {l2 + s2 + 1:.1f} {middle:.0f} {l2 + 1.5:.1f} {b2:.1f}"
            f"Q{(l1 + l2) / 2:.1f} {(b1 + b2) / 2 + (17 if number % 2 else -4):.1f} {l1:.1f} {b1:.1f}"
            f"C{l1 + s1:.1f} {middle:.0f} {h1:.1f} {middle - 120:.0f} {h1:.1f} {top + 16}Z"
        )
        deep = spread(number, 0.12, 0.3, salt + 5)
        tone = canvas.linear(
            [
                (0, darker(colour, deep)),
                (0.22, mix(colour, darker(colour, deep), 0.25)),
                (0.45, lighter(colour, 0.32)),
                (0.7, colour),
                (1, darker(colour, deep * 0.8)),
            ],
            (0, 0, 1, 0),
        )
        canvas.path(d, tone)
    whole = f"M{edges[0][0]} {top}L{edges[0][1] - 4} {bottom + 20}H{edges[-1][1] + 4}L{edges[-1][0]} {top}Z"
    canvas.add(
        f'<g clip-path="{canvas.clip(whole)}">'
        f'<rect x="{x - 120}" y="{top + 26}" width="240" height="30" fill="{darker(colour, 0.6)}" opacity="0.2" '
        f'filter="{canvas.blur(9)}"/>'
        f'<rect x="{x - 120}" y="{top + 1}" width="240" height="9" fill="{lighter(colour, 0.6)}" opacity="0.55" '
        f'filter="{canvas.blur(3)}"/></g>'
    )


def bergo() -> str:
    """An instant hijab with a soft visor on a faceless bust, and the three colours as folded swatches."""
    canvas = Canvas()
    backdrop(canvas, "#efe2d8", "#e3cdbd", 860)
    arch(canvas, 500, 70, 700, 862, "#dfc4b4")
    sprig(canvas, 222, 912, -22, 1.4, "#8f9f80")
    colour = SAGE
    _dress(canvas)
    _cloth_of_bergo(canvas, colour)
    _face(canvas)
    _brim(canvas, colour)
    for number, tone in enumerate((MOCCA, SAGE, NAVY)):
        _swatch(canvas, 800 + number * 62, 905 - number * 4, tone)
    return canvas.svg()


def _dress(canvas: Canvas) -> None:
    d = "M150 1000C160 900 200 800 300 730H700C800 800 840 900 850 1000Z"
    canvas.path(d, canvas.linear([(0, "#e8d8c6"), (0.35, "#f6ecdf"), (1, "#cdb49c")], (0, 0, 1, 0)))


HEM = ((182, 800), (250, 888), (345, 935), (455, 957), (545, 957), (655, 935), (750, 888), (818, 800))
NECK = ((352, 500), (385, 520), (425, 540), (470, 553), (530, 553), (575, 540), (615, 520), (648, 500))


def _cloth_of_bergo(canvas: Canvas, colour: str) -> None:
    """The crown first, then the cape of folds that falls from the chin over shoulders and chest."""
    crown = (
        "M500 138C372 134 318 236 318 350C318 430 330 470 352 520H648C670 470 682 430 682 350C682 236 628 134 500 138Z"
    )
    cape = (
        "M334 440C344 556 262 596 222 668C198 712 184 760 182 800C220 880 330 958 500 958S780 880 818 800"
        "C816 760 802 712 778 668C738 596 656 556 666 440Q500 596 334 440Z"
    )
    canvas.path(cape, "#4a2d20", f'opacity="0.35" transform="translate(18 16)" filter="{canvas.blur(18)}"')
    canvas.path(
        crown, canvas.radial([(0, lighter(colour, 0.4)), (0.55, colour), (1, darker(colour, 0.36))], (0.36, 0.28, 0.8))
    )
    canvas.path(
        cape,
        canvas.across(180, 820, [(0, darker(colour, 0.18)), (0.35, lighter(colour, 0.2)), (1, darker(colour, 0.3))]),
    )
    strips = []
    for number in range(len(HEM) - 1):
        (h1x, h1y), (h2x, h2y) = HEM[number], HEM[number + 1]
        (n1x, n1y), (n2x, n2y) = NECK[number], NECK[number + 1]
        bow = (number - 3) * 26
        d = (
            f"M{n1x} {n1y}C{n1x + bow * 0.3:.0f} {n1y + 120} {h1x + 14 - bow * 0.2:.0f} {h1y - 170} {h1x} {h1y}"
            f"Q{(h1x + h2x) / 2:.0f} {(h1y + h2y) / 2 + 18:.0f} {h2x} {h2y}"
            f"C{h2x + 14 - bow * 0.2:.0f} {h2y - 170} {n2x + bow * 0.3:.0f} {n2y + 120} {n2x} {n2y}Z"
        )
        tone = canvas.linear(
            [
                (0, darker(colour, 0.34), 0.85),
                (0.3, colour, 0.5),
                (0.55, lighter(colour, 0.42), 0.75),
                (0.8, colour, 0.5),
                (1, darker(colour, 0.3), 0.8),
            ],
            (0, 0.2, 1, 0.1),
        )
        strips.append(f'<path d="{d}" fill="{tone}"/>')
    canvas.add(f'<g clip-path="{canvas.clip(cape)}"><g filter="{canvas.blur(6)}">{"".join(strips)}</g>')
    for depth, width in ((0, 30), (58, 12)):
        canvas.line(
            f"M{372 - depth * 0.5} {520 + depth}Q500 {622 + depth * 1.25} {628 + depth * 0.5} {520 + depth}",
            darker(colour, 0.5),
            width,
            f'opacity="0.3" filter="{canvas.blur(9)}"',
        )
        canvas.line(
            f"M{366 - depth * 0.5} {538 + depth}Q500 {648 + depth * 1.25} {634 + depth * 0.5} {538 + depth}",
            lighter(colour, 0.55),
            width * 0.7,
            f'opacity="0.5" filter="{canvas.blur(7)}"',
        )
    canvas.line("M186 806C224 878 332 946 500 946S776 878 814 806", darker(colour, 0.28), 2.5, 'stroke-dasharray="7 6"')
    canvas.add("</g>")


def _face(canvas: Canvas) -> None:
    """A smooth bust of linen colour without features, shaded by the cloth around it."""
    d = "M500 236C420 236 392 300 394 372C396 452 446 532 500 532S604 452 606 372C608 300 580 236 500 236Z"
    canvas.path(d, canvas.radial([(0, "#fbeee0"), (0.6, "#f0d9c3"), (1, "#cfa98c")], (0.42, 0.42, 0.66)))
    canvas.add(f'<g clip-path="{canvas.clip(d)}">')
    canvas.line(
        "M394 372C396 300 420 240 500 238S604 300 606 372", "#6e4632", 34, f'opacity="0.4" filter="{canvas.blur(13)}"'
    )
    canvas.line("M606 372C604 452 554 532 500 534", "#8a5a40", 22, f'opacity="0.38" filter="{canvas.blur(12)}"')
    canvas.add("</g>")


def _brim(canvas: Canvas, colour: str) -> None:
    """The soft visor and the edge of the cloth around the face."""
    edge = "M500 232C418 232 388 300 390 372C392 452 444 538 500 538S608 452 610 372C612 300 582 232 500 232Z"
    canvas.line(edge, darker(colour, 0.42), 17)
    canvas.line(edge, canvas.linear([(0, lighter(colour, 0.35)), (1, darker(colour, 0.08))], (0, 0, 1, 1)), 12)
    visor = "M388 350C380 252 430 196 500 196S620 252 612 350C600 282 562 250 500 250S400 282 388 350Z"
    canvas.path(visor, "#3b2a1e", f'opacity="0.3" transform="translate(3 10)" filter="{canvas.blur(7)}"')
    canvas.path(
        visor, canvas.linear([(0, lighter(colour, 0.42)), (0.6, colour), (1, darker(colour, 0.2))], (0, 0, 1, 0.5))
    )
    canvas.line("M394 318C398 262 440 218 500 218S602 262 606 318", darker(colour, 0.3), 2, 'stroke-dasharray="6 5"')
    for bend in (0, 36, 74):
        canvas.line(
            f"M{346 + bend * 0.4} {420 - bend}C{340 + bend * 0.5} {300 - bend} {400 + bend * 0.3} {196 - bend * 0.35} "
            f"{470 + bend * 0.2} {182 - bend * 0.4}",
            lighter(colour, 0.6),
            9,
            f'opacity="0.32" filter="{canvas.blur(6)}"',
        )


def _swatch(canvas: Canvas, x: float, y: float, colour: str) -> None:
    canvas.shadow(x, y + 40, 40, 10, 0.4, 7)
    tone = canvas.linear([(0, lighter(colour, 0.35)), (0.5, colour), (1, darker(colour, 0.3))], (0, 0, 1, 1))
    canvas.add(f'<circle cx="{x}" cy="{y}" r="42" fill="#fbf4ea"/><circle cx="{x}" cy="{y}" r="36" fill="{tone}"/>')
