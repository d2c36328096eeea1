"""The drawings of the sample shop, one function a product picture, each returning the text of an SVG.

In goes nothing, out comes the same text every time: no chance, no clock, no font. `scripts/draw_shop.py` turns the
texts into the photos of `sandbox/shop`. Never imported by the bot.
"""
