"""Users as the admin sees them: an address and what it opens. No names, no password."""

from wagtail.users import forms
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

FIELDS = {"email", "is_active", "is_staff", "is_superuser", "groups"}
STAFF = {
    "label": "Looks after the site",
    "help_text": "May come into this admin, after a second step at sign-in. What they may do "
    "here is under Roles.",
}


class NewUserForm(forms.UserCreationForm):
    """Somebody who may look after the site, by an address that a code can reach."""

    first_name = last_name = None  # Wagtail asks for them; we do not keep them

    class Meta(forms.UserCreationForm.Meta):
        fields = FIELDS - {"is_active"}
        labels = {"is_staff": STAFF["label"]}  # noqa: RUF012  Django reads plain dicts here
        help_texts = {"is_staff": STAFF["help_text"]}  # noqa: RUF012

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def _post_clean(self) -> None:
        super()._post_clean()
        self.instance.set_unusable_password()


class UserForm(forms.UserEditForm):
    first_name = last_name = None

    class Meta(forms.UserEditForm.Meta):
        fields = FIELDS
        labels = {"is_staff": STAFF["label"]}  # noqa: RUF012
        help_texts = {"is_staff": STAFF["help_text"]}  # noqa: RUF012


class UserViewSet(WagtailUserViewSet):
    def get_form_class(self, for_update: bool = False) -> type[forms.UserForm]:
        return UserForm if for_update else NewUserForm
