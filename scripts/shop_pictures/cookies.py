"""Pictures of what is baked: a jar of nastar and a jar of kastengel.

In goes nothing, out comes the text of an SVG. Glass is drawn as what it reflects: bright streaks and darker edges.
"""

from scripts.shop_pictures.studio import Canvas, arch, backdrop, darker, lighter, spread, sprig

GOLD, CRUST, CHEESE = "#eeb04a", "#e3a548", "#f6c95a"


def nastar() -> str:
    """A round jar with a golden lid, filled with pineapple balls, and a few of them on a plate in front."""
    canvas = Canvas()
    backdrop(canvas, "#f6e3cf", "#e7c4a2", 690)
    arch(canvas, 470, 90, 620, 692, "#e9b796")
    sprig(canvas, 728, 840, 21, 1.75, "#8e9f76")
    canvas.shadow(440, 868, 250, 40, 0.45, 24)
    jar = "M214 330C206 344 200 362 200 386V806Q200 872 268 872H612Q680 872 680 806V386C680 362 674 344 666 330Z"
    canvas.path(jar, canvas.linear([(0, "#fff8ee", 0.5), (0.12, "#d9974a", 0.8), (1, "#b06c28", 0.95)]))
    canvas.add(f'<g clip-path="{canvas.clip(jar)}">')
    for row in range(7):
        y = 822 - row * 76
        for column in range(6):
            x = 244 + column * 84 - (row % 2) * 42
            _ball(canvas, x, y + spread(row * 6 + column, -5, 5), 50, row * 6 + column)
    canvas.add("</g>")
    _glass(canvas, jar, 200, 680)
    _lid(canvas, 196, 684, 236, 104)
    _tag(canvas)
    _plate(canvas)
    return canvas.svg()


def _ball(canvas: Canvas, x: float, y: float, r: float, number: int) -> None:
    """One nastar: glazed with yolk, a clove on top."""
    canvas.oval(
        x,
        y,
        r,
        r * 0.96,
        canvas.radial([(0, "#ffe29a"), (0.35, "#f3b84e"), (0.75, "#dd9434"), (1, "#a9601f")], (0.38, 0.32, 0.74)),
    )
    canvas.oval(
        x - r * 0.06,
        y - r * 0.12,
        r * 0.78,
        r * 0.66,
        canvas.radial([(0, "#f9a92f", 0.7), (0.8, "#ef9a2c", 0.35), (1, "#ef9a2c", 0)]),
    )
    shine = f'transform="rotate(-32 {x:.1f} {y:.1f})"'
    canvas.oval(x - r * 0.12, y - r * 0.56, r * 0.34, r * 0.13, "#fff6da", f'opacity="0.75" {shine}')
    turn = spread(number, -40, 40)
    cx, cy = x + spread(number, -0.1, 0.14, 2) * r, y - r * 0.12
    petals = "".join(
        f'<ellipse cx="0" cy="-6.5" rx="3.6" ry="6" transform="rotate({angle})"/>' for angle in (45, 135, 225, 315)
    )
    canvas.add(
        f'<g transform="translate({cx:.1f} {cy:.1f}) rotate({turn:.0f}) scale({r / 50:.2f})">',
        f'<g fill="#5a2f17">{petals}</g>'
        '<circle r="5.6" fill="#3d1e0f"/><circle cx="-1.6" cy="-1.8" r="1.9" fill="#8a5530"/></g>',
    )


def _glass(canvas: Canvas, jar: str, left: float, right: float) -> None:
    """The wall of the jar in front of what it holds."""
    wall = canvas.across(
        left,
        right,
        [
            (0, "#6a3a1c", 0.42),
            (0.07, "#fff6e6", 0.3),
            (0.14, "#fff6e6", 0.04),
            (0.8, "#fff6e6", 0),
            (0.93, "#fff6e6", 0.16),
            (1, "#6a3a1c", 0.5),
        ],
    )
    canvas.path(jar, wall)
    canvas.path(
        jar, canvas.linear([(0, "#7a4422", 0.3), (0.12, "#7a4422", 0), (0.86, "#7a4422", 0), (1, "#5a2f17", 0.35)])
    )
    wide = right - left
    streak = (
        f"M{left + wide * 0.1} 400Q{left + wide * 0.085} 590 {left + wide * 0.1} 800"
        f"Q{left + wide * 0.14} 806 {left + wide * 0.16} 790Q{left + wide * 0.15} 590 {left + wide * 0.165} 392"
        f"Q{left + wide * 0.12} 386 {left + wide * 0.1} 400Z"
    )
    canvas.path(streak, canvas.linear([(0, "#ffffff", 0.75), (0.6, "#ffffff", 0.4), (1, "#ffffff", 0.1)]))
    canvas.line(f"M{right - 30} 400V790", "#ffffff", 7, 'opacity="0.35"')
    canvas.line(f"M{left + 60} 860H{right - 60}", "#fff6e6", 5, 'opacity="0.5"')


