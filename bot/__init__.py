import os

# pydantic looks through every installed package for plugins it has none of: a tenth of a second of every start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
