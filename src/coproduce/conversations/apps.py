from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "coproduce.conversations"

    def ready(self) -> None:
        """Tell each room below what it has to know of ours."""
        from coproduce.conversations import about_me, in_gatherings, onlookers, to_be_found
        from coproduce.gatherings import inside
        from coproduce.people import everything
        from coproduce.search.rebuilding import leave_room
        from coproduce.trust import looking

        everything.leave_keeper("conversations", about_me.KEEPER)
        leave_room("conversations", to_be_found.ROOM)
        inside.leave_way(in_gatherings.ROOM, in_gatherings.things_in)
        looking.leave_rule(onlookers.KIND, onlookers.page_of)
