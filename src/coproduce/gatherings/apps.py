from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "coproduce.gatherings"

    def ready(self) -> None:
        """Tell each room below what it has to know of ours."""
        from coproduce.gatherings import about_me, onlookers, to_be_found
        from coproduce.people import everything
        from coproduce.search.rebuilding import leave_room
        from coproduce.trust import looking

        everything.leave_keeper("gatherings", about_me.KEEPER)
        leave_room("gatherings", to_be_found.ROOM)
        looking.leave_rule(onlookers.KIND, onlookers.page_of)