def _lid(canvas: Canvas, left: float, right: float, top: float, high: float) -> None:
    """A brushed golden screw lid with grooves, lit from the left."""
    metal = canvas.across(
        left,
        right,
        [
            (0, "#8a5a22"),
            (0.1, "#d9a750"),
            (0.24, "#fff0c4"),
            (0.4, "#e0b05a"),
            (0.68, "#c08a3a"),
            (0.86, "#efcd84"),
            (1, "#7d4f1d"),
        ],
    )
    canvas.add(f'<rect x="{left}" y="{top}" width="{right - left}" height="{high}" rx="20" fill="{metal}"/>')
    for number in range(34):
        x = left + 14 + number * (right - left - 28) / 33
        canvas.line(f"M{x:.1f} {top + 34}V{top + high - 14}", "#6b421a", 2.4, 'opacity="0.35"')
        canvas.line(f"M{x + 3:.1f} {top + 34}V{top + high - 14}", "#fff0c8", 2, 'opacity="0.4"')
    canvas.add(
        f'<rect x="{left}" y="{top}" width="{right - left}" height="26" rx="13" fill="{metal}"/>',
        f'<path d="M{left + 13} {top + 6}H{right - 13}" stroke="#fffbe8" stroke-width="7" stroke-linecap="round" '
        'opacity="0.6"/>',
        f'<path d="M{left + 6} {top + 27}H{right - 6}" stroke="#5f3a15" stroke-width="4" opacity="0.35"/>',
        f'<path d="M{left + 10} {top + high + 6}H{right - 10}" stroke="#5f3a15" stroke-width="12" opacity="0.28"/>',
    )


def _tag(canvas: Canvas) -> None:
    """A kraft-paper tag on twine round the neck, with a pineapple on it."""
    canvas.line("M202 372Q440 410 678 372", "#a9794a", 8)
    canvas.line("M202 369Q440 407 678 369", "#e0bd8d", 3, 'stroke-dasharray="9 6"')
    canvas.line("M440 391Q452 420 446 446", "#b98a58", 4)
    card = "M386 470L420 436H472L506 470V650Q506 662 494 662H398Q386 662 386 650Z"
    canvas.path(card, "#4a2712", f'opacity="0.35" transform="translate(7 9)" filter="{canvas.blur(6)}"')
    canvas.path(card, canvas.linear([(0, "#fbefd9"), (1, "#ead2ae")]))
    canvas.line("M398 476L425 449H467L494 476V650H398Z", "#c09258", 2.5)
    canvas.add('<circle cx="446" cy="462" r="8" fill="#8a5d33"/><circle cx="446" cy="462" r="4.4" fill="#3d2413"/>')
    for lean, high in ((-46, 36), (46, 36), (-24, 48), (24, 48), (0, 56)):
        canvas.add(
            f'<path d="M0 0C-12 -16 -10 {-high + 10} 0 {-high}C10 {-high + 10} 12 -16 0 0Z" fill="#7d9468" '
            f'stroke="#5d7350" stroke-width="1.5" transform="translate(446 556) rotate({lean})"/>'
        )
    canvas.oval(446, 594, 33, 43, GOLD)
    fruit = canvas.clip("M413 594A33 43 0 0 1 479 594A33 43 0 0 1 413 594Z")
    for slope in (-1, 1):
        lines = "".join(f"M{446 + step * 17 - 60} {594 - 60 * slope}l120 {120 * slope}" for step in range(-4, 5))
        canvas.add(f'<path d="{lines}" stroke="#c17d25" stroke-width="2.4" clip-path="{fruit}"/>')


def _plate(canvas: Canvas) -> None:
    """A small plate with nastar, one of them bitten to show the pineapple."""
    canvas.shadow(748, 922, 200, 24, 0.4, 14)
    canvas.oval(748, 902, 200, 44, canvas.linear([(0, "#fffaf2"), (1, "#d8c3ab")]))
    canvas.oval(748, 896, 176, 34, canvas.linear([(0, "#e6d5c0"), (1, "#fffaf3")]))
    for x, y, number in ((668, 858, 3), (828, 860, 9), (748, 786, 14)):
        if y > 800:
            canvas.oval(x + 8, y + 44, 52, 12, "#6b3a1a", 'opacity="0.35"')
        _ball(canvas, x, y, 54, number)
    canvas.oval(752, 916, 54, 13, "#6b3a1a", 'opacity="0.35"')
    _ball(canvas, 748, 872, 54, 22)
    bite = "M778 838C760 846 762 862 752 872C766 882 758 900 776 912C806 896 812 856 778 838Z"
    canvas.path(bite, canvas.linear([(0, "#fbe3ad"), (1, "#eec47c")], (0, 0, 1, 0)))
    canvas.path(
        "M782 856C772 862 774 872 768 878C776 884 774 892 784 898C798 888 800 864 782 856Z",
        canvas.radial([(0, "#c86a1c"), (1, "#8f3f10")]),
    )


