"""The picture of the canvas tote bag with an embroidered name.

In goes nothing, out comes the text of an SVG. The name is drawn as stitched lines, so that no font is needed.
"""

from scripts.shop_pictures.studio import Canvas, arch, backdrop, darker, lighter, sprig

NATURAL, BLACK, BROWN = "#ecdfc8", "#38342f", "#b07a4a"
# Handwriting in one breath, "Sari": S, a, r, i and the dot, in the bag's own units.
NAME = (
    "M-98 -62C-108 -92 -162 -86 -164 -48C-166 -8 -104 -6 -108 34C-112 70 -170 72 -178 40",
    "M-22 -4C-38 -24 -78 -14 -80 22C-82 58 -38 60 -24 24C-22 12 -20 2 -18 -8C-24 20 -24 48 -4 46C8 44 18 22 26 -6",
    "M26 -8C32 4 28 28 24 48C30 20 42 -8 66 -8C76 -8 78 2 74 8",
    "M104 -8C98 14 94 44 112 46C126 46 138 30 144 14",
    "M110 -40L111 -39",
)


def tote() -> str:
    """A natural bag in front, a black one behind it, both standing on the floor."""
    canvas = Canvas()
    backdrop(canvas, "#e8ddd2", "#cdb8a4", 800)
    arch(canvas, 560, 50, 660, 802, "#d8bfae")
    sprig(canvas, 168, 850, -16, 1.7, "#8b9c7c")
    canvas.shadow(690, 830, 215, 24, 0.45, 18)
    canvas.add('<g transform="translate(690 596) scale(0.78) rotate(3)">')
    _bag(canvas, BLACK)
    canvas.add("</g>")
    canvas.shadow(430, 936, 290, 34, 0.48, 22)
    canvas.add('<g transform="translate(430 640)">')
    _bag(canvas, NATURAL)
    _embroidery(canvas)
    canvas.add("</g>")
    return canvas.svg()


def _bag(canvas: Canvas, colour: str) -> None:
    """One bag around (0, 0): body 540 wide and 560 high, handles above."""
    thread = lighter(colour, 0.3) if colour == BLACK else darker(colour, 0.32)
    back = "M-128 -248C-134 -420 -70 -478 0 -478S134 -420 128 -248"
    canvas.line(back, darker(colour, 0.42), 36)
    body = (
        "M-246 -260Q0 -246 246 -260C258 -120 264 60 270 262Q272 296 240 298"
        "Q0 306 -240 298Q-272 296 -270 262C-264 60 -258 -120 -246 -260Z"
    )
    canvas.path(body, "#3a2216", f'opacity="0.32" transform="translate(16 8)" filter="{canvas.blur(14)}"')
    canvas.path("M-240 -262Q0 -282 240 -262Q0 -240 -240 -262Z", darker(colour, 0.5))
    canvas.path(
        body,
        canvas.across(
            -270,
            270,
            [(0, darker(colour, 0.16)), (0.2, lighter(colour, 0.3)), (0.55, colour), (1, darker(colour, 0.26))],
        ),
    )
    weave = canvas.pattern(
        8,
        8,
        f'<path d="M0 2H4M4 6H8" stroke="{lighter(colour, 0.6)}" stroke-width="1.6" opacity="0.4"/>'
        f'<path d="M2 4V8M6 0V4" stroke="{darker(colour, 0.5)}" stroke-width="1.4" opacity="0.22"/>',
    )
    canvas.path(body, weave)
    canvas.add(f'<g clip-path="{canvas.clip(body)}">')
    creases = (
        ("M-150 -250C-120 -140 -170 40 -120 300", 26, 0.16),
        ("M190 -250C150 -80 210 120 170 300", 30, 0.2),
        ("M-262 200C-160 250 -60 238 40 300", 24, 0.18),
        ("M262 150C200 236 120 226 60 300", 22, 0.16),
    )
    for d, width, strength in creases:
        canvas.line(d, darker(colour, 0.6), width, f'opacity="{strength}" filter="{canvas.blur(13)}"')
        canvas.line(
            d,
            lighter(colour, 0.7),
            width * 0.6,
            f'opacity="{strength * 1.6:.2f}" transform="translate(-26 -6)" filter="{canvas.blur(11)}"',
        )
    floor = canvas.linear([(0, darker(colour, 0.6), 0), (1, darker(colour, 0.6), 0.3)])
    canvas.add(f'<rect x="-280" y="190" width="560" height="120" fill="{floor}"/></g>')
    for y in (-222, -214):
        canvas.line(f"M-250 {y}Q0 {y + 14} 250 {y}", thread, 2.2, 'stroke-dasharray="8 5" opacity="0.75"')
    canvas.line("M-248 -190Q0 -176 248 -190", darker(colour, 0.5), 3, f'opacity="0.25" filter="{canvas.blur(2)}"')
    front = "M-136 -150V-250C-142 -400 -80 -452 0 -452S142 -400 136 -250V-150"
    canvas.line(front, "#3a2216", 36, f'opacity="0.24" transform="translate(7 7)" filter="{canvas.blur(6)}"')
    canvas.add(
        f'<path d="{front}" fill="none" stroke="{darker(colour, 0.2)}" stroke-width="38"/>'
        f'<path d="{front}" fill="none" stroke="{lighter(colour, 0.1)}" stroke-width="34"/>'
        f'<path d="{front}" fill="none" stroke="{lighter(colour, 0.45)}" stroke-width="10" opacity="0.5"/>'
    )
    for gap in (28, 22):
        inner = thread if gap == 28 else lighter(colour, 0.1)
        dash = 'stroke-dasharray="7 5"' if gap == 28 else ""
        canvas.add(f'<path d="{front}" fill="none" stroke="{inner}" stroke-width="{gap}" {dash} opacity="0.9"/>')
    canvas.add(f'<path d="{front}" fill="none" stroke="{lighter(colour, 0.45)}" stroke-width="8" opacity="0.45"/>')
    for x in (-136, 136):
        box = f"M{x - 12} -206H{x + 12}V-160H{x - 12}ZL{x + 12} -160M{x + 12} -206L{x - 12} -160"
        canvas.line(box, thread, 2.2, 'stroke-dasharray="6 4"')


