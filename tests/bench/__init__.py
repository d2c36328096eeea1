"""`make bench`: what Bukapo costs, against floors that the bench itself contains. Not collected by pytest.

In: nothing but this computer. Out: a table, and as the last line one JSON object `{name: {"value", "goal", "ok"}}`.
Everything listens on 127.0.0.1; bot, sandbox and floors are processes of their own, so that each one's CPU and memory
are its own. What is compared runs in turns in one call (A B A B …) and the median counts.
"""