def kastengel() -> str:
    """A wide jar of cheese sticks, three sticks and a piece of red Edam in front."""
    canvas = Canvas()
    backdrop(canvas, "#e6e4d6", "#d3bfa2", 690)
    arch(canvas, 540, 90, 620, 692, "#b9c3a4")
    canvas.shadow(560, 868, 280, 40, 0.45, 24)
    jar = "M324 330C314 344 306 362 306 386V806Q306 872 374 872H746Q814 872 814 806V386C814 362 806 344 796 330Z"
    canvas.path(jar, canvas.linear([(0, "#fff8ee", 0.5), (0.12, "#b98344", 0.8), (1, "#8f5a24", 0.95)]))
    canvas.add(f'<g clip-path="{canvas.clip(jar)}">')
    for row in range(10):
        y = 842 - row * 50
        for column in range(4):
            number = row * 4 + column
            if row % 3 == 2:
                for half in (0, 1):
                    _stick(canvas, 330 + column * 132 + half * 66, y, 64, spread(number, -3, 3, half), number + half)
            else:
                _stick(canvas, 290 + column * 168 + (row % 2) * 74, y, 166, spread(number, -3, 3), number)
    canvas.add("</g>")
    _glass(canvas, jar, 306, 814)
    _lid(canvas, 302, 818, 236, 104)
    canvas.line("M308 372Q560 408 812 372", "#8a3d33", 14)
    canvas.line("M308 368Q560 404 812 368", "#c9665a", 5)
    _edam(canvas)
    for x, y, turn, number in ((560, 926, -3, 5), (724, 930, 4, 8), (642, 880, -2, 11)):
        if y > 900:
            canvas.shadow(x, y + 28, 84, 12, 0.35, 8)
        _stick(canvas, x, y, 172, turn, number)
    return canvas.svg()


def _stick(canvas: Canvas, x: float, y: float, long: float, turn: float, number: int) -> None:
    """One kastengel, `long` units, under a crust of grated cheese."""
    tone = canvas.linear([(0, "#f8d27e"), (0.35, CRUST), (0.8, "#c67f2e"), (1, "#96561c")])
    canvas.add(f'<g transform="translate({x:.1f} {y:.1f}) rotate({turn:.1f})">')
    canvas.add(f'<rect x="{-long / 2:.0f}" y="-26" width="{long:.0f}" height="54" rx="13" fill="{tone}"/>')
    for crumb in range(int(long / 7)):
        cx = spread(crumb, -long / 2 + 12, long / 2 - 12, number)
        cy = spread(crumb * crumb + number, -22, 4)
        bend = spread(crumb * (crumb + 5) + number, -75, 75)
        colour = lighter(CHEESE, 0.35) if crumb % 3 else darker("#d98b2b", 0.08)
        canvas.add(
            f'<rect x="-8" y="-2.4" width="16" height="4.8" rx="2.4" fill="{colour}" '
            f'transform="translate({cx:.1f} {cy:.1f}) rotate({bend:.0f})"/>'
        )
    canvas.add("</g>")


def _edam(canvas: Canvas) -> None:
    """A wedge of cheese in red wax, its cut side to the viewer."""
    canvas.shadow(236, 916, 190, 30, 0.42, 16)
    canvas.path("M70 734L250 664Q330 690 420 772L96 800Z", canvas.linear([(0, "#ffe7a0"), (1, "#f2bd4c")]))
    canvas.path(
        "M84 742L420 772V900Q420 914 404 914H92Q78 914 78 898Z",
        canvas.linear([(0, "#fbd675"), (1, "#dd9d35")], (0, 0, 0.5, 1)),
    )
    canvas.path(
        "M64 738L248 662L256 668L84 748V908Q68 906 66 886C60 830 60 780 64 738Z",
        canvas.linear([(0, "#d9483c"), (1, "#8f231f")]),
    )
    canvas.line("M72 752C68 800 68 850 73 890", "#f08d7d", 5, 'opacity="0.6"')
    for x, y, rx, ry in (
        (156, 826, 24, 18),
        (250, 872, 30, 20),
        (330, 818, 22, 16),
        (376, 878, 15, 11),
        (214, 782, 12, 8),
        (128, 886, 13, 10),
    ):
        canvas.oval(x, y, rx, ry, canvas.linear([(0, "#a8661c"), (1, "#e0a23c")]))
        canvas.oval(x + 2, y + ry * 0.3, rx * 0.8, ry * 0.66, "#d4942f", 'opacity="0.7"')
    canvas.oval(270, 728, 24, 9, "#d89b3a", 'opacity="0.8"')
    canvas.oval(336, 752, 14, 5, "#d89b3a", 'opacity="0.8"')
