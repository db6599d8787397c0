from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "coproduce.conversations"

    def ready(self) -> None:
        """Tell trust who may look at our figures, and gatherings what they hold of ours."""
        from coproduce.conversations import about_me, in_gatherings, onlookers
        from coproduce.gatherings import inside
        from coproduce.people import everything
        from coproduce.trust import looking

        everything.leave_keeper("conversations", about_me.KEEPER)
        inside.leave_way(in_gatherings.ROOM, in_gatherings.things_in)
        looking.leave_rule(onlookers.KIND, onlookers.page_of)