def _embroidery(canvas: Canvas) -> None:
    """The customer's name and a sprig of flowers in satin stitch."""
    rose, leaf = "#b8675c", "#7f9273"
    canvas.add('<g transform="translate(22 20) scale(1.12)">')
    for d in NAME:
        canvas.line(d, "#4a2a1c", 15, 'opacity="0.3" transform="translate(3 4)"')
        canvas.line(d, darker(rose, 0.25), 15)
        canvas.add(
            f'<path d="{d}" fill="none" stroke="{lighter(rose, 0.28)}" stroke-width="12" stroke-dasharray="2.2 1.8"/>'
        )
    canvas.line(NAME[-1], lighter(rose, 0.15), 14)
    canvas.add("</g>")
    canvas.line("M-150 168C-60 140 60 196 168 150", darker(leaf, 0.1), 5, 'stroke-dasharray="9 3"')
    for x, y, turn in (
        (-120, 160, -60),
        (-84, 158, 120),
        (-34, 158, -40),
        (70, 170, 130),
        (112, 166, -50),
        (150, 156, 40),
    ):
        canvas.add(
            f'<g transform="translate({x} {y}) rotate({turn})">'
            f'<path d="M0 0C12 -16 32 -18 46 0C32 14 12 14 0 0Z" fill="{leaf}"/>'
            f'<path d="M6 0L12 -8M14 0L21 -10M22 0L30 -8M30 0L37 -5" stroke="{lighter(leaf, 0.5)}" '
            'stroke-width="2"/></g>'
        )
    for x, y, size in ((14, 168, 1.0), (-62, 160, 0.62), (92, 164, 0.66)):
        petals = "".join(
            f'<ellipse cy="-17" rx="11" ry="16" transform="rotate({angle})" fill="#fbf1e4"/>'
            f'<path d="M0 -7V-28M-4 -9L-6 -24M4 -9L6 -24" stroke="#d9a49a" stroke-width="1.8" '
            f'transform="rotate({angle})"/>'
            for angle in range(0, 360, 60)
        )
        canvas.add(
            f'<g transform="translate({x} {y}) scale({size})">'
            f'<circle r="30" fill="#4a2a1c" opacity="0.18" cx="3" cy="4"/>{petals}<circle r="9" fill="#e0aa45"/></g>'
        )
