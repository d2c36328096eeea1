"""Frozen dataclasses that are made quickly: `from preorder.values import dataclass`, used as the library's own.

The library writes, compiles and runs six functions for each frozen class. With some seven hundred messages, steps and
facts that was a third of a second of every start. Here what compares, hashes, shows and protects is shared by all, and
`__init__` is compiled when a class has its first instance. The type checker sees the library's decorator.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    T = TypeVar("T")

    def dataclass(*, frozen, kw_only=False):
        """`@dataclass(frozen=True)`, or with `kw_only=True` beside it, and nothing else."""
        if not frozen:
            raise TypeError("a value does not change")
        return lambda cls: _value(cls, kw_only)

    def _value(cls: type[T], kw_only: bool) -> type[T]:
        cls.__doc__ = cls.__doc__ or cls.__name__  # without one the library works out a signature to show
        made = dataclasses.dataclass(init=False, eq=False, repr=False, kw_only=kw_only)(cls)
        for name, method in {**_SHARED, "__init__": _first_init(made)}.items():
            if name not in vars(made):
                setattr(made, name, method)
        return made

    def _first_init(cls):
        """What stands for `__init__` until the first instance is made."""

        def __init__(self, *args, **kwargs):  # noqa: N807 - what it is called is what an error about arguments says
            cls.__init__ = _init_of(cls)
            cls.__init__(self, *args, **kwargs)

        return __init__

    def _init_of(cls):
        """`__init__` as the library would write it, but past `__setattr__`."""
        known, parameters, named_only, lines = (
            {"_missing": dataclasses.MISSING},
            ["self"],
            [],
            ["    _own = self.__dict__"],
        )
        for number, field in enumerate(dataclasses.fields(cls)):
            value, default = field.name, f"_default_{number}"
            if field.default is not dataclasses.MISSING:
                known[default] = field.default
            elif field.default_factory is not dataclasses.MISSING:
                known[default], known[f"_make_{number}"] = dataclasses.MISSING, field.default_factory
                value = f"_make_{number}() if {value} is _missing else {value}"
            if field.init:
                given = f"{field.name} = {default}" if default in known else field.name
                (named_only if field.kw_only else parameters).append(given)
                lines.append(f"    _own[{field.name!r}] = {value}")
        if hasattr(cls, "__post_init__"):
            lines.append("    self.__post_init__()")
        if named_only:
            parameters += ["*", *named_only]
        text = "\n".join((f"def __init__({', '.join(parameters)}):", *lines))
        exec(text, known)  # noqa: S102 - the library does the same; the names are those of fields
        return known["__init__"]

    def _same(self, other):
        return vars(self) == vars(other) if type(self) is type(other) else NotImplemented

    def _hash(self):
        return hash((type(self), *vars(self).values()))

    def _shown(self):
        shown = (field.name for field in dataclasses.fields(self) if field.repr)
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{type(self).__qualname__}({inside})"

    def _write_never(_self, name, _value):
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def _keep(_self, name):
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    _SHARED = {
        "__eq__": _same,
        "__hash__": _hash,
        "__repr__": _shown,
        "__setattr__": _write_never,
        "__delattr__": _keep,
    }


__all__ = ["dataclass"]
