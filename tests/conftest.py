"""What every test stands on: a database in a file of its own, and the size of a hypothesis."""

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import override_settings
from hypothesis import HealthCheck
from hypothesis import settings as laws
from pytest_django.plugin import blocking_manager_key

from tests.home import HOME

laws.register_profile(
    "ci",
    derandomize=True,  # the same examples for everybody: a red build is red again at home
    deadline=None,  # two busy cores say nothing about a law
    max_examples=60,
    database=None,
)
laws.register_profile(
    "fuzz",
    deadline=None,
    max_examples=5_000,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=True,
)
laws.load_profile("ci")


@pytest.fixture(scope="session", autouse=True)
def static_files_from_the_sources() -> Iterator[None]:
    """No need to collect first: `make test` collects, and names by content, in its own step."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        yield


@pytest.fixture(autouse=True)
def nothing_left_over() -> Iterator[None]:
    """What a process keeps between two requests must not reach from one test into the next."""
    from coproduce.conversations import at_a_glance, ballot_box

    at_a_glance.forget()
    yield
    ballot_box.rest()  # its writer holds a connection, and a test database can then not be dropped


def pytest_report_header() -> str:
    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """SQLite in a file, as in real life: in memory, a second thread would see another database."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        database["TEST"]["NAME"] = str(Path(HOME) / "test.sqlite3")


COMMITS = {"transactional_db", "live_server"}  # fixtures whose tests really commit


def commits(item: pytest.Item) -> bool:
    """Whether a test writes for good, so that the database is emptied after it."""
    marker = item.get_closest_marker("django_db")
    wants = bool(marker and marker.kwargs.get("transaction"))
    return wants or bool(COMMITS & set(getattr(item, "fixturenames", ())))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have what the migrations wrote (first pages, groups, workflows) kept aside for later."""
    keep_aside = pytest.mark.django_db(transaction=True, serialized_rollback=True)
    for item in filter(commits, items):
        item.add_marker(keep_aside, append=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, None, None]:
    """Put it back after a test that emptied the database: the next one may come in any order."""
    yield
    if nextitem is None or not commits(item):  # after the last test the database itself is gone
        return
    if not hasattr(connection, "_test_serialized_contents"):  # skipped before it had a database
        return
    with item.config.stash[blocking_manager_key].unblock():
        connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
        connection.close()
