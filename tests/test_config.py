"""Configuration: where it is found, what it says, and how errors are told."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from checking_helpers import COMMAS, write
from ykclean import policy
from ykclean.cli import main
from ykclean.config import SETTINGS, Config, ConfigError, config_above, config_for, load
from ykclean.options import Format, Options, schema
from ykclean.patterns import matches
from ykclean.reports import FORMATS
from ykclean.settings import Settings

Capture = pytest.CaptureFixture[str]
SCHEMA = Path(__file__).parents[1] / "src" / "ykclean" / "config.schema.json"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    config_above.cache_clear()
    return tmp_path


class TestDiscovery:
    def test_nearest_wins_and_nothing_is_merged(self) -> None:
        write("ykclean.toml", 'ignore = ["YK1"]\nmin-duplicate = 50')
        write("news/pyproject.toml", '[tool.ykclean]\nignore = ["YK2"]')
        assert config_for("news/deep/a.txt").ignore == ("YK2",)
        assert config_for("news/deep/a.txt").settings.min_duplicate == Settings().min_duplicate
        assert config_for("a.txt").settings.min_duplicate == 50

    def test_pyproject_that_says_nothing_is_passed_over(self) -> None:
        write("ykclean.toml", 'ignore = ["YK1"]')
        write("news/pyproject.toml", '[tool.ruff]\n# not for ykclean\nselect = ["E"]')
        assert config_for("news/a.txt").ignore == ("YK1",)

    def test_own_file_beats_pyproject(self) -> None:
        write("pyproject.toml", '[tool.ykclean]\nignore = ["YK1"]')
        write("ykclean.toml", 'ignore = ["YK2"]')
        assert config_for("a.txt").ignore == ("YK2",)

    def test_no_configuration_imports_nothing_heavy(self) -> None:
        import subprocess
        import sys

        script = (
            "import sys; from ykclean.config import config_for; config_for('a.txt');"
            "print([m for m in ('msgspec', 'tomllib', 'difflib') if m in sys.modules])"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "[]"

    @pytest.mark.parametrize("command", ["check", "clean"])
    def test_a_file_that_is_named_is_read_once(self, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
        read: list[Path] = []

        def noted(file: Path) -> Config | None:
            read.append(file)
            return load(file)

        monkeypatch.setattr("ykclean.config.load", noted)
        write("x.toml", "ignore = ['YK2']")
        for name in ("a.txt", "b.txt", "c.txt"):
            write(name, COMMAS)
        assert main([command, "a.txt", "b.txt", "c.txt", "--config", "x.toml"]) == 0
        assert len(read) == 1


class TestErrors:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("selct = ['YK2']", "unknown key 'selct'; did you mean 'select'?"),
            ("per_file_ignores = {}", "unknown key 'per_file_ignores'; did you mean 'per-file-ignores'?"),
            ("ignore = ['YK2O1']", "no rule is called 'YK2O1'; did you mean 'YK201'?"),
            ("ignore = ['duplicate-pasage']", "did you mean 'duplicate-passage'?"),
            ("per-file-ignores = { 'a.txt' = ['YK77'] }", "no rule is called 'YK77'"),
            ("[actions]\nYK4 = 'delete'", "Invalid enum value 'delete'"),
            ("[actions]\nYK99 = 'fix'", "no rule is called 'YK99'"),
            ("ignore = 'YK2'", "Expected `array`, got `str`"),
            ("min-duplicate = 0", "Expected `int` >= 1"),
            ("min-article-confidence = 1.5", "<= 1"),
            ("output-format = 'xml'", "Invalid enum value 'xml'"),
            ("quotes = 'straight'", "Invalid enum value 'straight'"),
            ("exclude = ['[z-a].txt']", "'[z-a].txt' is no pattern of file names: bad character range z-a"),
            ("per-file-ignores = { '[z-a]' = [] }", "'[z-a]' is no pattern of file names"),
            ("ignore = [", "(at end of document)"),
        ],
    )
    def test_says_where_and_what(self, text: str, said: str) -> None:
        file = write("ykclean.toml", text)
        with pytest.raises(ConfigError) as caught:
            load(file)
        assert str(caught.value).startswith(f"{file}: ")
        assert said in str(caught.value)

    def test_a_project_whose_tools_are_no_table(self) -> None:
        with pytest.raises(ConfigError, match=r"pyproject\.toml: 'tool' is no table"):
            load(write("pyproject.toml", 'tool = "ykclean"'))

    @pytest.mark.parametrize("command", ["check", "clean", "config"])
    def test_exit_code_two(self, command: str, capfd: Capture) -> None:
        write("ykclean.toml", "selct = []")
        write("a.txt", COMMAS)
        assert main([command, "a.txt"]) == 2
        assert "did you mean 'select'" in capfd.readouterr().err

    @pytest.mark.parametrize("command", ["check", "clean"])
    def test_a_pattern_that_is_none(self, command: str, capfd: Capture) -> None:
        write("a.txt", COMMAS)
        assert main([command, ".", "--exclude", "[z-a]"]) == 2
        said = "'--exclude': '[z-a]' is no pattern of file names: bad character range z-a"
        assert said in capfd.readouterr().err

    def test_a_file_that_is_named_must_be_there(self) -> None:
        with pytest.raises(ConfigError, match="No such file"):
            load(Path("none.toml"))


class TestMeaning:
    def test_per_file_ignores_are_relative_to_the_configuration(self) -> None:
        write("sub/ykclean.toml", '[per-file-ignores]\n"old/*.txt" = ["YK2"]\n"*.md" = ["YK4", "YK5"]')
        assert config_for("sub/old/a.txt").settings_for("sub/old/a.txt").ignore == ("YK2",)
        assert config_for("sub/b/a.md").settings_for("sub/b/a.md").ignore == ("YK4", "YK5")
        assert config_for("sub/b/a.txt").settings_for("sub/b/a.txt").ignore == ()

    def test_what_is_added_comes_to_every_rule_where_none_is_selected(self) -> None:
        settings = Config(extend_select=("YK103",)).settings_for("a.txt")
        assert settings.wants("YK103", "page-furniture")
        assert settings.wants("YK201", "halfwidth-punctuation")

    def test_an_action_of_a_name_beats_one_of_a_code(self) -> None:
        config = Config(actions={"YK4": "off", "YK401": "report", "duplicate-article": "fix"})
        assert config.action("YK401", "duplicate-passage") == "report"
        assert config.action("YK402", "duplicate-article") == "fix"
        assert config.action("YK501", "truncated-text") is None
        assert config.settings_for("a.txt").ignore == ("YK4",)

    def test_codes_may_be_in_small_letters(self) -> None:
        file = write("ykclean.toml", 'extend-select = ["yk301"]\n[actions]\nyk201 = "report"\nyk4 = "off"')
        config = load(file)
        assert config is not None
        assert config.action("YK201", "halfwidth-punctuation") == "report"
        assert policy.settings_for("a.md", "markdown", config).wants("YK301", "broken-line")
        assert not policy.settings_for("a.md", "markdown", config).wants("YK401", "duplicate-passage")

    def test_thresholds_reach_the_settings(self) -> None:
        file = write("ykclean.toml", 'quotes = "corner"\nmin-duplicate = 12')
        config = load(file)
        assert config is not None
        assert (config.settings.quotes, config.settings.min_duplicate) == ("corner", 12)
        assert config.given == ("quotes", "min_duplicate")


class TestKeys:
    def test_every_setting_can_be_configured(self) -> None:
        own = {f.name for f in fields(Config)} - {"settings", "file", "root", "given"}
        assert set(Options.__struct_fields__) == own | SETTINGS

    def test_every_format_can_be_configured(self) -> None:
        assert get_args(Format) == FORMATS

    def test_the_schema_that_ships_is_current(self) -> None:
        assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json.loads(json.dumps(schema()))

    def test_the_schema_says_what_the_reader_says(self) -> None:
        jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema, of the dev extra")
        validator = jsonschema.Draft202012Validator(schema())
        assert validator.is_valid({"select": ["YK2"], "actions": {"YK4": "fix"}, "min-duplicate": 3})
        assert not validator.is_valid({"selct": []})
        assert not validator.is_valid({"actions": {"YK4": "delete"}})
        assert not validator.is_valid({"min-duplicate": 0})


class TestCommand:
    def test_shows_values_and_where_they_come_from(self, capfd: Capture) -> None:
        file = write("ykclean.toml", 'ignore = ["YK1"]\n[per-file-ignores]\n"*.md" = ["YK2"]')
        assert main(["config", "."]) == 0
        lines = capfd.readouterr().out.splitlines()
        assert lines[0] == f"# {file.absolute()}"
        assert 'ignore = ["YK1"]' in lines
        assert 'per-file-ignores = { "*.md" = ["YK2"] }' in lines
        assert "min-duplicate = 30  # default" in lines

    def test_what_it_shows_is_a_configuration(self, capfd: Capture) -> None:
        write("ykclean.toml", 'ignore = ["YK1"]\nquotes = "corner"\n[actions]\nYK4 = "fix"')
        main(["config", "."])
        shown = load(write("shown/ykclean.toml", capfd.readouterr().out))
        assert shown is not None
        assert (shown.ignore, shown.settings.quotes, shown.actions) == (("YK1",), "corner", {"YK4": "fix"})

    def test_schema(self, capfd: Capture) -> None:
        assert main(["config", "--schema"]) == 0
        assert json.loads(capfd.readouterr().out) == json.loads(SCHEMA.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("pattern", "path", "matched"),
    [
        ("*.txt", "a.txt", True),
        ("*.txt", "x/y/a.txt", True),
        ("*.txt", "a.txt.md", False),
        ("old", "x/old/a.txt", True),
        ("old/", "old/a.txt", True),
        ("x/*.txt", "x/a.txt", True),
        ("x/*.txt", "x/y/a.txt", False),
        ("x/*.txt", "z/x/a.txt", False),
        ("x/**/*.txt", "x/a.txt", True),
        ("x/**/*.txt", "x/y/z/a.txt", True),
        ("x/**", "x/y/a.txt", True),
        ("./x/a.txt", "x/a.txt", True),
        ("a[12].txt", "a1.txt", True),
        ("a[!12].txt", "a1.txt", False),
        ("a?.txt", "a/.txt", False),
        ("新闻/*.txt", "新闻/一.txt", True),
        ("a+b.txt", "a+b.txt", True),
        ("*.txt", "a.txt\n", False),
    ],
)
def test_patterns(pattern: str, path: str, matched: bool) -> None:
    assert matches((pattern,), path) is matched
