from django.apps import AppConfig


class PicturesConfig(AppConfig):
    name = "coproduce.pictures"

    def ready(self) -> None:
        """Answer for what this room holds about people."""
        from coproduce.people import everything
        from coproduce.pictures import about_me

        everything.leave_keeper("pictures", about_me.KEEPER)
