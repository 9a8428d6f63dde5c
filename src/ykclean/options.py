"""The keys of the configuration file: their types, limits and meaning, checked with msgspec.

Importing this module costs some 30 ms: it is done only where a configuration file exists.
"""

from __future__ import annotations

from inspect import cleandoc
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from ykclean.config import Action, ConfigError, suggestion
from ykclean.settings import spelled

Codes = tuple[str, ...]
Format = Literal[
    "full", "concise", "grouped", "json", "jsonl", "github", "gitlab", "sarif", "rdjson", "junit"
]


class Options(Struct, kw_only=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """Configuration of ykclean: `ykclean.toml`, or `[tool.ykclean]` in `pyproject.toml`.

    Rules are named by code (`YK401`), by the beginning of a code (`YK4`), or by name
    (`duplicate-passage`).
    """

    select: (
        Annotated[Codes, Meta(description="The rules to use, in place of the default ones.")] | UnsetType
    ) = UNSET
    extend_select: Annotated[Codes, Meta(description="Rules to use besides those.")] | UnsetType = UNSET
    ignore: Annotated[Codes, Meta(description="Rules not to use.")] | UnsetType = UNSET
    per_file_ignores: (
        Annotated[
            dict[str, Codes],
            Meta(description="Pattern of file names (relative to this file) → rules not to use there."),
        ]
        | UnsetType
    ) = UNSET
    include: (
        Annotated[
            Codes, Meta(description="Patterns of the files that hold prose. All others are left alone.")
        ]
        | UnsetType
    ) = UNSET
    exclude: (
        Annotated[
            Codes, Meta(description="Patterns of files and folders to leave out when folders are walked.")
        ]
        | UnsetType
    ) = UNSET
    force_exclude: (
        Annotated[bool, Meta(description="Leave out what `exclude` names even where it is named itself.")]
        | UnsetType
    ) = UNSET
    actions: (
        Annotated[
            dict[str, Action],
            Meta(description="Rule → what to do with it: `off`, `report` (never fix), `fix` (fix unasked)."),
        ]
        | UnsetType
    ) = UNSET
    quotes: (
        Annotated[
            Literal["auto", "curly", "corner"],
            Meta(
                description="What straight quotes become: “” (`curly`), 「」 (`corner`), or as in the text."
            ),
        ]
        | UnsetType
    ) = UNSET
    min_duplicate: (
        Annotated[
            int, Meta(ge=1, description="Letters and digits a passage must have to count as pasted twice.")
        ]
        | UnsetType
    ) = UNSET
    min_article_confidence: (
        Annotated[float, Meta(ge=0, le=1, description="How sure a boundary without a headline must be.")]
        | UnsetType
    ) = UNSET
    semantic: (
        Annotated[
            bool,
            Meta(description="Tell articles apart by meaning too; needs the extra `ykclean[semantic]`."),
        ]
        | UnsetType
    ) = UNSET
    baseline: (
        Annotated[str, Meta(description="The baseline file: what it lists is known and not reported.")]
        | UnsetType
    ) = UNSET
    cache_dir: Annotated[str, Meta(description="Where results are kept between runs.")] | UnsetType = UNSET
    output_format: Annotated[Format, Meta(description="How findings are shown.")] | UnsetType = UNSET
    lang: Annotated[Literal["en", "zh"], Meta(description="The language of the messages.")] | UnsetType = (
        UNSET
    )

    def __post_init__(self) -> None:
        """Spell the rules as they are called."""
        for key in ("select", "extend_select", "ignore"):
            if getattr(self, key) is not UNSET:
                setattr(self, key, spelled(getattr(self, key)))
        if self.actions is not UNSET:
            self.actions = dict(zip(spelled(self.actions), self.actions.values(), strict=True))
        if self.per_file_ignores is not UNSET:
            self.per_file_ignores = {key: spelled(codes) for key, codes in self.per_file_ignores.items()}

    def given(self) -> dict[str, Any]:
        """Return the options that are set, under their Python names."""
        values = ((name, getattr(self, name)) for name in self.__struct_fields__)
        return {name: value for name, value in values if value is not UNSET}


def read_options(table: Any) -> Options:
    """Check a table of options.

    Raises ``ConfigError``; an unknown key is told with the nearest known one.
    """
    known = Options.__struct_encode_fields__
    if isinstance(table, dict):
        for key in table:
            if key not in known:
                raise ConfigError(f"unknown key {key!r}{suggestion(key.replace('_', '-'), known)}")
    try:
        return msgspec.convert(table, Options)
    except msgspec.ValidationError as error:
        raise ConfigError(str(error)) from error


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the configuration file, for editors."""
    made = msgspec.json.schema(Options)
    made["$defs"]["Options"]["description"] = cleandoc(Options.__doc__ or "")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "ykclean", **made}
