"""People who sign in: accounts, how they signed in, and their tokens for programs."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final, Self

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.roles import Permission, Scope

#: What an account can sign in with besides its password; recovery codes only stand in for one of these.
SECOND_FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new account; without a password nobody can sign in to it until one is set."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new account that may do everything in the administration pages."""
        return self.create_user(email, password, **(fields | {"is_superuser": True}))

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account of an e-mail address, however its letters are written."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by e-mail address; what the person may do is said by mandates and memberships."""

    email = models.EmailField(
        _("e-mail address"), unique=True, error_messages={"unique": _("There is an account with this address.")}
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(
        _("preferred language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    is_active = models.BooleanField(
        _("may sign in"), default=True, help_text=_("Clear this instead of deleting an account.")
    )
    date_joined = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    session_generation = models.PositiveIntegerField(
        _("generation of sessions"),
        default=0,
        editable=False,
        help_text=_("Sessions of an earlier generation have ended."),
    )

    objects: ClassVar[UserManager] = UserManager()
    #: Of the request's person, where a token stands for it: the most that the token allows.
    allowed_by_token: frozenset[Permission] | None = None

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(
                condition=models.Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="user_language_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name, as Django's administration pages ask for it."""
        return self.name or self.email

    def get_short_name(self) -> str:
        """The name, as Django's administration pages ask for it."""
        return self.get_full_name()

    def has_second_factor(self) -> bool:
        """Whether the account has a second factor, or is one of a demonstration's, which need none."""
        host = self.email.rpartition("@")[2]
        if settings.SECOND_FACTOR_EXEMPT_HOST and host == settings.SECOND_FACTOR_EXEMPT_HOST:
            return True
        return bool(Authenticator.objects.filter(user=self, type__in=SECOND_FACTORS).exists())

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """What a session must still agree with: the password, and the generation, which "sign out everywhere" raises."""
        said = f"{self.password}|{self.session_generation}"
        return salted_hmac("idm.accounts.session", said, secret=secret, algorithm="sha256").hexdigest()


class SignInQuerySet(models.QuerySet["SignIn"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)


class SignIn(models.Model):
    """One sign-in, or one that was refused: when, from where, with what. The person concerned reads them."""

    user = models.ForeignKey(
        User, verbose_name=_("user"), null=True, blank=True, on_delete=models.CASCADE, related_name="sign_ins"
    )
    at = models.DateTimeField(_("time"), default=timezone.now, editable=False)
    refused = models.BooleanField(_("refused"), default=False)
    how = models.CharField(_("how"), max_length=100, blank=True)
    address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    device = models.CharField(_("browser, as it names itself"), max_length=200, blank=True)
    session_key = models.CharField(_("session"), max_length=40, blank=True, editable=False, db_index=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["user", "-at"], name="sign_in_of_a_person"),
            models.Index(fields=["at"], name="sign_in_at"),
        ]

    def __str__(self) -> str:
        return f"{self.user or '?'} {self.at:%Y-%m-%d %H:%M}"


def digest(secret: str) -> str:
    """What is kept of a token: a secret of 32 random bytes needs no slow hash, for nobody can try them all."""
    return hashlib.sha256(secret.encode()).hexdigest()


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def usable(self, *, at: datetime) -> Self:
        """Tokens that open something at that moment."""
        return self.filter(revoked_at=None, expires_at__gt=at)

    def used(self, *, at: datetime) -> int:
        """Note that these were used, once a minute at most."""
        return self.filter(Q(last_used=None) | Q(last_used__lt=at - timedelta(minutes=1))).update(last_used=at)


class ApiToken(models.Model):
    """A token with which a program acts for a person: shown once, kept as a digest, with scopes and an end."""

    MARK: ClassVar[str] = "idm_"
    #: So much of a token is kept readable, to tell it from others.
    SHOWN: ClassVar[int] = 10

    user = models.ForeignKey(User, verbose_name=_("user"), on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=100)
    prefix = models.CharField(_("begins with"), max_length=12)
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=10), verbose_name=_("scopes"))
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_used = models.DateTimeField(_("last used"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scopes__contained_by=[str(scope) for scope in Scope]) & Q(scopes__len__gt=0),
                name="token_scopes_known",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("made_at")), name="token_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @classmethod
    def secret(cls) -> str:
        """A new token of 32 random bytes, with a mark by which one that got lost is recognised."""
        return cls.MARK + secrets.token_urlsafe(32)
