"""An invitation that two people, or two clicks, accept at the same moment is used once."""

import threading

import pytest
from django.db import connection

from idm.accounts.models import User
from sdg_targets.actions.invitations import InvitationRefused, accept_invitation, invite, token_of
from sdg_targets.models import Mandate
from tests.factories import make_area
from tests.factories.accounts import make_account


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_is_taken() -> None:
    lead = make_account("lead_focal_point")
    token = token_of(
        invite(email="new@ministry.example", role="focal_point", area=make_area("KEN"), language="en", by=lead)
    )
    begin, said = threading.Barrier(4), []

    def accept(number: int) -> None:
        begin.wait()
        try:
            said.append(str(accept_invitation(token=token, by=None, name=f"No. {number}", password=None)))
        except InvitationRefused:
            said.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said)[1:] == ["refused"] * 3
    assert User.objects.filter(email="new@ministry.example").count() == 1
    assert Mandate.objects.filter(user__email="new@ministry.example").count() == 1
