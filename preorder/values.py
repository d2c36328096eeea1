"""Frozen dataclasses that are made quickly: `from preorder.values import dataclass`, used as the library's own.

The library writes, compiles and runs six functions for each frozen class. With some three hundred messages and steps
that was a quarter of a second of every start. Here only `__init__` is made for a class; what compares, hashes, shows
and protects is shared by all. The type checker sees the library's decorator.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    T = TypeVar("T")

    def dataclass(*, frozen):
        """`@dataclass(frozen=True)`, and nothing else."""
        if not frozen:
            raise TypeError("a value does not change")
        return _value

    def _value(cls: type[T]) -> type[T]:
        cls.__doc__ = cls.__doc__ or cls.__name__  # without one the library works out a signature to show
        made = dataclasses.dataclass(eq=False, repr=False)(cls)
        for name, method in _SHARED.items():
            if name not in vars(made):
                setattr(made, name, method)
        return made

    def _same(self, other):
        return vars(self) == vars(other) if type(self) is type(other) else NotImplemented

    def _hash(self):
        return hash((type(self), *vars(self).values()))

    def _shown(self):
        inside = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__qualname__}({inside})"

    def _write_once(self, name, value):
        # `__init__` writes each field once; whoever comes later is refused.
        if name in vars(self) or name not in self.__dataclass_fields__:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def _keep(_self, name):
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    _SHARED = {
        "__eq__": _same,
        "__hash__": _hash,
        "__repr__": _shown,
        "__setattr__": _write_once,
        "__delattr__": _keep,
    }


__all__ = ["dataclass"]
