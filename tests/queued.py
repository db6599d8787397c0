"""What the worker would do, done at once, in the test's own transaction."""

from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult


def do_queued() -> list[str]:
    """Do all that is queued, in its order; what each task said."""
    said = []
    while queued := DBTaskResult.objects.ready().order_by("enqueued_at").first():
        task, given = import_string(queued.task_path), queued.args_kwargs
        queued.delete()
        said.append(task.call(*given["args"], **given["kwargs"]))
    return said
