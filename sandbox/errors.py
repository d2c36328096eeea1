"""What can be refused here, and to whom.

Exception
├── ApiError         told to the bot: code, description and parameters, worded as Telegram words them
└── ImpossibleError  told to the person at the page or to the test: something nobody could do in a Telegram client
"""

from __future__ import annotations


class ApiError(Exception):
    """A refusal of the Bot API. `description` is complete, with its `Bad Request: ` or `Forbidden: ` in front."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class ImpossibleError(Exception):
    """A person's action that a Telegram client would not offer; the control API answers 400 with this sentence."""


def bad_request(description: str, **parameters: int) -> ApiError:
    """400, as Telegram words it: the prefix and then the text as given (its first letter is usually small)."""
    return ApiError(400, f"Bad Request: {description}", **parameters)


def forbidden(description: str) -> ApiError:
    """403, with its prefix."""
    return ApiError(403, f"Forbidden: {description}")


def too_many(seconds: int) -> ApiError:
    """429: nothing of this scope is taken for so many whole seconds."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
