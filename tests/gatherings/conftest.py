"""What the worker would send, sent at once."""

from collections.abc import Callable

import pytest
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult


@pytest.fixture
def deliver() -> Callable[[], list[str]]:
    """Do all that is queued, in its order, in the test's own transaction; what each task said."""

    def do() -> list[str]:
        said = []
        while queued := DBTaskResult.objects.ready().order_by("enqueued_at").first():
            task, given = import_string(queued.task_path), queued.args_kwargs
            queued.delete()
            said.append(task.call(*given["args"], **given["kwargs"]))
        return said

    return do
