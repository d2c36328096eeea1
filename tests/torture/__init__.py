"""Torture: every promise that can be broken by a crash, a fault, a flood or a clock, tried until it breaks or holds.

`python -m tests.torture` tries them at length, `test_short.py` in small. Each promise has a control: the same trial
with its guard taken away, which must fail. Guards are taken away by passing in another part, never by patching.
"""
