from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "coproduce.gatherings"

    def ready(self) -> None:
        """Tell trust who may look at our figures; answer for what we hold about people."""
        from coproduce.gatherings import about_me, onlookers
        from coproduce.people import everything
        from coproduce.trust import looking

        everything.leave_keeper("gatherings", about_me.KEEPER)

        looking.leave_rule(onlookers.KIND, onlookers.page_of)
