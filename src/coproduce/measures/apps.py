from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "coproduce.measures"

    def ready(self) -> None:
        """Tell each room below what it has to know of ours."""
        from coproduce.measures import about_me
        from coproduce.people import everything

        everything.leave_keeper("measures", about_me.KEEPER)
