"""What has to be set straight before the doors open: keys, conversations and unfinished work."""

from django_tasks_db.models import DBTaskResult

from coproduce.conversations import tasks
from coproduce.conversations.actions.facilitating import close
from coproduce.conversations.models import Conversation, Phase
from coproduce.trust import erasures, log
from coproduce.trust.keys import destroy_key, has_key


def settle() -> list[Conversation]:
    """Bring keys, phases and work into line; the conversations that had to be closed for it."""
    erasures.keep_file()
    forget_keys_of_the_ended()
    closed = close_without_key()
    finish_what_was_closed()
    return closed


def forget_keys_of_the_ended() -> None:
    """Destroy what a machine left that died in the moment between closing and forgetting."""
    for conversation in Conversation.objects.filter(phase__in=(Phase.CLOSED, Phase.PUBLISHED)):
        destroy_key(conversation.id)


def close_without_key() -> list[Conversation]:
    """Close what is open here without its key, as in a restored copy: nobody could come back."""
    orphans = [one for one in Conversation.objects.open() if not has_key(one.id)]
    for conversation in orphans:
        note = "its key is not here: this is a restored copy, or the key was lost"
        log.record("find without its key", conversation.thing, by=None, note=note)
        close(conversation, by=None)
    return orphans


def finish_what_was_closed() -> None:
    """Queue the closing work anew where it is neither done nor under way."""
    under_way = DBTaskResult.objects.filter(
        task_path=tasks.finish.module_path, status__in=("READY", "RUNNING")
    )
    queued = {task.args_kwargs["args"][0] for task in under_way}
    for conversation in Conversation.objects.filter(phase=Phase.CLOSED):
        if str(conversation.id) not in queued and not tasks.is_finished(conversation):
            tasks.finish.enqueue(str(conversation.id))
